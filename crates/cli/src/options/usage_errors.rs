//! Errors of the command line, in the program's own words. They never repeat the
//! wrong word: it is most likely a text or a passphrase, and would end up in a log.

use crate::failure::{Failure, Kind};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::error::Error as _;
use std::ffi::OsString;

/// Translates clap's error about these words; `None` where help was asked for.
pub(crate) fn translated(error: &Error, words: &[OsString]) -> Option<Failure> {
    let is_asked_for = |names: [&str; 2]| words.iter().any(|word| names.iter().any(|name| word == name));
    match error.kind() {
        // `-phunter2` is read as -p and -h.
        ErrorKind::DisplayHelp if !is_asked_for(["-h", "--help"]) => Some(superfluous(words)),
        ErrorKind::DisplayVersion if !is_asked_for(["-V", "--version"]) => Some(superfluous(words)),
        ErrorKind::UnknownArgument if is_option(error) => Some(no_such_option(error)),
        ErrorKind::TooManyValues | ErrorKind::UnknownArgument => Some(superfluous(words)),
        ErrorKind::ArgumentConflict => Some(conflict(error)),
        ErrorKind::MissingRequiredArgument => Some(missing(error)),
        ErrorKind::MissingSubcommand => {
            Some(Failure::new(Kind::Usage, "a command is missing").advise(LISTED))
        }
        ErrorKind::InvalidUtf8 => Some(Failure::new(Kind::Usage, "the command line is not valid UTF-8")),
        ErrorKind::InvalidSubcommand => Some(no_such_command(error)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Some(wrong_value(error)),
        // Help and the version are no mistakes.
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        _ => Some(first_line(error)),
    }
}

/// The first line of clap's own error, for a kind of error that has no words here.
fn first_line(error: &Error) -> Failure {
    let text = error.to_string();
    let message = text.lines().next().unwrap_or_default();
    Failure::new(Kind::Usage, message.strip_prefix("error: ").unwrap_or(message)).advise(LISTED)
}

const LISTED: &str = "'readonce --help' lists the commands and their options.";

fn superfluous(words: &[OsString]) -> Failure {
    let failure = Failure::new(Kind::Usage, "unexpected argument: one word too many on the command line");
    let has = |found: fn(&str) -> bool| words.iter().any(|word| word.to_str().is_some_and(found));
    if has(|word| word == "share" || word.starts_with("-p") || word.starts_with("--passphrase")) {
        return failure.advise(
            "A secret there stays in the shell's history. 'readonce share' asks for a text, or reads \
             a pipe or --file; --passphrase asks for a passphrase. See 'readonce --help'.",
        );
    }
    if has(|word| word.starts_with("--sets")) {
        return failure.advise("Separate several sets with commas: --sets lower,numbers");
    }
    failure.advise("--help after the command lists its arguments and options.")
}

/// Two options that exclude each other, or one that was given twice.
fn conflict(error: &Error) -> Failure {
    let option = text(error, ContextKind::InvalidArg).unwrap_or("an option");
    let other = match error.get(ContextKind::PriorArg) {
        Some(ContextValue::String(other)) => other.clone(),
        Some(ContextValue::Strings(others)) => others.join(" or "),
        _ => "another option".to_owned(),
    };
    if other == option {
        let failure = Failure::new(Kind::Usage, format!("{option} can be given only once"));
        let is_recipient = option.starts_with("--recipient");
        return if is_recipient { failure.advise("A link goes to one address.") } else { failure };
    }
    Failure::new(Kind::Usage, format!("{option} cannot be used with {other}"))
}

fn missing(error: &Error) -> Failure {
    let names = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(names)) => names.join(" and "),
        _ => "an argument".to_owned(),
    };
    Failure::new(Kind::Usage, format!("{names} is missing"))
        .advise("--help after the command lists its arguments and options.")
}

fn no_such_option(error: &Error) -> Failure {
    let similar = text(error, ContextKind::SuggestedArg);
    let similar = similar.map(|name| format!(" Did you mean {name}?")).unwrap_or_default();
    Failure::new(Kind::Usage, "there is no such option")
        .advise(format!("--help after the command lists its options.{similar}"))
}

fn no_such_command(error: &Error) -> Failure {
    let similar = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) if !names.is_empty() => {
            format!(" Did you mean 'readonce {}'?", names.join("' or 'readonce "))
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
        Some(reason) => format!("has an invalid value: {reason}"),
        None => "has an invalid value".to_owned(),
    };
    let failure = Failure::new(Kind::Usage, format!("{option} {problem}"));
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            failure.advise(format!("Valid values: {}.", values.join(", ")))
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
