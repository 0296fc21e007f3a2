//! Stores a secret directly in the table, so that its passphrase is cheap to check.
//! bcrypt's cost is stored with the verifier, and a guess at the service's own cost
//! takes a quarter of a second.

use crate::stage::Stage;
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::account::Creator;
use readonce_core::call::Call;
use readonce_core::receipt::Receipt;
use readonce_core::secret::claim::row::OpenSecret;
use readonce_core::secret::claim::seal;
use readonce_core::secret::claim::sealed::Binding;
use readonce_core::secret::key::{MetadataKey, SecretKey};
use readonce_core::secret::keyring::SealingKeyring;
use readonce_core::secret::passphrase::{self, Passphrase, Verifier};
use readonce_core::secret::text::SecretText;
use readonce_core::time::UnixTime;
use std::time::Duration;

/// The minimum cost of bcrypt.
const COST: u8 = 4;
const SALT: [u8; 16] = *b"salt for a test.";
const TTL_SECONDS: i64 = 3_600;
/// Longer than the embedded AWS needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Stores an anonymous secret that opens with this passphrase.
pub async fn plant(stage: &Stage, text: &str, passphrase_text: &str, now: UnixTime) -> Receipt {
    plant_for(stage, text, passphrase_text, now, TTL_SECONDS).await
}

/// As [`plant`], with a lifetime.
pub async fn plant_for(
    stage: &Stage,
    text: &str,
    passphrase_text: &str,
    now: UnixTime,
    ttl_seconds: i64,
) -> Receipt {
    let call = Call::new(now, PATIENCE);
    let metadata_key = MetadataKey::random();
    let secret_key = metadata_key.secret_key();
    let verifier = verifier(&secret_key, passphrase_text);
    let passphrase = Passphrase::given(passphrase_text.to_owned().into()).expect("it is not empty");
    let slot = stage.settings.hashing.slot(call.deadline).await.expect("one is free");
    let part = passphrase::check(slot, &passphrase, &secret_key, &verifier).await.expect("bcrypt works");
    let part = part.expect("our verifier is the service's own");
    let master = stage.settings.master_key().expect("the embedded settings are complete");
    let keyring = SealingKeyring::new(stage.aws.kms_client(), master);
    let data_key = keyring.data_key(call).await.expect("the embedded KMS answers");
    let site = "https://eu.readonce.example".parse().expect("it is a site");
    let receipt = Receipt {
        passphrase_required: true,
        ..Receipt::new(metadata_key, Creator::Anonymous, now, ttl_seconds, site)
    };
    let id = receipt.secret_key.secret_id();
    let ends = receipt.secret_ends();
    let binding = Binding { id: &id, ends, share_domain: None, verifier: Some(&verifier) };
    let text = SecretText::new(text.to_owned());
    let sealed = seal::seal(&text, &data_key, &receipt.secret_key, Some(&part), binding);
    let secret = OpenSecret {
        ends,
        receipt_ends: receipt.ends(),
        share_domain: None,
        verifier: Some(verifier),
        sealed,
        id,
    };
    stage.table().put_secret(&secret, call.deadline).await.expect("the table answers");
    stage.table().put_receipt(&receipt, call.deadline).await.expect("the table answers");
    receipt
}

/// The verifier, as docs/formats.md describes it.
fn verifier(secret_key: &SecretKey, passphrase: &str) -> Verifier {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret_key.expose().as_bytes());
    let keyed = STANDARD.encode(hmac::sign(&key, passphrase.as_bytes())) + "\0";
    let raw = bcrypt::bcrypt(COST.into(), SALT, keyed.as_bytes());
    let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(&raw);
    let mut expected = [0; 32];
    let info: &[&[u8]] = &[b"readonce v1 passphrase verifier"];
    let expanded = derived.expand(info, hkdf::HKDF_SHA256);
    expanded.and_then(|okm| okm.fill(&mut expected)).expect("HKDF gives 32 bytes");
    Verifier::from_stored([&[COST], SALT.as_slice(), &expected].concat()).expect("it is of its length")
}
