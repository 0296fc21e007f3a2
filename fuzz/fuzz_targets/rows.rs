//! Reading rows that are not as we wrote them: whatever DynamoDB or KMS
//! answers, in JSON or not.
//!
//! An input is a byte that says which call, a byte with the status, and the
//! body of the answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use readonce_core::address::email::EmailAddress;
use readonce_core::call::Call;
use readonce_core::secret::claim::row::OpenSecret;
use readonce_core::secret::key::{ClaimId, MetadataKey};
use readonce_core::secret::keyring::{MasterKey, OpeningKeyring, SealingKeyring};
use readonce_core::table::Table;
use readonce_core::{Error, Result};
use readonce_fuzz::aws::Aws;
use readonce_fuzz::fixture::{EMAIL, NOW, OPEN, TABLE};
use readonce_fuzz::wait_for;
use serde_json::Value;
use std::sync::LazyLock;
use std::time::Duration;

static AWS: LazyLock<Aws> = LazyLock::new(Aws::default);
static ROWS: LazyLock<Table> = LazyLock::new(|| Table::new(AWS.config().dynamodb_client(), TABLE));

fuzz_target!(|data: &[u8]| {
    let [call, status, body @ ..] = data else { return };
    let status = if status % 2 == 0 { 200 } else { 400 };
    AWS.answer(Some((status, body.to_vec())));
    let failed = wait_for(call_once(*call)).err();
    AWS.answer(None);
    let Some(error) = failed else { return };
    assert!(
        matches!(error, Error::Unavailable(_) | Error::Internal(_) | Error::TooManyAttempts { .. }),
        "the wrong error: {error}"
    );
    assert_says_nothing_of(&error.with_causes(), body);
});

async fn call_once(method: u8) -> Result<()> {
    let key = MetadataKey::parse(OPEN).expect("a key");
    let (receipt_id, secret_id) = (key.receipt_id(), key.secret_key().secret_id());
    let email = EmailAddress::parse(EMAIL).expect("an address");
    let call = Call::new(NOW, Duration::from_secs(19));
    let kms = || AWS.config().kms_client();
    let master = MasterKey { key_id: "key".to_owned(), table: TABLE.to_owned() };
    match method % 12 {
        0 => {
            if let Some(secret) = ROWS.open_secret(&secret_id, call).await? {
                assert!(secret.ends > NOW, "what is over is not open");
                assert_stored_as_it_was(&secret).await;
            }
        }
        1 => drop(ROWS.secret_state(&secret_id, call.deadline).await?),
        2 => {
            if let Some(waiting) = ROWS.waiting(&secret_id, call).await? {
                assert!(waiting.ends > NOW, "what is over does not wait");
            }
        }
        3 => drop(ROWS.stored_receipt(&receipt_id, call.deadline).await?),
        4 => drop(ROWS.account(&email).await?),
        5 => drop(ROWS.accounts().await?),
        6 => drop(ROWS.recent_entries("recent#x", NOW, None, call).await?),
        7 => drop(ROWS.secret_states(&[secret_id], call.deadline).await?),
        8 => drop(ROWS.stored_receipts(&[receipt_id], call.deadline).await?),
        9 => drop(ROWS.address_key(1, call.deadline).await?),
        10 => drop(SealingKeyring::new(kms(), master).data_key(call).await?),
        _ => {
            let keyring = OpeningKeyring::new(kms(), master);
            let key = keyring.unwrap(b"wrapped", call).await?;
            assert_eq!(key.wrapped(), b"wrapped");
        }
    }
    Ok(())
}

/// Storing what was read gives a row that reads the same.
async fn assert_stored_as_it_was(secret: &OpenSecret) {
    AWS.answer(None);
    AWS.behave([]);
    let call = Call::new(NOW, Duration::from_secs(19));
    ROWS.put_secret(secret, call.deadline).await.expect("AWS answers");
    let [put] = AWS.take_calls().try_into().ok().expect("one call");
    let row = serde_json::json!({ "Item": put.body["Item"] });
    AWS.answer(Some((200, row.to_string().into_bytes())));
    let again = ROWS.open_secret(&secret.id, call).await.expect("we wrote it").expect("it is open");
    assert_eq!(format!("{again:?}"), format!("{secret:?}"));
    // A claim on it says which secret was won.
    AWS.answer(None);
    let claim = ROWS.claim(secret, &ClaimId::random(), call).await;
    assert_eq!(*claim.expect("AWS answers").expect("it wins").id(), secret.id);
}

/// An error goes into the log, where nothing of a row or a key may get: no 20
/// characters of what AWS has answered, but for AWS's own code of an error.
fn assert_says_nothing_of(error: &str, body: &[u8]) {
    let mut texts = Vec::new();
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    strings(&body, &mut texts);
    let codes = ["__type", "code"].map(|name| body[name].as_str().unwrap_or_default());
    for text in texts {
        let letters: Vec<char> = text.chars().collect();
        for window in letters.windows(20) {
            let window: String = window.iter().collect();
            let is_told = codes.iter().any(|code| code.contains(&window));
            assert!(is_told || !error.contains(&window), "{window} is in {error}");
        }
    }
}

/// The values of a row; the names of its attributes may be told.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(members) => members.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}
