//! Asking the person at the terminal.

use crate::console::Console;
use crate::failure::{Failure, Kind, Result};
use std::io::Write as _;
use zeroize::Zeroizing;

/// Asks for a line and does not show what is typed. It is read from the
/// terminal, wherever standard input comes from.
///
/// # Errors
/// [`Kind::Input`] if several lines were pasted; [`Kind::Other`] without a
/// terminal.
pub fn hidden(prompt: &str) -> Result<Zeroizing<String>> {
    let line = rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|error| Failure::new(Kind::Other, format!("the terminal cannot be read: {error}")))?;
    if pasted::drop_rest() {
        return Err(Failure::new(Kind::Input, "more than one line was pasted; nothing was sent")
            .advise("Use --file or a pipe for a text of several lines."));
    }
    Ok(line)
}

/// Asks for a new passphrase, twice.
///
/// # Errors
/// [`Kind::Input`] if the two differ or are empty.
pub fn new_passphrase() -> Result<Zeroizing<String>> {
    let passphrase = hidden("Passphrase (not shown): ")?;
    if passphrase.is_empty() {
        return Err(Failure::new(Kind::Input, "the passphrase is empty"));
    }
    if hidden("The same again: ")? != passphrase {
        return Err(Failure::new(Kind::Input, "the two passphrases differ; nothing was sent"));
    }
    Ok(passphrase)
}

/// Asks whether to go on; anything but yes is no.
///
/// # Errors
/// [`Kind::Other`] if standard input cannot be read.
pub fn confirmed(console: &Console, question: &str) -> Result<bool> {
    console.tell(&format!("{question} [y/N] "));
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Failure::new(Kind::Other, format!("the terminal cannot be read: {error}")))?;
    if !answer.ends_with('\n') {
        let _ = writeln!(std::io::stderr());
    }
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

#[cfg(unix)]
mod pasted {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{QueueSelector, tcflush};
    use std::fs::File;

    /// Drops what the terminal holds behind the line that was read, and says
    /// whether there was anything. It would otherwise go to the shell, which
    /// runs it and keeps it in its history.
    pub(super) fn drop_rest() -> bool {
        let Ok(terminal) = File::open("/dev/tty") else { return false };
        let mut dropped = false;
        // A paste may arrive in pieces.
        let moment = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        while poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&moment)).is_ok_and(|ready| ready > 0) {
            if tcflush(&terminal, QueueSelector::IFlush).is_err() {
                break;
            }
            dropped = true;
        }
        dropped
    }
}

#[cfg(not(unix))]
mod pasted {
    pub(super) fn drop_rest() -> bool {
        false
    }
}
