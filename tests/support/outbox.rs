//! The mails a service has sent.

use mail_parser::{Message, MessageParser};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A directory of `.eml` files that goes away.
pub struct Outbox(TempDir);

/// One mail.
pub struct Mail {
    raw: Vec<u8>,
}

impl Outbox {
    /// An empty one.
    pub fn new() -> Self {
        Self(TempDir::new().expect("there is a temporary directory"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// All mails, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let read = |file: PathBuf| Mail { raw: std::fs::read(file).expect("a mail can be read") };
        self.files().into_iter().map(read).collect()
    }

    /// Throws all mails away.
    pub fn clear(&self) {
        for file in self.files() {
            std::fs::remove_file(file).expect("a mail can be thrown away");
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.path()).expect("the outbox can be read");
        let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
        files.sort();
        files
    }
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Mail {
    /// The mail, parsed.
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).expect("it is a mail")
    }

    /// Its plain text, with line ends of one character.
    pub fn text(&self) -> String {
        let parsed = self.parsed();
        parsed.body_text(0).expect("a mail has a text").replace("\r\n", "\n")
    }

    /// Its HTML.
    pub fn html(&self) -> String {
        self.parsed().body_html(0).expect("a mail has HTML").into_owned()
    }

    /// The link in its text.
    pub fn link(&self) -> String {
        let text = self.text();
        let link = text.lines().find(|line| line.starts_with("http"));
        link.expect("the mail has a link on a line of its own").to_owned()
    }
}
