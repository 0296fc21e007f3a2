//! The powers of an attacker who can write to the table.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use readonce_core::account::Creator;
use readonce_core::error::Error;
use readonce_core::receipt::Receipt;
use readonce_core::secret::key::{MetadataKey, SecretKey};
use readonce_core::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE};
use readonce_embedded::aws::{SWEEP_EVERY, TABLE};
use readonce_embedded::{EmbeddedAws, Storage};
use readonce_tests::rows::{self, Row};
use readonce_tests::{Caller, TestApp};
use std::time::Duration;

/// Seconds by which a row outlives its own end.
const TTL_MARGIN_SECONDS: i64 = 900;

async fn secret_row(app: &TestApp) -> Row {
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    rows.into_iter().find(|row| row.contains_key("ciphertext")).expect("there is an open secret")
}

async fn put(app: &TestApp, row: Row) {
    let put = app.aws.dynamodb_client().put_item().table_name(app.table.name());
    put.set_item(Some(row)).send().await.unwrap();
}

async fn fails_without_consuming(app: &TestApp, anonymous: &Caller, key: &str, what: &str) {
    let answer = anonymous.reveal(key, &[]).await;
    assert_eq!(answer.refusal(), (500, "An unexpected error occurred :[".to_owned()), "{what}");
    assert_eq!(secret_row(app).await["state"], AttributeValue::S("open".to_owned()), "{what}");
}

#[tokio::test]
async fn a_changed_row_does_not_open_and_is_not_consumed() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text")]).await;
    let good = secret_row(&app).await;
    for name in ["salt", "nonce", "ciphertext"] {
        let mut row = good.clone();
        let mut bytes = row[name].as_b().unwrap().clone().into_inner();
        bytes[0] ^= 1;
        row.insert(name.to_owned(), AttributeValue::B(Blob::new(bytes)));
        put(&app, row).await;
        fails_without_consuming(&app, &anonymous, &key, name).await;
    }
    let ends: i64 = good["ends"].as_n().unwrap().parse().unwrap();
    for (name, value) in [
        ("ends", AttributeValue::N((ends + 1).to_string())),
        ("share_domain", AttributeValue::S("evil.example.com".to_owned())),
        ("version", AttributeValue::N("2".to_owned())),
        ("version", AttributeValue::N("0".to_owned())),
        ("version", AttributeValue::N("257".to_owned())),
        ("salt", AttributeValue::S("text".to_owned())),
        ("nonce", AttributeValue::B(Blob::new(b"short"))),
    ] {
        let mut row = good.clone();
        row.insert(name.to_owned(), value);
        put(&app, row).await;
        fails_without_consuming(&app, &anonymous, &key, name).await;
    }
    put(&app, good).await;
    assert_eq!(anonymous.revealed(&key).await.unwrap(), "text");
}

#[tokio::test]
async fn a_data_key_that_kms_does_not_unwrap_consumes_nothing() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text")]).await;
    let good = secret_row(&app).await;
    let mut row = good.clone();
    let mut wrapped = row["data_key"].as_b().unwrap().clone().into_inner();
    let last = wrapped.len() - 1;
    wrapped[last] ^= 1;
    row.insert("data_key".to_owned(), AttributeValue::B(Blob::new(wrapped)));
    put(&app, row).await;
    assert_eq!(anonymous.reveal(&key, &[]).await.status, 503);
    put(&app, good).await;
    assert_eq!(anonymous.revealed(&key).await.unwrap(), "text");
}

#[tokio::test]
async fn a_passphrase_cannot_be_removed_or_replaced() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text"), ("passphrase", "right")]).await;
    let good = secret_row(&app).await;
    // Taken off.
    let mut row = good.clone();
    row.remove("verifier");
    put(&app, row).await;
    fails_without_consuming(&app, &anonymous, &key, "without verifier").await;
    // Exchanged for a passphrase that the attacker knows.
    let other = anonymous.shared(&[("secret", "other"), ("passphrase", "known")]).await;
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let others = rows
        .into_iter()
        .find(|row| row.get("verifier").is_some_and(|verifier| *verifier != good["verifier"]));
    let mut row = good.clone();
    row.insert("verifier".to_owned(), others.unwrap()["verifier"].clone());
    put(&app, row).await;
    assert_eq!(anonymous.reveal(&key, &[("passphrase", "known")]).await.status, 404);
    put(&app, good).await;
    assert_eq!(anonymous.reveal(&key, &[("passphrase", "right")]).await.text("value"), "text");
    assert_eq!(anonymous.reveal(&other, &[("passphrase", "known")]).await.text("value"), "other");
}

#[tokio::test]
async fn another_rows_data_does_not_open_with_this_rows_link() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "mine")]).await;
    let mine = secret_row(&app).await;
    anonymous.shared(&[("secret", "theirs")]).await;
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let is_theirs = |row: &Row| row.contains_key("ciphertext") && row["pk"] != mine["pk"];
    let mut swapped = rows.into_iter().find(is_theirs).unwrap();
    swapped.insert("pk".to_owned(), mine["pk"].clone());
    put(&app, swapped).await;
    let answer = anonymous.reveal(&key, &[]).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("theirs"));
}

/// A put that is repeated after a lost answer finds its own row. A different row under
/// the same key can only mean that keys are no longer random.
#[tokio::test]
async fn an_existing_row_counts_as_ours_only_if_it_is_equal() {
    let app = TestApp::start().await;
    let key = SecretKey::parse(&app.anonymous().shared(&[("secret", "text")]).await).unwrap();
    let before = secret_row(&app).await;
    let mut secret = app.table.open_secret(&key.secret_id(), app.call()).await.unwrap().unwrap();
    app.table.put_secret(&secret, app.call().deadline).await.unwrap();
    secret.sealed.ciphertext[0] ^= 1;
    assert!(matches!(app.table.put_secret(&secret, app.call().deadline).await, Err(Error::Internal(_))));
    assert_eq!(secret_row(&app).await, before);
    assert_eq!(app.anonymous().reveal(key.expose(), &[]).await.status, 200);
    app.table.put_secret(&secret, app.call().deadline).await.unwrap();
    assert_eq!(app.anonymous().reveal(key.expose(), &[]).await.status, 404, "what is over stays so");

    let metadata_key = MetadataKey::random();
    let site = "https://example.com".parse().unwrap();
    let mut receipt = Receipt::new(metadata_key, Creator::Anonymous, app.now(), 60, site);
    app.table.put_receipt(&receipt, app.call().deadline).await.unwrap();
    app.table.put_receipt(&receipt, app.call().deadline).await.unwrap();
    app.table.mark_viewed(&receipt.metadata_key.receipt_id(), app.call()).await.unwrap();
    app.table.put_receipt(&receipt, app.call().deadline).await.unwrap();
    receipt.ttl_seconds = 61;
    assert!(matches!(app.table.put_receipt(&receipt, app.call().deadline).await, Err(Error::Internal(_))));
}

#[tokio::test]
async fn a_revealed_text_is_gone_from_the_table() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    assert_eq!(anonymous.reveal(&key, &[("passphrase", "horse")]).await.status, 200);
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let tombstone = rows.iter().find(|row| row["sk"] == AttributeValue::S("secret".to_owned())).unwrap();
    let mut names: Vec<&str> = tombstone.keys().map(String::as_str).collect();
    names.sort_unstable();
    let left = [
        "claim",
        "ended",
        "ends",
        "expires_at",
        "pk",
        "receipt_ends",
        "share_domain",
        "sk",
        "state",
        "version",
    ];
    assert_eq!(names, left);
    let time = |name: &str| tombstone[name].as_n().unwrap().parse::<i64>().unwrap();
    assert_eq!(time("expires_at"), time("receipt_ends") + TTL_MARGIN_SECONDS, "it outlives the receipt");
}

#[tokio::test]
async fn the_embedded_dynamodb_deletes_expired_rows() {
    let embedded = EmbeddedAws::start(&Storage { data: None, outbox: None }).await.unwrap();
    let dynamodb = embedded.config().dynamodb_client();
    for (key, end) in [("over", "1"), ("alive", "4102444800")] {
        let put =
            dynamodb.put_item().table_name(TABLE).item(PARTITION_KEY, AttributeValue::S(key.to_owned()));
        let put = put.item(SORT_KEY, AttributeValue::S("secret".to_owned()));
        put.item(TTL_ATTRIBUTE, AttributeValue::N(end.to_owned())).send().await.unwrap();
    }
    tokio::time::pause();
    tokio::time::sleep(SWEEP_EVERY).await;
    let mut left = rows::all(&dynamodb, TABLE).await;
    for _ in 0..60 {
        if left.len() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        left = rows::all(&dynamodb, TABLE).await;
    }
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(left[0][PARTITION_KEY], AttributeValue::S("alive".to_owned()));
}
