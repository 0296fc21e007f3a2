//! Where a passphrase comes from.

use crate::failure::Result;
use crate::input::Whose;
use crate::options::PassphraseOptions;
use crate::{input, prompt};
use zeroize::Zeroizing;

/// What a passphrase is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose<'a> {
    /// A new secret: asked for twice.
    New,
    /// A secret of this host that has one: asked for once.
    Existing(&'a str),
}

/// The passphrase that the options ask for, from wherever they say.
///
/// # Errors
/// It cannot be read, or is empty.
pub(crate) fn read(options: &PassphraseOptions, purpose: Purpose<'_>) -> Result<Option<Zeroizing<String>>> {
    match of_file(options)? {
        None => asked(options, purpose),
        given => Ok(given),
    }
}

/// The passphrase of a file or a file descriptor, if the options name one.
///
/// # Errors
/// It cannot be read, or is empty.
pub(crate) fn of_file(options: &PassphraseOptions) -> Result<Option<Zeroizing<String>>> {
    if let Some(path) = &options.passphrase_file {
        return input::one_line_of_file(path, "the passphrase", Whose::Any).map(Some);
    }
    if let Some(descriptor) = options.passphrase_fd {
        return input::one_line_of_descriptor(descriptor, "the passphrase").map(Some);
    }
    Ok(None)
}

/// A passphrase that is typed, if the options ask for that.
///
/// # Errors
/// As the prompt's.
pub(crate) fn asked(options: &PassphraseOptions, purpose: Purpose<'_>) -> Result<Option<Zeroizing<String>>> {
    match (options.passphrase, purpose) {
        (false, _) => Ok(None),
        (true, Purpose::New) => prompt::new_passphrase().map(Some),
        (true, Purpose::Existing(host)) => {
            prompt::hidden(&format!("Passphrase for {host} (not shown): ")).map(Some)
        }
    }
}
