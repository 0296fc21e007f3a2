use crate::share::redacted;
use readonce_core::plan::PlanName;
use readonce_tests::{Answer, TestApp};
use serde_json::Value;

const NOBODYS_KEY: &str = "0123456789abcdefghijklmnopqrstu";

fn receipt_path(answer: &Answer) -> String {
    format!("/api/v1/private/{}", answer.text("metadata_key"))
}

fn names(receipt: &Value) -> Vec<&str> {
    receipt.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_receipt_repeats_the_answer_to_share_and_is_then_viewed() {
    let app = TestApp::start().await;
    let tom = app.account_with("tom@example.com", PlanName::Basic, &["toms.example.com"]).await;
    for form in [
        &[("secret", "the text"), ("ttl", "3600")][..],
        &[
            ("secret", "the text"),
            ("passphrase", "x"),
            ("recipient", "jo@example.org"),
            ("share_domain", "toms.example.com"),
        ],
    ] {
        let shared = tom.share(form).await;
        let first = app.anonymous().get(&receipt_path(&shared)).await;
        assert_eq!(first.json(), shared.json());
        assert_eq!(redacted(&app, &first), redacted(&app, &shared), "in the same order too");
        app.pass_seconds(10);
        let second = app.anonymous().post(&receipt_path(&shared), &[]).await.json();
        let mut expected = shared.json();
        expected["state"] = "viewed".into();
        for (name, change) in [("metadata_ttl", -10), ("receipt_ttl", -10), ("secret_ttl", -10)] {
            expected[name] = (expected[name].as_i64().unwrap() + change).into();
        }
        assert_eq!(second, expected);
    }
}

#[tokio::test]
async fn a_generated_value_is_not_in_its_receipt() {
    let app = TestApp::start().await;
    let generated = app.anonymous().generate(&[]).await;
    let receipt = app.anonymous().get(&receipt_path(&generated)).await;
    let mut expected = generated.json();
    expected.as_object_mut().unwrap().retain(|name, _| name != "value" && name != "secret_value");
    assert_eq!(receipt.json(), expected);
}

#[tokio::test]
async fn head_does_not_mark_a_receipt_as_viewed() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x")]).await;
    let head = Answer::to(app.anonymous().request("HEAD", &receipt_path(&shared))).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(app.anonymous().get(&receipt_path(&shared)).await.text("state"), "new");
}

#[tokio::test]
async fn every_alias_reads_the_same_receipt() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x")]).await;
    app.anonymous().get(&receipt_path(&shared)).await;
    let key = shared.text("metadata_key");
    let receipt = app.anonymous().get(&receipt_path(&shared)).await.body;
    for alias in ["metadata", "receipt", "private"] {
        assert_eq!(app.anonymous().get(&format!("/api/v1/{alias}/{key}/")).await.body, receipt);
    }
}

#[tokio::test]
async fn every_alias_reads_by_post_and_burns_for_any_caller() {
    let app = TestApp::start().await;
    let (tom, jo) = (app.account("tom@example.com").await, app.account("jo@example.com").await);
    for alias in ["private", "metadata", "receipt"] {
        let key = tom.share(&[("secret", "x")]).await.text("metadata_key");
        let receipt = format!("/api/v1/{alias}/{key}");
        for state in ["new", "viewed"] {
            assert_eq!(jo.post(&receipt, &[]).await.text("state"), state, "{alias}");
        }
        let burned = jo.post(&format!("{receipt}/burn/"), &[]).await;
        assert_eq!(burned.json()["state"]["state"], "burned", "{alias}");
    }
}

#[tokio::test]
async fn a_received_receipt_has_no_key_and_no_link() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "the text"), ("ttl", "3600")]).await;
    app.pass_seconds(7);
    app.anonymous().revealed(&shared.text("secret_key")).await.unwrap();
    app.pass_seconds(5_000);
    let answer = app.anonymous().get(&receipt_path(&shared)).await;
    let receipt = answer.json();
    assert_eq!(receipt["state"], "received");
    assert_eq!(receipt["received"], shared.json()["created"].as_i64().unwrap() + 7);
    assert_eq!(receipt["received"], receipt["updated"]);
    assert!(!answer.body.contains(&shared.text("secret_key")));
    let expected = [
        "created",
        "custid",
        "identifier",
        "metadata_key",
        "metadata_ttl",
        "metadata_url",
        "receipt_ttl",
        "receipt_url",
        "received",
        "recipient",
        "recipients",
        "share_domain",
        "state",
        "ttl",
        "updated",
    ];
    assert_eq!(names(&receipt), expected);
}

#[tokio::test]
async fn an_expired_receipt_says_so_until_it_ends_itself() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "the text"), ("ttl", "60")]).await;
    app.pass_seconds(60);
    let answer = app.anonymous().get(&receipt_path(&shared)).await;
    let receipt = answer.json();
    assert_eq!(receipt["state"], "expired");
    assert_eq!(receipt["secret_key"], "");
    assert_eq!(receipt["secret_identifier"], "");
    assert_eq!(receipt["secret_ttl"], Value::Null);
    assert!(!answer.body.contains(&shared.text("secret_key")));
    for name in ["passphrase_required", "has_passphrase", "secret_url", "received"] {
        assert!(!names(&receipt).contains(&name), "{name}");
    }
    app.pass_seconds(60);
    let gone = app.anonymous().get(&receipt_path(&shared)).await;
    assert_eq!(gone.refusal(), (404, "Unknown secret".to_owned()));
}

#[tokio::test]
async fn all_unknown_receipts_get_the_same_answer_with_their_key() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x")]).await;
    let secret_key = shared.text("secret_key");
    for key in [NOBODYS_KEY, "x", &"y".repeat(2_000), &secret_key] {
        for path in [format!("/api/v1/private/{key}"), format!("/api/v1/receipt/{key}/burn")] {
            let answer = app.anonymous().post(&path, &[]).await;
            assert_eq!(answer.status, 404);
            assert_eq!(answer.body, format!("{{\"secret_key\":\"{key}\",\"message\":\"Unknown secret\"}}"));
        }
    }
    let stranger = app.anonymous().with_basic("tom@example.com", "abcdef");
    assert_eq!(stranger.get(&receipt_path(&shared)).await.status, 401);
}
