//! Format version 1 of the seal.
//!
//! ```text
//! sealing key = HKDF-SHA-256(ikm  = data key ‖ secret key ‖ passphrase part,
//!                            salt = 16 random bytes,
//!                            info = "readonce v1 seal")          (RFC 5869)
//! ciphertext  = AES-256-GCM(sealing key, random nonce, padded text, AAD)
//!                                                       (NIST SP 800-38D)
//! ```

use crate::address::domain::Domain;
use crate::error::{Error, Result, Source};
use crate::random;
use crate::secret::claim::Opened;
use crate::secret::claim::sealed::{Binding, Sealed};
use crate::secret::data_key::DataKey;
use crate::secret::key::SecretKey;
use crate::secret::passphrase::{PassphrasePart, Verifier};
use crate::secret::text::SecretText;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use zeroize::Zeroizing;

pub(super) const VERSION: u8 = 1;

/// Texts are padded to multiples of this many bytes, so that a row does not reveal the
/// length of its text.
const PADDING_STEP_BYTES: usize = 256;
const PADDING_START: u8 = 0x80;

/// See [`super::seal`].
pub(super) fn seal(
    text: &SecretText,
    data_key: &DataKey,
    secret_key: &SecretKey,
    passphrase_part: Option<&PassphrasePart>,
    binding: Binding<'_>,
) -> Sealed {
    let salt = random::bytes();
    let nonce = random::bytes();
    let key = sealing_key(data_key, secret_key, passphrase_part, &salt);
    let aad = Aad::from(authenticated_data(&binding));
    let mut buffer = padded(text);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut *buffer)
        .expect("AES-GCM takes up to 64 GiB, and a row holds at most 400 KB");
    Sealed {
        version: VERSION,
        salt,
        nonce,
        // The buffer holds only ciphertext by now, so it need not be wiped.
        ciphertext: std::mem::take(&mut *buffer),
        wrapped_data_key: data_key.wrapped().to_vec(),
    }
}

/// See [`super::open`].
pub(super) fn open(
    sealed: &Sealed,
    data_key: &DataKey,
    secret_key: &SecretKey,
    passphrase_part: Option<&PassphrasePart>,
    binding: Binding<'_>,
) -> Result<Opened> {
    let broken =
        || Error::Internal(Source::new("a sealed text does not open: its row or its keys were changed"));
    let key = sealing_key(data_key, secret_key, passphrase_part, &sealed.salt);
    let aad = Aad::from(authenticated_data(&binding));
    let mut buffer = Zeroizing::new(sealed.ciphertext.clone());
    let nonce = Nonce::assume_unique_for_key(sealed.nonce);
    let padded = key.open_in_place(nonce, aad, &mut buffer).map_err(|_| broken())?;
    let text = std::str::from_utf8(unpadded(padded).ok_or_else(broken)?).map_err(|_| broken())?;
    Ok(Opened { id: binding.id.clone(), text: SecretText::new(text.to_owned()) })
}

/// The AAD. Its encoding is injective: two different bindings never give the same
/// bytes.
///
/// | bytes | what |
/// |---|---|
/// | 1 | format version, 1 |
/// | 8 | end of the secret, Unix seconds, big-endian |
/// | 4 + n | length, big-endian, and bytes of the row's partition key |
/// | 4 + n | the same of the share domain; length 0 if there is none |
/// | 4 + n | the same of the verifier; length 0 if there is none |
fn authenticated_data(binding: &Binding<'_>) -> Vec<u8> {
    let mut data = vec![VERSION];
    data.extend_from_slice(&binding.ends.seconds().to_be_bytes());
    let verifier = binding.verifier.map_or(&[][..], Verifier::as_bytes);
    let domain = binding.share_domain.map_or("", Domain::as_str);
    for field in [binding.id.as_str(), domain].map(str::as_bytes).into_iter().chain([verifier]) {
        let length = u32::try_from(field.len()).expect("a row is at most 400 KB");
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(field);
    }
    data
}

fn sealing_key(
    data_key: &DataKey,
    secret_key: &SecretKey,
    passphrase_part: Option<&PassphrasePart>,
    salt: &[u8; 16],
) -> LessSafeKey {
    // Data key and secret key have fixed lengths, and the passphrase part has 32 bytes
    // or none. So no two inputs give the same concatenation.
    let mut material = Zeroizing::new(Vec::with_capacity(32 + 31 + 32));
    material.extend_from_slice(data_key.as_bytes());
    material.extend_from_slice(secret_key.expose().as_bytes());
    material.extend_from_slice(passphrase_part.map_or(&[], PassphrasePart::as_bytes));
    let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(&material);
    let expanded = derived.expand(&[b"readonce v1 seal"], &AES_256_GCM);
    LessSafeKey::new(UnboundKey::from(
        expanded.expect("HKDF-SHA-256 gives up to 8,160 bytes, and we take 32"),
    ))
}

/// The text, a byte 0x80, and zeros up to the next multiple (ISO/IEC 7816-4).
fn padded(text: &SecretText) -> Zeroizing<Vec<u8>> {
    let text = text.expose().as_bytes();
    let length = (text.len() + 1).next_multiple_of(PADDING_STEP_BYTES);
    // With capacity for the tag: a reallocation would leave an unwiped copy.
    let mut buffer = Zeroizing::new(Vec::with_capacity(length + AES_256_GCM.tag_len()));
    buffer.extend_from_slice(text);
    buffer.push(PADDING_START);
    buffer.resize(length, 0);
    buffer
}

fn unpadded(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    (padded[end] == PADDING_START).then(|| &padded[..end])
}
