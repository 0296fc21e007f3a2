//! Asking the person at the terminal.

use crate::failure::{Failure, Kind, Result};
use crate::terminal::{self, Typing};
use zeroize::Zeroizing;

/// Asks for a line and does not show what is typed.
///
/// # Errors
/// As [`terminal::line`].
pub(crate) fn hidden(prompt: &str) -> Result<Zeroizing<String>> {
    terminal::line(prompt, Typing::Hidden)
}

/// Asks for a new passphrase, twice.
///
/// # Errors
/// [`Kind::Input`] if the two differ or are empty.
pub(crate) fn new_passphrase() -> Result<Zeroizing<String>> {
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
/// As [`terminal::line`].
pub(crate) fn confirmed(question: &str) -> Result<bool> {
    let answer = terminal::line(&format!("{question} [y/N] "), Typing::Shown)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
