//! The sealed text, and the fields beside it that its seal binds.

use crate::address::domain::Domain;
use crate::secret::key::SecretId;
use crate::secret::passphrase::Verifier;
use crate::time::UnixTime;

/// A sealed text, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The format.
    pub version: u8,
    /// HKDF's salt.
    pub salt: [u8; 16],
    /// AES-GCM's nonce.
    pub nonce: [u8; 12],
    /// The padded text, encrypted, and the 16 bytes of AES-GCM's tag.
    pub ciphertext: Vec<u8>,
    /// The data key, as KMS wrapped it.
    pub wrapped_data_key: Vec<u8>,
}

/// The stored fields beside the ciphertext, which the seal holds fast.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// The row.
    pub id: &'a SecretId,
    /// When the secret ends.
    pub ends: UnixTime,
    /// The domain of the link; `None` for the site's own host.
    pub share_domain: Option<&'a Domain>,
    /// The verifier of the passphrase, if there is one.
    pub verifier: Option<&'a Verifier>,
}
