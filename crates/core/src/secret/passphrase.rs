//! Passphrases, which a recipient needs in addition to the link.
//!
//! HMAC first mixes the passphrase with the secret key, so that the table alone does
//! not even allow guessing. bcrypt then makes each guess costly for an attacker who has
//! the table, KMS and the link. Its output is split into two independent values: the
//! verifier, which is stored, and a part of the sealing key, which is not.

use crate::error::{Error, Result};
use crate::random;
use crate::secret::hashing::HashingSlot;
use crate::secret::key::SecretKey;
use aws_lc_rs::{constant_time, hkdf, hmac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Maximum length of a new passphrase, in characters.
pub const MAX_LENGTH: usize = 128;

/// bcrypt's cost: 2^12 rounds.
const COST: u8 = 12;
const SALT_BYTES: usize = 16;
const PART_BYTES: usize = 32;
const VERIFIER_BYTES: usize = 1 + SALT_BYTES + PART_BYTES;

/// A passphrase as it was sent, never empty.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Wraps a text; `None` if it is empty, which means "not given".
    pub fn given(text: Zeroizing<String>) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// Checks the length of a new passphrase, in characters.
    ///
    /// # Errors
    /// [`Error::PassphraseTooShort`], [`Error::PassphraseTooLong`].
    pub fn check_new(&self, minimum: usize) -> Result<()> {
        let characters = self.0.chars().count();
        if characters < minimum {
            return Err(Error::PassphraseTooShort { minimum });
        }
        if characters > MAX_LENGTH {
            return Err(Error::PassphraseTooLong);
        }
        Ok(())
    }

    /// base64(HMAC-SHA-256(key = secret key, passphrase)): 44 characters without NUL.
    /// bcrypt would truncate its input at 72 bytes or at a NUL.
    fn keyed(&self, secret_key: &SecretKey) -> Zeroizing<String> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret_key.expose().as_bytes());
        Zeroizing::new(STANDARD.encode(hmac::sign(&key, self.0.as_bytes())))
    }
}

/// The stored form of a passphrase, 49 bytes:
///
/// | bytes | what |
/// |---|---|
/// | 0 | bcrypt's cost |
/// | 1 to 16 | bcrypt's salt |
/// | 17 to 48 | HKDF-SHA-256(bcrypt's 24 bytes, info `"readonce v1 passphrase verifier"`) |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier(Vec<u8>);

impl Verifier {
    /// Parses a stored verifier.
    ///
    /// # Errors
    /// [`Error::Internal`] if its length or its cost is wrong.
    pub fn from_stored(bytes: Vec<u8>) -> Result<Self> {
        // A cost above ours could only serve to keep us busy.
        if bytes.len() != VERIFIER_BYTES || !(4..=COST).contains(&bytes[0]) {
            return Err(Error::internal("a stored verifier has not the form of one"));
        }
        Ok(Self(bytes))
    }

    /// The 49 bytes, as stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn new(cost: u8, salt: &[u8; SALT_BYTES], expected: &[u8; PART_BYTES]) -> Self {
        let mut bytes = Vec::with_capacity(VERIFIER_BYTES);
        bytes.push(cost);
        bytes.extend_from_slice(salt);
        bytes.extend_from_slice(expected);
        Self(bytes)
    }

    fn cost_and_salt(&self) -> (u8, [u8; SALT_BYTES]) {
        let salt = &self.0[1..=SALT_BYTES];
        (self.0[0], salt.try_into().expect("the length was checked when it was read"))
    }

    fn expected(&self) -> &[u8] {
        &self.0[1 + SALT_BYTES..]
    }
}

/// The 32 bytes that a passphrase contributes to the sealing key.
#[derive(ZeroizeOnDrop)]
pub struct PassphrasePart([u8; PART_BYTES]);

impl PassphrasePart {
    /// The 32 bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Sets a passphrase on a secret. Runs bcrypt on a separate thread.
pub async fn set(
    slot: HashingSlot,
    passphrase: &Passphrase,
    secret_key: &SecretKey,
) -> Result<(Verifier, PassphrasePart)> {
    let (cost, salt) = (slot.cost(COST), random::bytes());
    let hashed = hash(slot, cost, salt, passphrase.keyed(secret_key)).await?;
    Ok((Verifier::new(cost, &salt, &hashed.verifier), PassphrasePart(hashed.part)))
}

/// Checks a passphrase and returns its part of the sealing key; `None` if it is wrong.
/// Runs bcrypt on a separate thread.
pub async fn check(
    slot: HashingSlot,
    passphrase: &Passphrase,
    secret_key: &SecretKey,
    verifier: &Verifier,
) -> Result<Option<PassphrasePart>> {
    let (cost, salt) = verifier.cost_and_salt();
    let hashed = hash(slot, cost, salt, passphrase.keyed(secret_key)).await?;
    let right = constant_time::verify_slices_are_equal(&hashed.verifier, verifier.expected()).is_ok();
    Ok(right.then(|| PassphrasePart(hashed.part)))
}

#[derive(ZeroizeOnDrop)]
struct Hashed {
    verifier: [u8; PART_BYTES],
    part: [u8; PART_BYTES],
}

async fn hash(
    slot: HashingSlot,
    cost: u8,
    salt: [u8; SALT_BYTES],
    keyed: Zeroizing<String>,
) -> Result<Hashed> {
    slot.run(move || hash_now(cost, salt, &keyed)).await
}

fn hash_now(cost: u8, salt: [u8; SALT_BYTES], keyed: &str) -> Hashed {
    // bcrypt hashes its input including the C string's terminating NUL.
    let mut input = Zeroizing::new(Vec::with_capacity(keyed.len() + 1));
    input.extend_from_slice(keyed.as_bytes());
    input.push(0);
    let mut raw = bcrypt::bcrypt(u32::from(cost), salt, &input);
    let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(&raw);
    raw.zeroize();
    Hashed {
        verifier: expand(&derived, b"readonce v1 passphrase verifier"),
        part: expand(&derived, b"readonce v1 passphrase part"),
    }
}

/// HKDF-Expand (RFC 5869) to 32 bytes.
fn expand(derived: &hkdf::Prk, info: &[u8]) -> [u8; PART_BYTES] {
    let mut bytes = [0; PART_BYTES];
    let infos = [info];
    let expanded = derived.expand(&infos, hkdf::HKDF_SHA256);
    let filled = expanded.and_then(|okm| okm.fill(&mut bytes));
    filled.expect("HKDF-SHA-256 gives up to 8,160 bytes, and we take 32");
    bytes
}

#[cfg(test)]
pub(crate) mod tests_support {
    /// A part with these bytes.
    pub(crate) fn part(bytes: [u8; 32]) -> super::PassphrasePart {
        super::PassphrasePart(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::Deadline;
    use crate::secret::hashing::HashingSlots;
    use crate::secret::key::MetadataKey;
    use std::time::Duration;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::given(Zeroizing::new(text.to_owned())).unwrap()
    }

    #[test]
    fn an_empty_passphrase_is_none() {
        assert!(Passphrase::given(Zeroizing::default()).is_none());
    }

    #[test]
    fn the_length_is_counted_in_characters() {
        assert!(passphrase(&"ü".repeat(128)).check_new(1).is_ok());
        assert!(passphrase("üü").check_new(2).is_ok());
        assert!(matches!(passphrase(&"a".repeat(129)).check_new(1), Err(Error::PassphraseTooLong)));
        assert!(matches!(passphrase("üü").check_new(3), Err(Error::PassphraseTooShort { minimum: 3 })));
    }

    /// Confirmed independently, with Python's `hmac`, `bcrypt` and
    /// `cryptography`: bcrypt's text form has 23 of the 24 bytes, and one value
    /// of the last byte gives both of these.
    #[test]
    fn hashing_gives_the_committed_vector() {
        let key = SecretKey::parse("0123456789abcdefghijklmnopqrstu").unwrap();
        let keyed = passphrase("correct horse \u{1F40E}").keyed(&key);
        let hashed = hash_now(5, *b"0123456789abcdef", &keyed);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(&hashed.verifier), VERIFIER_VECTOR);
        assert_eq!(hex(&hashed.part), PART_VECTOR);
    }

    const VERIFIER_VECTOR: &str = "4acba0763bc21060cc323fa2294db7f97814163eab2ccd553ecffacb1dc4a649";
    const PART_VECTOR: &str = "db9844a10e51a0df8b857c0e0e7fdc221ecab535e1c86c96f05c45a94a4ff01e";

    #[tokio::test]
    async fn only_the_same_passphrase_under_the_same_key_checks() {
        let key = MetadataKey::random().secret_key();
        let other_key = MetadataKey::random().secret_key();
        let slots = HashingSlots::default();
        let slot = async || slots.slot(Deadline::after(Duration::from_mins(1))).await.unwrap();
        // bcrypt alone would not distinguish these two.
        let long = "x".repeat(72);
        let (verifier, part) = set(slot().await, &passphrase(&long), &key).await.unwrap();
        let again = check(slot().await, &passphrase(&long), &key, &verifier).await.unwrap().unwrap();
        assert_eq!(again.0, part.0);
        for wrong in [format!("{long}y"), "x".repeat(71), "\0".to_owned()] {
            assert!(check(slot().await, &passphrase(&wrong), &key, &verifier).await.unwrap().is_none());
        }
        assert!(check(slot().await, &passphrase(&long), &other_key, &verifier).await.unwrap().is_none());
    }

    #[test]
    fn a_stored_verifier_with_a_costlier_cost_is_refused() {
        let mut bytes = vec![0; VERIFIER_BYTES];
        bytes[0] = COST;
        assert!(Verifier::from_stored(bytes.clone()).is_ok());
        bytes[0] = 31;
        assert!(Verifier::from_stored(bytes.clone()).is_err());
        bytes.pop();
        assert!(Verifier::from_stored(bytes).is_err());
    }
}
