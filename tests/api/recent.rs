use futures_util::stream::{self, StreamExt as _};
use readonce_core::account::Account;
use readonce_core::account::row::AccountChange;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::time::UnixTime;
use readonce_tests::faults::Fault;
use readonce_tests::stage::{Request, Stage};
use readonce_tests::{Answer, Caller, TestApp};
use serde_json::Value;
use std::time::Duration;

const RECENT: &str = "/api/v1/private/recent";
const DAY: i64 = 86_400;

async fn recent(caller: &Caller) -> Vec<Value> {
    let answer = caller.get(RECENT).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json().as_array().unwrap().clone()
}

fn keys(receipts: &[Value]) -> Vec<String> {
    receipts.iter().map(|receipt| receipt["metadata_key"].as_str().unwrap().to_owned()).collect()
}

async fn shared(caller: &Caller, form: &[(&str, &str)]) -> Answer {
    let answer = caller.share(form).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer
}

#[tokio::test]
async fn an_account_without_secrets_has_an_empty_list() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    shared(&app.anonymous(), &[("secret", "nobody's")]).await;
    let jo = app.account("jo@example.com").await;
    shared(&jo, &[("secret", "jo's")]).await;
    assert_eq!(tom.get(RECENT).await.body, "[]");
}

#[tokio::test]
async fn the_list_requires_an_account() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    shared(&tom, &[("secret", "x")]).await;
    let wrong = tom.with_basic("tom@example.com", "abcdef");
    for caller in [app.anonymous(), wrong] {
        let answer = caller.get(RECENT).await;
        assert_eq!(answer.refusal(), (401, "Not authorized".to_owned()));
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"OTS\"");
    }
    let posted = tom.post(RECENT, &[]).await;
    assert_eq!(posted.refusal(), (404, "Unknown secret".to_owned()), "only GET lists");
}

#[tokio::test]
async fn an_entry_is_the_receipt_without_the_secrets_key() {
    let app = TestApp::start().await;
    let tom = app.account_with("tom@example.com", PlanName::Basic, &["toms.example.com"]).await;
    let shared = tom
        .generate(&[
            ("ttl", "3600"),
            ("passphrase", "x"),
            ("recipient", "jo@example.org"),
            ("share_domain", "toms.example.com"),
        ])
        .await;
    assert_eq!(shared.status, 200, "{}", shared.body);
    app.pass_seconds(10);
    let listed = tom.get(RECENT).await;
    assert!(!listed.body.contains(&shared.text("secret_key")));
    assert!(!listed.body.contains(&shared.text("value")[..]));
    let created = shared.json()["created"].to_string();
    let body = listed
        .body
        .replace(&shared.text("metadata_key"), "[metadata_key]")
        .replace(&created, "[time]")
        .replace(",\"", ",\n\"");
    insta::assert_snapshot!(body, @r#"
    [{"custid":"tom@example.com",
    "metadata_key":"[metadata_key]",
    "ttl":3600,
    "metadata_ttl":7190,
    "secret_ttl":null,
    "metadata_url":"https://toms.example.com/private/[metadata_key]",
    "state":"new",
    "updated":[time],
    "created":[time],
    "recipient":["jo*****@e*****.org"],
    "share_domain":"toms.example.com",
    "identifier":"[metadata_key]",
    "recipients":["jo*****@e*****.org"],
    "receipt_ttl":7190,
    "receipt_url":"https://toms.example.com/private/[metadata_key]"}]
    "#);
    assert_eq!(recent(&tom).await[0]["state"], "new", "the list is no look at a receipt");
    for alias in ["/api/v1/metadata/recent", "/api/v1/receipt/recent/"] {
        assert_eq!(tom.get(alias).await.body, listed.body);
    }
    let head = Answer::to(tom.request("HEAD", RECENT)).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[tokio::test]
async fn the_list_shows_the_state_of_each_newest_first() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let mut made = Vec::new();
    for ttl in ["60", "3600", "3600", "3600", "3600"] {
        made.push(shared(&tom, &[("secret", "x"), ("ttl", ttl)]).await);
        app.pass_seconds(10);
    }
    app.pass_seconds(10);
    app.anonymous().revealed(&made[1].text("secret_key")).await.unwrap();
    let private = |answer: &Answer| format!("/api/v1/private/{}", answer.text("metadata_key"));
    assert_eq!(app.anonymous().post(&format!("{}/burn", private(&made[2])), &[]).await.status, 200);
    assert_eq!(app.anonymous().get(&private(&made[3])).await.status, 200);
    app.pass_seconds(10);
    let listed = recent(&tom).await;
    let states: Vec<&str> = listed.iter().map(|receipt| receipt["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["new", "viewed", "burned", "received", "expired"]);
    let expected: Vec<String> = made.iter().rev().map(|answer| answer.text("metadata_key")).collect();
    assert_eq!(keys(&listed), expected);
    assert_eq!(listed[3]["received"], listed[3]["updated"]);
    for (receipt, answer) in listed.iter().zip(made.iter().rev()) {
        assert_eq!(receipt["secret_ttl"], Value::Null);
        assert!(!receipt.to_string().contains(&answer.text("secret_key")), "{receipt}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_the_newest_100_of_1000_secrets() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let mut made = Vec::new();
    for count in 1..=1_000 {
        made.push(shared(&tom, &[("secret", "x")]).await.text("metadata_key"));
        app.pass_seconds(1);
        if [1, 100, 1_000].contains(&count) {
            let expected: Vec<&String> = made.iter().rev().take(100).collect();
            assert_eq!(keys(&recent(&tom).await).iter().collect::<Vec<_>>(), expected, "{count}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_that_are_gone_make_room_for_older_ones() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let long = shared(&tom, &[("secret", "x")]).await.text("metadata_key");
    app.pass_seconds(1);
    let short = (0..450).map(|_| shared(&tom, &[("secret", "x"), ("ttl", "60")]));
    stream::iter(short).buffer_unordered(8).for_each(|_| async {}).await;
    assert_eq!(recent(&tom).await.len(), 100);
    app.pass_seconds(120);
    assert_eq!(keys(&recent(&tom).await), [long]);
}

#[tokio::test]
async fn a_creation_that_failed_is_not_listed() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    app.faults.always("SendEmail", Fault::AccessDenied);
    assert_eq!(tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await.status, 502);
    assert_eq!(recent(&tom).await.len(), 0);
}

#[tokio::test]
async fn the_list_goes_back_30_days() {
    let app = TestApp::start().await;
    let tom = app.account_with("tom@example.com", PlanName::Identity, &[]).await;
    let ttl = (30 * DAY).to_string();
    let shared = shared(&tom, &[("secret", "x"), ("ttl", &ttl)]).await;
    app.pass_seconds(30 * DAY - 1);
    assert_eq!(recent(&tom).await.len(), 1);
    app.pass_seconds(1);
    assert_eq!(recent(&tom).await.len(), 0);
    let receipt = format!("/api/v1/private/{}", shared.text("metadata_key"));
    assert_eq!(app.anonymous().get(&receipt).await.text("state"), "expired", "the receipt lives on");
}

#[tokio::test]
async fn another_token_does_not_open_earlier_entries() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    shared(&tom, &[("secret", "x")]).await;
    let email = EmailAddress::parse("tom@example.com").unwrap();
    let token = ApiToken::random();
    assert!(app.table.change_account(&email, &AccountChange::Token(token.hash())).await.unwrap());
    assert_eq!(tom.get(RECENT).await.status, 401);
    let rotated = tom.with_basic("TOM@example.com", token.expose());
    assert_eq!(recent(&rotated).await.len(), 0);
    let later = shared(&rotated, &[("secret", "x")]).await.text("metadata_key");
    assert_eq!(keys(&recent(&rotated).await), [later]);
}

#[tokio::test]
async fn a_recreated_account_does_not_open_earlier_entries() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    shared(&tom, &[("secret", "x")]).await;
    assert_eq!(recent(&tom).await.len(), 1);
    let email = EmailAddress::parse("tom@example.com").unwrap();
    assert!(app.table.delete_account(&email).await.unwrap());
    assert_eq!(tom.get(RECENT).await.status, 401);
    // Even if the new account has the same token.
    let token = ApiToken::parse(tom.token()).unwrap();
    let again = Account::new(email, PlanName::Basic, &token, UnixTime::now().plus(1));
    assert!(app.table.create_account(&again).await.unwrap());
    assert_eq!(recent(&tom).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_list_is_an_error_and_not_empty() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    shared(&tom, &[("secret", "x")]).await;
    for operation in ["GetItem", "Query", "BatchGetItem"] {
        for fault in
            [Fault::Refused, Fault::ServerError, Fault::Throttled, Fault::AccessDenied, Fault::AnswerCut]
        {
            app.faults.always(operation, fault);
            let answer = tom.get(RECENT).await;
            assert_eq!(answer.status, 503, "{operation} {fault:?}");
            assert!(!answer.header("retry-after").is_empty());
            app.faults.clear();
            app.faults.next(operation, 2, fault);
            let answer = tom.get(RECENT).await;
            let passes = !matches!(fault, Fault::AccessDenied | Fault::AnswerCut);
            assert_eq!(answer.status == 200, passes, "{operation} {fault:?}");
            app.faults.clear();
        }
    }
}

#[tokio::test]
async fn rows_that_dynamodb_leaves_out_are_requested_again() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    for _ in 0..3 {
        shared(&tom, &[("secret", "x")]).await;
    }
    app.faults.next("BatchGetItem", 5, Fault::Unprocessed);
    assert_eq!(recent(&tom).await.len(), 3);
}

/// Each parallel write needs a connection, and only a few are kept.
#[tokio::test(start_paused = true)]
async fn expiries_are_persisted_three_at_a_time() {
    let stage = Stage::new(|_| {}).await;
    let (service, now, token) = (stage.service(), UnixTime::now(), ApiToken::random());
    let email = EmailAddress::parse("tom@example.com").unwrap();
    assert!(stage.table().create_account(&Account::new(email, PlanName::Basic, &token, now)).await.unwrap());
    let tom = |request: Request| request.signed_in("tom@example.com", token.expose());
    for _ in 0..10 {
        let share = tom(Request::post("/api/v1/share", &[("secret", "x"), ("ttl", "60")]));
        assert_eq!(Box::pin(service.answer(&share, now)).await.status, 200);
    }
    service.faults.take_calls();
    service.faults.always("UpdateItem", Fault::Hangs);
    let list = tom(Request::get(RECENT));
    let list = Box::pin(service.answer(&list, now.plus(60)));
    assert!(tokio::time::timeout(Duration::from_millis(500), list).await.is_err(), "it waits");
    let calls = service.faults.take_calls();
    assert_eq!(calls.iter().filter(|call| *call == "UpdateItem").count(), 3, "{calls:?}");
}

/// A receipt that was reported as expired stays expired, in the list too.
#[tokio::test]
async fn an_expiry_that_cannot_be_persisted_is_not_reported() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let made = shared(&tom, &[("secret", "x"), ("ttl", "60")]).await;
    app.pass_seconds(60);
    app.faults.always("UpdateItem", Fault::AccessDenied);
    let receipt = format!("/api/v1/private/{}", made.text("metadata_key"));
    assert_eq!(app.anonymous().get(&receipt).await.status, 503);
    assert_eq!(tom.get(RECENT).await.status, 503);
    app.faults.clear();
    assert_eq!(recent(&tom).await[0]["state"], "expired");
    app.faults.always("UpdateItem", Fault::AccessDenied);
    assert_eq!(app.anonymous().get(&receipt).await.text("state"), "expired", "it is held fast now");
}
