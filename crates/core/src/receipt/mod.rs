//! The receipt: what a creator may know of a secret, and where its link is.

pub mod row;

use crate::address::site::Site;
use crate::secret::key::{MetadataKey, SecretKey};
use crate::time::UnixTime;

/// A receipt. It never holds the text.
pub struct Receipt {
    /// The capability for this receipt; the creator's alone.
    pub metadata_key: MetadataKey,
    /// The key in the link.
    pub secret_key: SecretKey,
    /// The creator's address, or [`ANONYMOUS`](crate::account::ANONYMOUS).
    pub custid: String,
    /// When the secret was made.
    pub created: UnixTime,
    /// How long the secret lives, in seconds.
    pub ttl_seconds: i64,
    /// The obscured address of the one who was told by mail.
    pub recipient: Option<String>,
    /// Where the link leads.
    pub site: Site,
    /// The domain of the link, or empty for the site's own.
    pub share_domain: String,
    /// Must the recipient know a passphrase?
    pub passphrase_required: bool,
    /// What has become of the secret.
    pub state: State,
}

/// What has become of a secret, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has looked at the receipt, nobody has seen the secret.
    New,
    /// The receipt was looked at.
    Viewed(UnixTime),
    /// The secret was revealed.
    Received(UnixTime),
    /// The secret was destroyed unread.
    Burned(UnixTime),
    /// The secret has ended unread.
    Expired(UnixTime),
}

impl State {
    /// As the wire writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Viewed(_) => "viewed",
            Self::Received(_) => "received",
            Self::Burned(_) => "burned",
            Self::Expired(_) => "expired",
        }
    }

    /// Can the secret still be revealed?
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Viewed(_))
    }
}

impl Receipt {
    /// When the secret ends.
    pub fn secret_ends(&self) -> UnixTime {
        self.created.plus(self.ttl_seconds)
    }

    /// When the receipt ends: it lives twice as long as the secret.
    pub fn ends(&self) -> UnixTime {
        self.created.plus(self.ttl_seconds.saturating_mul(2))
    }

    /// How many seconds of the secret's life are left: never more than it was
    /// given, not even by a clock that was set back since.
    pub fn secret_seconds_left(&self, now: UnixTime) -> i64 {
        self.secret_ends().since(now).min(self.ttl_seconds).max(0)
    }

    /// How many seconds of the receipt's life are left, likewise.
    pub fn seconds_left(&self, now: UnixTime) -> i64 {
        self.ends().since(now).min(self.ends().since(self.created)).max(0)
    }

    /// When something last happened to it.
    pub fn updated(&self) -> UnixTime {
        match self.state {
            State::New => self.created,
            State::Viewed(at) | State::Received(at) | State::Burned(at) | State::Expired(at) => at,
        }
    }

    /// The link to hand over.
    pub fn secret_url(&self) -> String {
        self.site.secret_url(&self.secret_key)
    }

    /// The link to the receipt.
    pub fn metadata_url(&self) -> String {
        self.site.metadata_url(&self.metadata_key)
    }
}
