//! The two keys of a secret, and the ids that the table stores in their place.
//!
//! The metadata key is random, the secret key is derived from it, and the table holds
//! only hashes of both. So the metadata key gives the link, the link does not give the
//! metadata key, and the table gives neither.

use crate::random;
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Length of a key: 31 base-36 digits carry 160 bits.
pub const KEY_LENGTH: usize = 31;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const SECRET_KEY_LABEL: &[u8] = b"readonce v1 secret key";
const SECRET_ROW_LABEL: &[u8] = b"readonce v1 secret row";
const RECEIPT_ROW_LABEL: &[u8] = b"readonce v1 receipt row";

/// The creator's key. It reads the receipt, burns the secret, and gives the link.
#[derive(ZeroizeOnDrop)]
pub struct MetadataKey([u8; KEY_LENGTH]);

/// The key in the link. It reveals the secret once.
#[derive(ZeroizeOnDrop)]
pub struct SecretKey([u8; KEY_LENGTH]);

/// The partition key of a secret's rows:
/// `secret#` + base64url(SHA-256(`"readonce v1 secret row"` ‖ secret key)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretId(String);

/// The partition key of a receipt's row:
/// `receipt#` + base64url(SHA-256(`"readonce v1 receipt row"` ‖ metadata key)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptId(String);

impl MetadataKey {
    /// Generates a key of 31 random digits.
    pub fn random() -> Self {
        let mut key = Self([0; KEY_LENGTH]);
        for digit in &mut key.0 {
            *digit = DIGITS[random::below(DIGITS.len())];
        }
        key
    }

    /// Parses a key as a client sends it; `None` if it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        parse_digits(text).map(Self)
    }

    /// The key's 31 characters, for a link or an answer.
    pub fn expose(&self) -> &str {
        ascii(&self.0)
    }

    /// `HMAC-SHA-256(metadata key, "readonce v1 secret key")` (RFC 2104), read as a
    /// big-endian number; the 31 lowest base-36 digits of it.
    pub fn secret_key(&self) -> SecretKey {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut number = [0; 32];
        number.copy_from_slice(hmac::sign(&key, SECRET_KEY_LABEL).as_ref());
        let mut secret_key = SecretKey([0; KEY_LENGTH]);
        for digit in secret_key.0.iter_mut().rev() {
            *digit = DIGITS[usize::from(divide_by_36(&mut number))];
        }
        number.zeroize();
        secret_key
    }

    /// The partition key of the receipt's row.
    pub fn receipt_id(&self) -> ReceiptId {
        ReceiptId(row_id("receipt#", RECEIPT_ROW_LABEL, &self.0))
    }
}

impl SecretKey {
    /// Parses a key as a client sends it; `None` if it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        parse_digits(text).map(Self)
    }

    /// The key's 31 characters, for a link or an answer.
    pub fn expose(&self) -> &str {
        ascii(&self.0)
    }

    /// The partition key of the secret's row.
    pub fn secret_id(&self) -> SecretId {
        SecretId(row_id("secret#", SECRET_ROW_LABEL, &self.0))
    }
}

impl SecretId {
    /// The partition key, `secret#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ReceiptId {
    /// The partition key, `receipt#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn row_id(prefix: &str, label: &[u8], key: &[u8]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(label);
    context.update(key);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(context.finish()))
}

fn parse_digits(text: &str) -> Option<[u8; KEY_LENGTH]> {
    let digits: [u8; KEY_LENGTH] = text.as_bytes().try_into().ok()?;
    let known = |digit: &u8| digit.is_ascii_digit() || digit.is_ascii_lowercase();
    digits.iter().all(known).then_some(digits)
}

fn ascii(digits: &[u8; KEY_LENGTH]) -> &str {
    std::str::from_utf8(digits).expect("keys are made of ASCII digits only")
}

/// Divides a big-endian number by 36 in place and returns the remainder.
fn divide_by_36(number: &mut [u8; 32]) -> u8 {
    let mut remainder: u16 = 0;
    for byte in number {
        let dividend = remainder << 8 | u16::from(*byte);
        *byte = u8::try_from(dividend / 36).expect("the remainder before it is below 36");
        remainder = dividend % 36;
    }
    u8::try_from(remainder).expect("a remainder of 36 is below 36")
}

/// A random identity of one request, by which its repeated claim is recognised:
/// base64url of 16 random bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimId(String);

impl ClaimId {
    /// Generates an identity; one request uses the same for all its attempts.
    pub fn random() -> Self {
        let bytes = Zeroizing::new(random::bytes::<16>());
        Self(URL_SAFE_NO_PAD.encode(*bytes))
    }

    /// The 22 characters that the table stores.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed independently, with Python's `hmac` and `hashlib`; docs/formats.md
    /// shows the few lines.
    const VECTORS: &[(&str, &str, &str, &str)] = &include!("key_vectors.in");

    #[test]
    fn derivation_gives_the_committed_vectors() {
        for (metadata, secret, secret_id, receipt_id) in VECTORS {
            let key = MetadataKey::parse(metadata).unwrap();
            assert_eq!(key.secret_key().expose(), *secret);
            assert_eq!(key.secret_key().secret_id().as_str(), *secret_id);
            assert_eq!(key.receipt_id().as_str(), *receipt_id);
        }
    }

    #[test]
    fn random_keys_have_the_form_of_keys_and_differ() {
        let one = MetadataKey::random();
        let two = MetadataKey::random();
        assert!(MetadataKey::parse(one.expose()).is_some());
        assert_ne!(one.expose(), two.expose());
    }

    #[test]
    fn claims_differ() {
        let (one, two) = (ClaimId::random(), ClaimId::random());
        assert_ne!(one.as_str(), two.as_str());
        assert_eq!(URL_SAFE_NO_PAD.decode(one.as_str()).map(|bytes| bytes.len()), Ok(16));
    }

    #[test]
    fn malformed_keys_are_none() {
        let good = "0123456789abcdefghijklmnopqrstu";
        assert!(SecretKey::parse(good).is_some());
        let upper = good.to_uppercase();
        let accented = "0123456789abcdefghijklmnopqrsé";
        for bad in ["", &good[1..], &upper, accented, &format!("{good}v"), "../../../../../../../../../../."]
        {
            assert!(SecretKey::parse(bad).is_none(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn parsing_never_panics(text in ".*") {
            if let Some(key) = SecretKey::parse(&text) {
                assert_eq!(key.expose(), text);
            }
        }
    }
}
