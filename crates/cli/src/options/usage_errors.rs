//! Mistakes on the command line, told without the word that is wrong: it is most
//! likely a text or a passphrase, and would go into whatever log there is.

use crate::failure::{Failure, Kind};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::error::Error as _;
use std::ffi::OsString;

/// What is to be told in place of clap's own error about these words; nothing
/// where help was asked for.
pub(crate) fn told(error: &Error, words: &[OsString]) -> Option<Failure> {
    let is_asked_for = |names: [&str; 2]| words.iter().any(|word| names.iter().any(|name| word == name));
    match error.kind() {
        // `-phunter2` is read as -p and -h.
        ErrorKind::DisplayHelp if !is_asked_for(["-h", "--help"]) => Some(superfluous()),
        ErrorKind::DisplayVersion if !is_asked_for(["-V", "--version"]) => Some(superfluous()),
        ErrorKind::UnknownArgument if is_option(error) => Some(no_such_option(error)),
        ErrorKind::TooManyValues | ErrorKind::UnknownArgument => Some(superfluous()),
        ErrorKind::InvalidSubcommand => Some(no_such_command(error)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Some(wrong_value(error)),
        // Help and the version are no mistakes.
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        _ => Some(in_our_words(error)),
    }
}

/// The first line of clap's own error, and its usage as advice.
fn in_our_words(error: &Error) -> Failure {
    let text = error.to_string();
    let (message, advice) = text.split_once('\n').unwrap_or((&text, ""));
    let message = message.strip_prefix("error: ").unwrap_or(message);
    Failure::new(Kind::Usage, message).advise(advice.trim())
}

fn superfluous() -> Failure {
    Failure::new(Kind::Usage, "there is a word too much on the command line").advise(
        "A secret there stays in the shell's history. 'readonce share' asks for a text, or reads \
         a pipe or --file; --passphrase asks for a passphrase. See 'readonce --help'.",
    )
}

fn no_such_option(error: &Error) -> Failure {
    let similar = text(error, ContextKind::SuggestedArg);
    let similar = similar.map(|name| format!(" Perhaps {name} is meant.")).unwrap_or_default();
    Failure::new(Kind::Usage, "there is no such option")
        .advise(format!("--help, behind the command, lists what it takes.{similar}"))
}

fn no_such_command(error: &Error) -> Failure {
    let similar = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) if !names.is_empty() => {
            format!(" Perhaps 'readonce {}' is meant.", names.join("' or 'readonce "))
        }
        _ => String::new(),
    };
    Failure::new(Kind::Usage, "there is no such command")
        .advise(format!("'readonce --help' lists them; 'readonce share' shares a text.{similar}"))
}

fn wrong_value(error: &Error) -> Failure {
    let option = text(error, ContextKind::InvalidArg).unwrap_or("an option");
    let problem = match error.source() {
        _ if text(error, ContextKind::InvalidValue).is_none_or(str::is_empty) => "needs a value".to_owned(),
        // From a parser of ours, or of a number: neither repeats the value.
        Some(reason) => format!("cannot have this value: {reason}"),
        None => "cannot have this value".to_owned(),
    };
    let failure = Failure::new(Kind::Usage, format!("{option} {problem}"));
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            failure.advise(format!("It can be one of: {}.", values.join(", ")))
        }
        _ => failure,
    }
}

fn is_option(error: &Error) -> bool {
    text(error, ContextKind::InvalidArg).is_some_and(|word| word.starts_with('-'))
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}
