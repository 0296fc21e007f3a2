//! The sealed secret and the one write that ends it.

pub mod row;
pub mod seal;
pub mod sealed;

use crate::error::{Error, Result};
use crate::secret::key::SecretId;
use crate::secret::text::SecretText;

/// Proof that a claim on this secret won. Only
/// [`Table::claim`](crate::table::Table::claim) creates it.
pub struct ClaimWon {
    id: SecretId,
}

impl ClaimWon {
    /// Partition key of the claimed secret.
    pub fn id(&self) -> &SecretId {
        &self.id
    }
}

/// A text that is decrypted in memory but not yet granted to anybody.
pub struct Opened {
    id: SecretId,
    text: SecretText,
}

impl Opened {
    /// The text, in exchange for a won claim on this very secret.
    ///
    /// # Errors
    /// [`Error::Internal`] if the claim was on another secret.
    pub fn release(self, claim: &ClaimWon) -> Result<SecretText> {
        if *claim.id() == self.id { Ok(self.text) } else { Err(Error::internal("a claim on another secret")) }
    }
}
