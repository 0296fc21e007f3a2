//! The text of a secret.

use zeroize::Zeroizing;

/// A secret in plain text. It cannot be printed, copied or serialised, and its memory
/// is wiped on drop.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Wraps `text`, which is wiped on drop from now on.
    pub fn new(text: impl Into<Zeroizing<String>>) -> Self {
        Self(text.into())
    }

    /// The text, for sealing it and for answering its reader.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Length in UTF-8 bytes, which plans limit.
    pub fn size_bytes(&self) -> usize {
        self.0.len()
    }
}
