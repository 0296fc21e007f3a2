//! The receipt: what a creator may know of a secret, and where its link is.

use crate::key::{MetadataKey, SecretKey};
use crate::site::Site;
use crate::time::UnixTime;

/// What the wire calls a creator without an account.
pub const ANONYMOUS: &str = "anon";

/// A receipt. It never holds the text.
pub struct Receipt {
    /// The capability for this receipt; the creator's alone.
    pub metadata_key: MetadataKey,
    /// The key in the link.
    pub secret_key: SecretKey,
    /// The creator's address, or [`ANONYMOUS`].
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

    /// The link to hand over.
    pub fn secret_url(&self) -> String {
        self.site.secret_url(&self.secret_key)
    }

    /// The link to the receipt.
    pub fn metadata_url(&self) -> String {
        self.site.metadata_url(&self.metadata_key)
    }
}
