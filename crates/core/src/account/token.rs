//! API tokens and their stored hashes.

use crate::random;
use aws_lc_rs::{constant_time, digest};
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

const TOKEN_LABEL: &[u8] = b"readonce v1 api token";
const TOKEN_BYTES: usize = 32;
const MAX_TOKEN: usize = 256;

/// An API token: hexadecimal digits, which every known client accepts.
#[derive(ZeroizeOnDrop)]
pub struct ApiToken(String);

impl ApiToken {
    /// Generates a token: 64 hexadecimal digits of 32 random bytes.
    pub fn random() -> Self {
        let bytes = Zeroizing::new(random::bytes::<TOKEN_BYTES>());
        let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is below 16");
        Self(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    /// Parses a token; `None` unless it consists of hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let good = (1..=MAX_TOKEN).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        good.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The digits, for the one who sets up or checks the token.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// SHA-256(`"readonce v1 api token"` ‖ digits). A random token of 256 bits
    /// cannot be guessed from its hash, so no slow hash is needed.
    pub fn hash(&self) -> TokenHash {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(TOKEN_LABEL);
        context.update(self.0.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        TokenHash(hash)
    }
}

/// The stored hash of a token. It has no `==`; see [`TokenHash::matches`].
#[derive(Clone)]
pub struct TokenHash(pub(crate) [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenHash(..)")
    }
}

impl TokenHash {
    /// Compared with the token of an unknown account. No known token has this hash.
    pub(crate) const NONE: Self = Self([0; 32]);

    /// Parses a stored hash; `None` unless it has 32 bytes.
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes, as stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Compares in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_64_hexadecimal_digits() {
        let token = ApiToken::random();
        assert_eq!(token.expose().len(), 64);
        let again = ApiToken::parse(&token.expose().to_uppercase()).unwrap();
        assert!(again.hash().matches(&token.hash()));
        assert!(!ApiToken::random().hash().matches(&token.hash()));
    }

    #[test]
    fn only_hexadecimal_digits_are_a_token() {
        for bad in ["", "xyz", "12 34", "١٢", &"a".repeat(257)] {
            assert!(ApiToken::parse(bad).is_none(), "{bad}");
        }
    }
}
