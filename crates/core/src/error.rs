//! What can go wrong, by meaning.
//!
//! The HTTP crate maps these to statuses and public texts, in one place. The
//! sources are for the operator's log and hold no secret, key, passphrase,
//! token or address: they are built from AWS error codes and from texts of
//! ours.

use std::fmt;

/// The outcome of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No credentials where some are needed, or wrong ones.
    #[error("the credentials are missing or wrong")]
    NotAuthorized,
    /// The secret is unknown, expired, revealed or burned, or the passphrase is
    /// wrong: one answer, so that nobody learns which.
    #[error("no secret for this key and passphrase")]
    UnknownSecret,
    /// The secret is there, but cannot be burned with this passphrase.
    #[error("the passphrase to burn with is wrong")]
    WrongPassphrase,
    /// There is no text to share.
    #[error("there is nothing to share")]
    NothingToShare,
    /// The text is larger than the caller's plan allows.
    #[error("the secret is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The plan's limit.
        limit_bytes: usize,
    },
    /// The new passphrase is shorter than the operator allows.
    #[error("the passphrase is shorter than {minimum} characters")]
    PassphraseTooShort {
        /// The operator's minimum, in characters.
        minimum: usize,
    },
    /// The new passphrase is longer than 128 characters.
    #[error("the passphrase is too long")]
    PassphraseTooLong,
    /// A recipient was named without an account.
    #[error("only an account may send mail")]
    AccountRequiredToMail,
    /// The recipient is not an address; the text as it was sent.
    #[error("the recipient is not an address")]
    Undeliverable(AsSent),
    /// More than one recipient.
    #[error("more than one recipient")]
    TwoRecipients,
    /// The share domain is not the caller's; the text as it was sent.
    #[error("the share domain is not the caller's")]
    DomainNotPermitted(AsSent),
    /// A generated value shorter than 4 characters was asked for.
    #[error("the length is too small")]
    LengthTooSmall,
    /// A generated value longer than 128 characters was asked for.
    #[error("the length is too large")]
    LengthTooLarge,
    /// A generated value of no characters at all was asked for.
    #[error("no character set is chosen")]
    NoCharacterSet,
    /// A page of another site has a visitor's browser call.
    #[error("a page of another site calls")]
    ForeignPage,
    /// The parameters cannot be read.
    #[error("the payload cannot be parsed")]
    IncorrectPayload,
    /// Too many guesses or calls; try again after so many seconds.
    #[error("too many attempts")]
    TooManyAttempts {
        /// Seconds until the next attempt counts.
        retry_after_seconds: i64,
    },
    /// A recipient was named where the operator has turned mail off.
    #[error("mail is turned off")]
    MailTurnedOff,
    /// The mail could not be handed over, and the secret is withdrawn.
    #[error("the mail could not be handed over")]
    MailNotSent(#[source] Source),
    /// AWS did not answer, or refused; trying again may help.
    #[error("a dependency is unavailable")]
    Unavailable(#[source] Source),
    /// A state that our own code rules out.
    #[error("an invariant is broken")]
    Internal(#[source] Source),
}

impl Error {
    /// An [`Error::Internal`] with what was found.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::Internal(Source::new(what))
    }

    /// This error and its causes, in one line, for the log.
    pub fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text
    }
}

/// The cause of an error, as a text for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Source(String);

impl Source {
    /// A cause in words.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// What a caller sent and gets to see again, but no log does. Cut off after
/// what any address or host may have.
pub struct AsSent(String);

impl AsSent {
    /// Most characters that are kept.
    const MAX_LENGTH: usize = 320;

    /// Takes down what was sent.
    pub fn new(text: &str) -> Self {
        Self(text.chars().take(Self::MAX_LENGTH).collect())
    }

    /// For the caller.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AsSent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AsSent(..)")
    }
}
