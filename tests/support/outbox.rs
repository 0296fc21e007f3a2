//! Mails that a service has sent.

use mail_parser::{Message, MessageParser};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A directory of `.eml` files that is deleted on drop.
pub struct Outbox(TempDir);

/// A mail in the outbox.
pub struct Mail {
    raw: Vec<u8>,
}

impl Outbox {
    /// Creates an empty outbox.
    pub fn new() -> Self {
        Self(TempDir::new().expect("there is a temporary directory"))
    }

    /// The directory of the outbox.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// All mails, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let read = |file: PathBuf| Mail { raw: std::fs::read(file).expect("a mail can be read") };
        self.files().into_iter().map(read).collect()
    }

    /// Deletes all mails.
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
    /// The parsed mail.
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).expect("it is a mail")
    }

    /// Its plain text, with LF line ends.
    pub fn text(&self) -> String {
        let parsed = self.parsed();
        parsed.body_text(0).expect("a mail has a text").replace("\r\n", "\n")
    }

    /// Its HTML part.
    pub fn html(&self) -> String {
        self.parsed().body_html(0).expect("a mail has HTML").into_owned()
    }

    /// The link in its plain text.
    pub fn link(&self) -> String {
        let text = self.text();
        let link = text.lines().find(|line| line.starts_with("http"));
        link.expect("the mail has a link on a line of its own").to_owned()
    }
}
