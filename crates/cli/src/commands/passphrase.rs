//! Where a passphrase comes from.

use crate::call::Form;
use crate::client::Answer;
use crate::console::Console;
use crate::failure::{Failure, Kind, Result};
use crate::input::{Whose, descriptor_path};
use crate::{input, prompt};
use clap::{ArgAction, Args, ValueHint};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Where a passphrase comes from: never from the command line itself.
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
            return Err(Failure::new(Kind::Usage, "standard input cannot be the passphrase and more")
                .advise("Take the passphrase from another file or file descriptor."));
        }
        Ok(())
    }
}

/// The program opens descriptors of its own, so which ones it was given is found
/// out before anything else runs.
fn descriptor(text: &str) -> std::result::Result<u32, String> {
    let number = text.parse().map_err(|_| "it takes a number, such as 3 with 3<FILE")?;
    if matches!(number, 1 | 2) {
        return Err("what is written there is not to be read".to_owned());
    }
    if cfg!(unix) && !descriptor_path(number).exists() {
        return Err("this file descriptor is not open".to_owned());
    }
    Ok(number)
}

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
