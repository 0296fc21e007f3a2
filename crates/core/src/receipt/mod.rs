//! The receipt: the creator's view of a secret, and its link.

pub mod row;

use crate::account::Creator;
use crate::address::domain::Domain;
use crate::address::site::Site;
use crate::secret::key::{MetadataKey, SecretKey};
use crate::time::UnixTime;

/// A receipt. It never contains the text.
pub struct Receipt {
    /// The capability for this receipt; only the creator has it.
    pub metadata_key: MetadataKey,
    /// The key in the link, derived from the metadata key.
    pub secret_key: SecretKey,
    /// The account that created the secret, or [`Creator::Anonymous`].
    pub creator: Creator,
    /// Creation time of the secret and the receipt.
    pub created: UnixTime,
    /// Lifetime of the secret, in seconds.
    pub ttl_seconds: i64,
    /// Obscured address of the recipient of the mail; `None` if no mail was sent.
    pub recipient: Option<String>,
    /// Origin of the link.
    pub site: Site,
    /// Custom domain of the link; `None` for the site's own host.
    pub share_domain: Option<Domain>,
    /// Whether a passphrase is needed to reveal or burn the secret.
    pub passphrase_required: bool,
    /// State of the secret, with its time.
    pub state: State,
}

/// The state of a secret, and the time since when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Neither the receipt was viewed nor the secret revealed.
    New,
    /// The creator has viewed the receipt; the secret is still open.
    Viewed(UnixTime),
    /// The secret was revealed.
    Received(UnixTime),
    /// The secret was destroyed unread.
    Burned(UnixTime),
    /// The secret expired unread.
    Expired(UnixTime),
}

impl State {
    /// The name in the API, for example `received`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Viewed(_) => "viewed",
            Self::Received(_) => "received",
            Self::Burned(_) => "burned",
            Self::Expired(_) => "expired",
        }
    }

    /// Whether the secret can still be revealed.
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Viewed(_))
    }
}

impl Receipt {
    /// The receipt of a new secret that lives for `ttl_seconds`. It has no recipient,
    /// domain or passphrase.
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

    /// Time from which the secret is expired.
    pub fn secret_ends(&self) -> UnixTime {
        self.created.plus(self.ttl_seconds)
    }

    /// Time from which the receipt is unknown: it lives twice as long as the secret.
    pub fn ends(&self) -> UnixTime {
        self.created.plus(self.ttl_seconds.saturating_mul(2))
    }

    /// Seconds until the secret expires: 0 to `ttl_seconds`, even if the clock was set
    /// back since the creation.
    pub fn secret_seconds_left(&self, now: UnixTime) -> i64 {
        self.secret_ends().since(now).min(self.ttl_seconds).max(0)
    }

    /// Seconds until the receipt ends, bounded in the same way.
    pub fn seconds_left(&self, now: UnixTime) -> i64 {
        self.ends().since(now).min(self.ends().since(self.created)).max(0)
    }

    /// Time of the last change of state; the creation time at first.
    pub fn updated(&self) -> UnixTime {
        match self.state {
            State::New => self.created,
            State::Viewed(at) | State::Received(at) | State::Burned(at) | State::Expired(at) => at,
        }
    }

    /// The link for the recipient, which contains the secret key.
    pub fn secret_url(&self) -> String {
        format!("{}/secret/{}", self.site, self.secret_key.expose())
    }

    /// The link to the receipt, for the creator only: it contains the metadata key.
    pub fn metadata_url(&self) -> String {
        format!("{}/private/{}", self.site, self.metadata_key.expose())
    }
}
