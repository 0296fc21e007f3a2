//! The sealed text, and the fields beside it that its seal authenticates.

use crate::address::domain::Domain;
use crate::secret::key::SecretId;
use crate::secret::passphrase::Verifier;
use crate::time::UnixTime;

/// A sealed text, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Format version of the seal.
    pub version: u8,
    /// Random salt of HKDF, new for each secret.
    pub salt: [u8; 16],
    /// Random nonce of AES-GCM.
    pub nonce: [u8; 12],
    /// The encrypted padded text, followed by the 16-byte tag of AES-GCM.
    pub ciphertext: Vec<u8>,
    /// The data key as KMS wrapped it.
    pub wrapped_data_key: Vec<u8>,
}

/// The stored fields beside the ciphertext that the seal authenticates as AAD.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// Partition key of the row.
    pub id: &'a SecretId,
    /// Time from which the secret is expired.
    pub ends: UnixTime,
    /// Custom domain of the link; `None` for the site's own host.
    pub share_domain: Option<&'a Domain>,
    /// Passphrase verifier; `None` without a passphrase.
    pub verifier: Option<&'a Verifier>,
}
