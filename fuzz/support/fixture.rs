//! What the table holds: an account, and one secret in each state.

use crate::aws::{Aws, DATA_KEY, Row, WRAPPED_DATA_KEY};
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::account::token::ApiToken;
use readonce_core::account::{Account, Creator};
use readonce_core::address::domain::Domain;
use readonce_core::address::email::EmailAddress;
use readonce_core::deadline::Deadline;
use readonce_core::plan::PlanName;
use readonce_core::receipt::Receipt;
use readonce_core::secret::claim::row::OpenSecret;
use readonce_core::secret::claim::seal;
use readonce_core::secret::claim::sealed::Binding;
use readonce_core::secret::data_key::DataKey;
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::secret::key::{MetadataKey, SecretKey};
use readonce_core::secret::passphrase::{self, Passphrase, PassphrasePart, Verifier};
use readonce_core::secret::text::SecretText;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use serde_json::json;
use std::time::Duration;

/// What time it is.
pub const NOW: UnixTime = UnixTime::from_seconds(1_750_000_000);
/// How long every secret of the table lives, from now.
pub const TTL_SECONDS: i64 = 3_600;
/// The name of the table.
pub const TABLE: &str = "readonce";
/// The account.
pub const EMAIL: &str = "tom@example.com";
/// Its token.
pub const TOKEN: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";
/// The text of every secret of the table.
pub const TEXT: &str = "what only one may read, 5f0c1e";
/// The passphrase of those that have one.
pub const PASSPHRASE: &str = "correct horse 1b5e";
/// The domain of every link.
pub const SHARE_DOMAIN: &str = "secrets.example.com";

/// The secrets of the table, by their metadata keys.
pub const OPEN: &str = "open000000000000000000000000000";
/// One that needs [`PASSPHRASE`].
pub const LOCKED: &str = "locked0000000000000000000000000";
/// One that was revealed.
pub const RECEIVED: &str = "received00000000000000000000000";
/// One that was destroyed unread.
pub const BURNED: &str = "burned0000000000000000000000000";
/// One whose end has come.
pub const EXPIRED: &str = "expired000000000000000000000000";
/// One whose creation failed.
pub const WITHDRAWN: &str = "withdrawn0000000000000000000000";
/// All of them.
pub const ALL: [&str; 6] = [OPEN, LOCKED, RECEIVED, BURNED, EXPIRED, WITHDRAWN];

/// Whether an input itself says what an answer must not. libFuzzer puts texts that
/// it sees compared into its inputs, and an answer may repeat what it was asked.
#[must_use]
pub fn is_given_away(input: &str) -> bool {
    [TEXT, TOKEN, PASSPHRASE].iter().any(|secret| input.contains(secret))
}

/// The key of a secret of the table.
pub fn secret_key(metadata_key: &str) -> SecretKey {
    metadata(metadata_key).secret_key()
}

/// A table that holds all this.
pub fn aws() -> Aws {
    let aws = Aws::default();
    let table = Table::new(aws.config().dynamodb_client(), TABLE);
    aws.record(true);
    crate::wait_for(async {
        let email = EmailAddress::parse(EMAIL).expect("an address");
        let token = ApiToken::parse(TOKEN).expect("a token");
        table.create_account(&Account::new(email, PlanName::Basic, &token, NOW)).await.expect("stored");
        let soon = Deadline::after(Duration::from_mins(1));
        for name in ALL {
            table.put_secret(&secret(name).await, soon).await.expect("stored");
            table.put_receipt(&receipt(name), soon).await.expect("stored");
        }
    });
    aws.record(false);
    for (name, state) in
        [(RECEIVED, "received"), (BURNED, "burned"), (EXPIRED, "expired"), (WITHDRAWN, "withdrawn")]
    {
        let mut row = secret_row(&aws, name);
        for sealed in ["salt", "nonce", "ciphertext", "data_key", "verifier"] {
            row.remove(sealed);
        }
        row.insert("state".to_owned(), json!({ "S": state }));
        row.insert("ended".to_owned(), json!({ "N": NOW.seconds().to_string() }));
        aws.put(row);
    }
    aws
}

/// The row of a secret.
pub fn secret_row(aws: &Aws, name: &str) -> Row {
    aws.row(secret_key(name).secret_id().as_str(), "secret").expect("every secret has a row")
}

/// A secret with a passphrase if it is the locked one.
async fn secret(name: &str) -> OpenSecret {
    let key = secret_key(name);
    let receipt = receipt(name);
    let (verifier, part) = if name == LOCKED { locked(&key).await } else { (None, None) };
    let (id, ends) = (key.secret_id(), receipt.secret_ends());
    let domain = share_domain();
    let binding = Binding { id: &id, ends, share_domain: Some(&domain), verifier: verifier.as_ref() };
    let data_key = DataKey::new(DATA_KEY, WRAPPED_DATA_KEY.to_vec());
    let sealed = seal::seal(&SecretText::new(TEXT.to_owned()), &data_key, &key, part.as_ref(), binding);
    OpenSecret { ends, receipt_ends: receipt.ends(), share_domain: Some(domain), id, verifier, sealed }
}

fn share_domain() -> Domain {
    Domain::parse(SHARE_DOMAIN).expect("a domain")
}

fn receipt(name: &str) -> Receipt {
    let creator = Creator::Account(EmailAddress::parse(EMAIL).expect("an address"));
    let site = format!("https://{SHARE_DOMAIN}").parse().expect("a site");
    Receipt {
        share_domain: Some(share_domain()),
        passphrase_required: name == LOCKED,
        ..Receipt::new(metadata(name), creator, NOW, TTL_SECONDS, site)
    }
}

async fn locked(key: &SecretKey) -> (Option<Verifier>, Option<PassphrasePart>) {
    let verifier = Verifier::from_stored(stored_verifier(PASSPHRASE, key)).expect("a verifier");
    let passphrase = Passphrase::given(PASSPHRASE.to_owned().into()).expect("not empty");
    let slot = HashingSlots::default().slot(Deadline::after(Duration::from_mins(1))).await;
    let slot = slot.expect("all are free");
    let part = passphrase::check(slot, &passphrase, key, &verifier).await.expect("bcrypt runs");
    (Some(verifier), Some(part.expect("docs/formats.md says how a verifier is made")))
}

/// A verifier as docs/formats.md has it, made without the code that is fuzzed,
/// at the least cost that it takes: at the usual one, nothing would be fuzzed
/// but bcrypt.
fn stored_verifier(passphrase: &str, key: &SecretKey) -> Vec<u8> {
    const COST: u8 = 4;
    let salt = [5; 16];
    let hmac_key = hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_bytes());
    let keyed = STANDARD.encode(hmac::sign(&hmac_key, passphrase.as_bytes()));
    let raw = bcrypt::bcrypt(u32::from(COST), salt, &[keyed.as_bytes(), b"\0"].concat());
    let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(&raw);
    let mut verifier = [0; 32];
    let expanded = derived.expand(&[b"readonce v1 passphrase verifier"], hkdf::HKDF_SHA256);
    expanded.and_then(|okm| okm.fill(&mut verifier)).expect("32 bytes are few");
    [&[COST][..], &salt, &verifier].concat()
}

fn metadata(name: &str) -> MetadataKey {
    MetadataKey::parse(name).expect("these have the form of keys")
}
