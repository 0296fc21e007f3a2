//! Where a passphrase comes from.

use crate::call::Form;
use crate::call::client::Answer;
use crate::failure::{Failure, Result};
use crate::input;
use crate::input::FilePrivacy;
use crate::options::passphrase::PassphraseOptions;
use crate::terminal::console::Console;
use crate::terminal::prompt;
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

/// Makes a call with a passphrase in its form if there is one. If there is none
/// and the answer says that one is needed, asks whoever is there for it and makes
/// the call again; without a word it stays with that answer.
pub(crate) async fn with(
    console: &Console,
    given: Option<Zeroizing<String>>,
    call: impl AsyncFn(Form) -> Result<Answer>,
    is_needed: impl Fn(&Failure) -> bool,
    question: &str,
) -> Result<Answer> {
    let form = |passphrase: Option<&Zeroizing<String>>| {
        let mut form = Form::default();
        form.add_if("passphrase", passphrase.map(|passphrase| passphrase.as_str()));
        form
    };
    let outcome = call(form(given.as_ref())).await;
    if given.is_some() || !outcome.as_ref().is_err_and(is_needed) || !console.is_interactive() {
        return outcome;
    }
    let passphrase = prompt::hidden(question)?;
    if passphrase.is_empty() { outcome } else { call(form(Some(&passphrase))).await }
}

/// The passphrase of a file or a file descriptor, if the options name one.
///
/// # Errors
/// It cannot be read, or is empty.
pub(crate) fn of_file(options: &PassphraseOptions) -> Result<Option<Zeroizing<String>>> {
    if let Some(path) = &options.passphrase_file {
        return input::one_line_of_file(path, "the passphrase", FilePrivacy::Any).map(Some);
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
