//! The options that name the source of a passphrase.

use crate::failure::{Failure, Kind, Result};
use crate::input::{self, descriptor_path};
use clap::{ArgAction, Args, ValueHint};
use std::path::PathBuf;

/// Sources of a passphrase, which never is on the command line itself.
#[derive(Args)]
pub(crate) struct PassphraseOptions {
    /// Ask for a passphrase at the terminal
    #[arg(long, short, action = ArgAction::SetTrue, group = "passphrase-source")]
    pub(crate) passphrase: bool,

    /// Read the passphrase from a file
    #[arg(long, value_name = "FILE", group = "passphrase-source", value_hint = ValueHint::FilePath)]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Read the passphrase from an open file descriptor: a pipe, or a file from
    /// its beginning
    #[arg(long, value_name = "N", group = "passphrase-source", value_parser = descriptor)]
    pub(crate) passphrase_fd: Option<u32>,
}

impl PassphraseOptions {
    /// Refuses a passphrase from standard input, or from the same file, if
    /// something else comes from there: one would be taken for the other.
    ///
    /// # Errors
    /// [`Kind::Usage`].
    pub(crate) fn refuse_standard_input_twice(&self, is_taken: bool) -> Result<()> {
        let descriptor = self.passphrase_fd.map(descriptor_path);
        let path = self.passphrase_file.as_ref().or(descriptor.as_ref());
        if is_taken && path.is_some_and(|path| input::is_standard_input(path)) {
            return Err(Failure::new(
                Kind::Usage,
                "standard input cannot be the passphrase and something else",
            )
            .advise("Take the passphrase from another file or file descriptor."));
        }
        Ok(())
    }
}

/// Runs before anything else: the program opens descriptors of its own, and would
/// take one of those for a descriptor that it was given.
fn descriptor(text: &str) -> std::result::Result<u32, String> {
    let number = text.parse().map_err(|_| "write a number, such as 3 with 3<FILE")?;
    if matches!(number, 1 | 2) {
        return Err("output goes there; it cannot be read".to_owned());
    }
    if cfg!(unix) && !descriptor_path(number).exists() {
        return Err("this file descriptor is not open".to_owned());
    }
    Ok(number)
}
