//! Sealing any text, and opening what somebody has changed.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use readonce_core::address::domain::Domain;
use readonce_core::call::Call;
use readonce_core::secret::claim::row::OpenSecret;
use readonce_core::secret::claim::seal;
use readonce_core::secret::claim::sealed::{Binding, Sealed};
use readonce_core::secret::data_key::DataKey;
use readonce_core::secret::key::{ClaimId, MetadataKey};
use readonce_core::secret::text::SecretText;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_fuzz::aws::Aws;
use readonce_fuzz::fixture::{NOW, OPEN, TABLE};
use readonce_fuzz::wait_for;
use std::sync::LazyLock;
use std::time::Duration;

/// Every claim wins.
static CLAIMS: LazyLock<Table> =
    LazyLock::new(|| Table::new(Aws::default().config().dynamodb_client(), TABLE));

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    text: &'a str,
    data_key: [u8; 32],
    wrapped: &'a [u8],
    ends: i64,
    share_domain: &'a str,
    change: Change<'a>,
}

/// What somebody changes who holds the table.
#[derive(Arbitrary, Debug)]
enum Change<'a> {
    Nothing,
    Version(u8),
    Salt([u8; 16]),
    Nonce([u8; 12]),
    Ciphertext(&'a [u8]),
    CiphertextByte { at: u16, xor: u8 },
    CiphertextLength(u16),
    DataKey([u8; 32]),
    SecretKey,
    Ends(i64),
    ShareDomain(&'a str),
}

fuzz_target!(|input: Input<'_>| {
    let mut key = MetadataKey::parse(OPEN).expect("a key").secret_key();
    let id = key.secret_id();
    let mut data_key = DataKey::new(input.data_key, input.wrapped.to_vec());
    let share_domain = Domain::parse(input.share_domain);
    let other_domain = match input.change {
        Change::ShareDomain(other) => Domain::parse(other),
        _ => None,
    };
    let mut binding = Binding {
        id: &id,
        ends: UnixTime::from_seconds(input.ends),
        share_domain: share_domain.as_ref(),
        verifier: None,
    };
    let text = SecretText::new(input.text.to_owned());
    let mut sealed = seal::seal(&text, &data_key, &key, None, binding);
    let expected_length = (input.text.len() / 256 + 1) * 256 + 16;
    assert_eq!(sealed.ciphertext.len(), expected_length, "the length tells little of the text's");
    assert_eq!(sealed.wrapped_data_key, input.wrapped);
    let before = sealed.clone();
    let mut is_changed = false;
    match input.change {
        Change::Nothing => {}
        Change::Version(version) => sealed.version = version,
        Change::Salt(salt) => sealed.salt = salt,
        Change::Nonce(nonce) => sealed.nonce = nonce,
        Change::Ciphertext(ciphertext) => sealed.ciphertext = ciphertext.to_vec(),
        Change::CiphertextByte { at, xor } => {
            let at = usize::from(at) % sealed.ciphertext.len();
            sealed.ciphertext[at] ^= xor;
        }
        Change::CiphertextLength(length) => sealed.ciphertext.resize(length.into(), 0),
        Change::DataKey(other) => {
            is_changed = other != input.data_key;
            data_key = DataKey::new(other, Vec::new());
        }
        Change::SecretKey => {
            is_changed = true;
            key = MetadataKey::random().secret_key();
        }
        Change::Ends(ends) => {
            is_changed = ends != input.ends;
            binding.ends = UnixTime::from_seconds(ends);
        }
        Change::ShareDomain(_) => {
            is_changed = other_domain != share_domain;
            binding.share_domain = other_domain.as_ref();
        }
    }
    is_changed |= sealed != before;
    let Ok(opened) = seal::open(&sealed, &data_key, &key, None, binding) else {
        assert!(is_changed, "what was sealed opens");
        return;
    };
    assert!(!is_changed, "what was changed does not open");
    let secret = secret(sealed, binding);
    let call = Call::new(NOW, Duration::from_secs(19));
    let claim = wait_for(CLAIMS.claim(&secret, &ClaimId::random(), call));
    let claim = claim.expect("AWS answers").expect("every claim wins");
    let released = opened.release(&claim).expect("the claim was on this secret");
    assert_eq!(released.expose(), input.text);
});

fn secret(sealed: Sealed, binding: Binding<'_>) -> OpenSecret {
    OpenSecret {
        id: binding.id.clone(),
        ends: binding.ends,
        receipt_ends: binding.ends,
        share_domain: binding.share_domain.cloned(),
        verifier: None,
        sealed,
    }
}
