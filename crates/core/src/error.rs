//! The errors of the use cases, by meaning.
//!
//! The HTTP crate maps them to statuses and public texts, in one place. Their sources
//! are for the operator's log. They contain no secret, key, passphrase, token or
//! address, because they are built only from AWS error codes and our own texts.

use std::fmt;

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a use case failed or was refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Credentials are missing where the route requires them, or are wrong.
    #[error("the credentials are missing or wrong")]
    NotAuthorized,
    /// The secret is unknown, expired, revealed or burned, or the passphrase is wrong.
    /// One answer covers all, so that a caller cannot tell them apart.
    #[error("no secret for this key and passphrase")]
    UnknownSecret,
    /// The secret exists, but this passphrase does not burn it.
    #[error("the passphrase to burn with is wrong")]
    WrongPassphrase,
    /// The text to share is missing or empty.
    #[error("there is nothing to share")]
    NothingToShare,
    /// The text is larger than the caller's plan allows.
    #[error("the secret is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The maximum of the plan, in bytes.
        limit_bytes: usize,
    },
    /// The new passphrase is shorter than the operator's minimum.
    #[error("the passphrase is shorter than {minimum} characters")]
    PassphraseTooShort {
        /// The operator's minimum, in characters.
        minimum: usize,
    },
    /// The new passphrase is longer than 128 characters.
    #[error("the passphrase is too long")]
    PassphraseTooLong,
    /// A caller without an account named a recipient.
    #[error("only an account may send mail")]
    AccountRequiredToMail,
    /// The recipient is not a valid address; contains the text as it was sent.
    #[error("the recipient is not an address")]
    Undeliverable(AsSent),
    /// The request names more than one recipient.
    #[error("more than one recipient")]
    TwoRecipients,
    /// The caller may not use this share domain; contains the text as it was sent.
    #[error("the share domain is not the caller's")]
    DomainNotPermitted(AsSent),
    /// The requested length of a generated value is below 4 characters.
    #[error("the length is too small")]
    LengthTooSmall,
    /// The requested length of a generated value is above 128 characters.
    #[error("the length is too large")]
    LengthTooLarge,
    /// The request for a generated value selects no character set.
    #[error("no character set is chosen")]
    NoCharacterSet,
    /// A page of another site made its visitor's browser send the request.
    #[error("a page of another site calls")]
    ForeignPage,
    /// The parameters cannot be parsed.
    #[error("the payload cannot be parsed")]
    IncorrectPayload,
    /// Too many attempts in this window.
    #[error("too many attempts")]
    TooManyAttempts {
        /// Seconds until the next attempt is allowed.
        retry_after_seconds: i64,
    },
    /// The request names a recipient, but the operator has turned mail off.
    #[error("mail is turned off")]
    MailTurnedOff,
    /// The mail was not accepted, and the secret has been withdrawn.
    #[error("the mail could not be handed over")]
    MailNotSent(#[source] Source),
    /// AWS did not answer, or refused; a retry may succeed.
    #[error("a dependency is unavailable")]
    Unavailable(#[source] Source),
    /// A state that our own code should make impossible.
    #[error("an invariant is broken")]
    Internal(#[source] Source),
}

impl Error {
    /// An [`Error::Internal`] that says what was found.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::Internal(Source::new(what))
    }

    /// This error and its causes on one line, for the log.
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

/// The cause of an error, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Source(String);

impl Source {
    /// A cause with this text, which must not contain anything secret.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Input that the caller may see again, but that never gets into a log. It is cut off
/// at the maximum length of an address or host.
pub struct AsSent(String);

impl AsSent {
    /// Maximum number of characters that are kept.
    const MAX_LENGTH: usize = 320;

    /// Keeps the first 320 characters of the input.
    pub fn new(text: &str) -> Self {
        Self(text.chars().take(Self::MAX_LENGTH).collect())
    }

    /// The text, for the answer to the caller.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AsSent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AsSent(..)")
    }
}
