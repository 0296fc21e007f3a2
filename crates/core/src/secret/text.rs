//! The text itself.

use zeroize::Zeroizing;

/// A secret in the clear. It cannot be printed, copied or serialised, and its
/// memory is wiped when it goes.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes `text` over.
    pub fn new(text: impl Into<Zeroizing<String>>) -> Self {
        Self(text.into())
    }

    /// The text, for sealing it and for answering the one who may read it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// UTF-8 bytes, which is what plans limit.
    pub fn size_bytes(&self) -> usize {
        self.0.len()
    }
}
