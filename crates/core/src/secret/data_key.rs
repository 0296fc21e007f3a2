//! A data key with its wrapped form.

use crate::error::{Error, Result};
use aws_sdk_kms::primitives::Blob;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// 32 bytes of key material from KMS, and their wrapped form.
#[derive(ZeroizeOnDrop)]
pub struct DataKey {
    material: [u8; 32],
    #[zeroize(skip)]
    wrapped: Vec<u8>,
}

impl DataKey {
    /// A data key of 32 bytes, and the form in which KMS wrapped it.
    pub fn new(material: [u8; 32], wrapped: Vec<u8>) -> Self {
        Self { material, wrapped }
    }

    /// The wrapped key, which is stored beside the ciphertext.
    pub fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.material
    }

    /// Takes the key material out of a response of KMS, and wipes it there.
    pub(crate) fn from_answer(plaintext: Option<Blob>, wrapped: Vec<u8>) -> Result<Self> {
        let plaintext = Zeroizing::new(plaintext.map(Blob::into_inner).unwrap_or_default());
        let material = <[u8; 32]>::try_from(plaintext.as_slice());
        let material = material.map_err(|_| Error::internal("a data key from KMS is not of 32 bytes"))?;
        if wrapped.is_empty() {
            // Nothing sealed with it could ever be opened again.
            return Err(Error::internal("a data key from KMS is not wrapped"));
        }
        Ok(Self::new(material, wrapped))
    }
}
