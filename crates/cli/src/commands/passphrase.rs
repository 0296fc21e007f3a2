//! Reads passphrases, and asks for them.

use crate::call::Form;
use crate::call::client::Answer;
use crate::failure::{Failure, Result};
use crate::input;
use crate::input::FilePrivacy;
use crate::options::passphrase::PassphraseOptions;
use crate::terminal::console::Console;
use crate::terminal::prompt;
use zeroize::Zeroizing;

/// Passphrases typed for one secret before the program gives up. Readonce allows
/// five guesses; a sixth, even a right one, has to wait.
const MAX_TYPED: usize = 5;

/// The use of a passphrase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose<'a> {
    /// A new secret: asked for twice.
    New,
    /// A secret of this host that has one: asked for once.
    Existing(&'a str),
}

/// Reads the passphrase from the source that the options name, if any.
///
/// # Errors
/// It cannot be read, or is empty.
pub(crate) fn read(options: &PassphraseOptions, purpose: Purpose<'_>) -> Result<Option<Zeroizing<String>>> {
    match of_file(options)? {
        None => asked(options, purpose),
        given => Ok(given),
    }
}

/// Makes a call with the `given` passphrase, if any, in its form. While the answer
/// says that it needs a passphrase or another one, asks the person at the terminal
/// and makes the call again; an empty line ends this with the last answer. A wrong
/// passphrase from a file is final, since scripts expect that.
pub(crate) async fn with(
    console: &Console,
    options: &PassphraseOptions,
    given: Option<Zeroizing<String>>,
    call: impl AsyncFn(Form) -> Result<Answer>,
    is_needed: impl Fn(&Failure) -> bool,
    questions: &Questions,
) -> Result<Answer> {
    let form = |passphrase: Option<&Zeroizing<String>>| {
        let mut form = Form::default();
        form.add_if("passphrase", passphrase.map(|passphrase| passphrase.as_str()));
        form
    };
    let mut outcome = call(form(given.as_ref())).await;
    let is_from_file = given.is_some() && !options.passphrase;
    if is_from_file || !console.is_interactive() {
        return outcome;
    }
    let mut question = if given.is_some() { &questions.again } else { &questions.first };
    for _ in usize::from(given.is_some())..MAX_TYPED {
        if !outcome.as_ref().is_err_and(&is_needed) {
            return outcome;
        }
        let passphrase = prompt::hidden(question)?;
        if passphrase.is_empty() {
            return outcome;
        }
        outcome = call(form(Some(&passphrase))).await;
        question = &questions.again;
    }
    outcome
}

/// The prompts for a passphrase that a call turned out to need.
pub(crate) struct Questions {
    /// Before any passphrase was sent.
    pub(crate) first: String,
    /// After a passphrase was refused.
    pub(crate) again: String,
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
