//! Failures, in words for a person and as an exit code for a script.

/// The kind of a failure, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Something on this machine: a file that cannot be written, no clipboard.
    Other,
    /// The command line, the environment or the configuration file.
    Usage,
    /// Unknown, expired, used up, or a passphrase that is missing or wrong.
    UnknownSecret,
    /// Refused or missing credentials.
    Credentials,
    /// The text to share, a parameter, or the passphrase of a burn.
    Input,
    /// Too many calls or guesses.
    Limit,
    /// The network, the server's certificate, or the server.
    Server,
}

impl Kind {
    /// The exit code; 0 is success.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::UnknownSecret => 3,
            Self::Credentials => 4,
            Self::Input => 5,
            Self::Limit => 6,
            Self::Server => 7,
        }
    }
}

/// Details of a server's refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The server has certainly stored nothing.
    NotKept,
    /// A burn needs the passphrase, or another one.
    WrongPassphrase,
}

/// A failure. Neither text ever holds a secret, a passphrase or a token.
#[derive(Debug)]
pub(crate) struct Failure {
    /// For the exit code.
    pub(crate) kind: Kind,
    /// The problem: one sentence without a full stop.
    pub(crate) message: String,
    /// The next step: whole sentences, or nothing.
    pub(crate) advice: String,
    /// A detail of the server's refusal that callers distinguish.
    pub(crate) said: Option<Said>,
}

/// A result whose failure is reported to a person.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure without advice.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: String::new(), said: None }
    }

    /// With advice in place of what it had.
    #[must_use]
    pub(crate) fn advise(self, advice: impl Into<String>) -> Self {
        Self { advice: advice.into(), ..self }
    }

    /// With advice if it is of this kind.
    #[must_use]
    pub(crate) fn advise_if(self, kind: Kind, advice: impl Into<String>) -> Self {
        if self.kind == kind { self.advise(advice) } else { self }
    }
}
