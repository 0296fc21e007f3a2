//! `readonce get`.

use super::passphrase::{self, Purpose, Questions};
use crate::call::Call;
use crate::call::client::Answer;
use crate::call::wire::Revealed;
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::options::GetOptions;
use crate::server::link::LinkKind;
use crate::terminal::clipboard::Clipboard;
use crate::terminal::console::Console;
use crate::terminal::prompt;
use crate::terminal::signals;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const IF_LOST: &str = "The secret may be used up all the same. Ask the sender to look at the receipt: if that \
                       says it was opened, it has to be shared again.";
const UNKNOWN: &str = "The link may be incomplete, mistyped, expired or used up; or the secret needs a passphrase, \
                       or another one (--passphrase, --passphrase-file). Nothing was destroyed by trying.";

/// Reveals a secret and prints it.
///
/// # Errors
/// As the exit codes say. Everything that can fail on this machine is tried before
/// the call, since that works once.
pub(crate) async fn get(context: &Context<'_>, options: &GetOptions) -> Result<()> {
    options.passphrase.refuse_standard_input_twice(options.place == "-")?;
    let (server, key) = context.place(&options.place, LinkKind::Secret)?;
    let host = server.base.host();
    let given = passphrase::read(&options.passphrase, Purpose::Existing(&host))?;
    let client = context.client(&server)?;
    confirm(context.console, options, &host)?;
    let target = Target::prepare(context, options)?;
    let may_need_one = |failure: &Failure| failure.kind == Kind::UnknownSecret;
    let prompt = format!("Passphrase for {host} (not shown; empty to give up): ");
    let questions = Questions {
        first: format!("This link is unknown, used up, or needs a passphrase.\n{prompt}"),
        again: format!("That did not open it. Check capital letters and spaces.\n{prompt}"),
    };
    let reveal = async |form| client.call(Call::post(&["secret", &key], form, IF_LOST)).await;
    let outcome =
        passphrase::with(context.console, &options.passphrase, given, reveal, may_need_one, &questions);
    match outcome.await {
        Ok(answer) => target.take(context, &answer),
        Err(failure) => {
            target.give_up();
            Err(failure.advise_if(Kind::UnknownSecret, UNKNOWN))
        }
    }
}

fn confirm(console: &Console, options: &GetOptions, host: &str) -> Result<()> {
    if options.yes {
        return Ok(());
    }
    if !console.is_interactive() {
        return Err(Failure::new(Kind::Usage, "revealing works once, and there is no terminal to ask at")
            .advise("If you mean it, say so with --yes."));
    }
    if prompt::confirmed(&format!("A secret can be revealed only once.\nReveal it from {host} now?"))? {
        return Ok(());
    }
    Err(Failure::new(Kind::Other, "not revealed").advise("Nothing was sent."))
}

/// The destination of the text.
enum Target {
    Stdout,
    Json,
    File(File, PathBuf),
    Clipboard(Clipboard),
}

impl Target {
    fn prepare(context: &Context<'_>, options: &GetOptions) -> Result<Self> {
        if context.connection.json {
            return context.console.needs_stdout().map(|()| Self::Json);
        }
        if options.copy {
            return Clipboard::find(context.servers.environment).map(Self::Clipboard);
        }
        let Some(path) = options.output.as_ref().filter(|path| path.as_os_str() != "-") else {
            return context.console.needs_stdout().map(|()| Self::Stdout);
        };
        let file = new_private_file(path).map_err(|error| {
            Failure::new(Kind::Other, format!("{} cannot be created: {error}", path.display()))
                .advise("Nothing was revealed by this call.")
        })?;
        signals::remember_file(Some(path.clone()));
        Ok(Self::File(file, path.clone()))
    }

    /// The text has come. If it cannot go where it should, it is printed: it
    /// cannot be had again.
    fn take(self, context: &Context<'_>, answer: &Answer) -> Result<()> {
        let console = context.console;
        let revealed: Revealed = match answer.read() {
            Ok(revealed) => revealed,
            Err(failure) => {
                self.give_up();
                return Err(failure);
            }
        };
        let text = revealed.value.expose();
        match self {
            Self::Stdout => console.secret(text).map_err(|failure| console.shown_at_least(text, failure)),
            Self::Json => {
                let printed = answer.json().and_then(|json| console.exactly(&json));
                printed.map_err(|failure| console.shown_at_least(text, failure))
            }
            Self::File(mut file, path) => {
                signals::remember_file(None);
                match file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
                    Ok(()) => {
                        console.say(&format!("Written to {}.", path.display()));
                        Ok(())
                    }
                    Err(error) => {
                        let message = format!("{} cannot be written whole: {error}", path.display());
                        Err(console.rescued(text, Failure::new(Kind::Other, message)))
                    }
                }
            }
            Self::Clipboard(clipboard) => match clipboard.copy(text) {
                Ok(()) => {
                    console.say("The text is in the clipboard.");
                    Ok(())
                }
                Err(failure) => Err(console.rescued(text, failure)),
            },
        }
    }

    /// No text has come: the empty file goes away again.
    fn give_up(self) {
        if let Self::File(file, path) = self {
            drop(file);
            let _ = std::fs::remove_file(path);
            signals::remember_file(None);
        }
    }
}

/// A file that was not there before and that only its owner can read.
fn new_private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
