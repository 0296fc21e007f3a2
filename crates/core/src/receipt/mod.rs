//! The receipt: what a creator may know of a secret, and where its link is.

pub mod row;

use crate::account::Creator;
use crate::address::domain::Domain;
use crate::address::site::Site;
use crate::secret::key::{MetadataKey, SecretKey};
use crate::time::UnixTime;

/// A receipt. It never holds the text.
pub struct Receipt {
    /// The capability for this receipt; the creator's alone.
    pub metadata_key: MetadataKey,
    /// The key in the link.
    pub secret_key: SecretKey,
    /// The account that made the secret, if one did.
    pub creator: Creator,
    /// When the secret was made.
    pub created: UnixTime,
    /// How long the secret lives, in seconds.
    pub ttl_seconds: i64,
    /// The obscured address of the one who was told by mail.
    pub recipient: Option<String>,
    /// Where the link leads.
    pub site: Site,
    /// The domain of the link; `None` for the site's own host.
    pub share_domain: Option<Domain>,
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
    /// The receipt of a new secret without recipient, domain or passphrase, which lives
    /// for `ttl_seconds`.
    pub fn new(
        metadata_key: MetadataKey,
        creator: Creator,
        created: UnixTime,
        ttl_seconds: i64,
        site: Site,
    ) -> Self {
        Self {
            secret_key: metadata_key.secret_key(),
            metadata_key,
            creator,
            created,
            ttl_seconds,
            recipient: None,
            site,
            share_domain: None,
            passphrase_required: false,
            state: State::New,
        }
    }

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
        format!("{}/secret/{}", self.site, self.secret_key.expose())
    }

    /// The link to the receipt, for the creator alone.
    pub fn metadata_url(&self) -> String {
        format!("{}/private/{}", self.site, self.metadata_key.expose())
    }
}
