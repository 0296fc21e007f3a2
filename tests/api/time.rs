//! Clocks: the last second of every lifetime, a clock that jumps, and times beyond 32
//! bits.

use readonce_core::limits::LimitSettings;
use readonce_core::settings::Settings;
use readonce_core::table::counter::Rate;
use readonce_core::time::{DAY_SECONDS, HOUR_SECONDS};
use readonce_tests::rows::{self, Row};
use readonce_tests::{Answer, Caller, TestApp};
use serde_json::Value;

const TTL_SECONDS: i64 = 60;
const GUESS_WINDOW_SECONDS: i64 = readonce_core::verbs::guess::RATE.window_seconds;
const WRONG: &[(&str, &str)] = &[("passphrase", "wrong")];
const RIGHT: &[(&str, &str)] = &[("passphrase", "right")];
/// Past 2^32 seconds, 2106-02-07: a fixed moment in 2106.
const BEYOND_32_BITS: i64 = 4_300_000_000;

/// A secret that lives for a minute.
async fn short(caller: &Caller) -> Answer {
    let shared = caller.share(&[("secret", "the text"), ("ttl", "60")]).await;
    assert_eq!(shared.status, 200, "{}", shared.body);
    shared
}

fn receipt_path(shared: &Answer) -> String {
    format!("/api/v1/private/{}", shared.text("metadata_key"))
}

/// Sets the clock to a Unix time.
fn set(app: &TestApp, seconds: i64) {
    app.pass_seconds(seconds - app.now().seconds());
}

#[tokio::test]
async fn a_secret_exists_until_its_last_second_and_no_longer() {
    for (seconds, is_there) in [(TTL_SECONDS - 1, true), (TTL_SECONDS, false), (TTL_SECONDS + 1, false)] {
        let app = TestApp::start().await;
        let tom = app.account("tom@example.com").await;
        let (shown, revealed, burned) = (short(&tom).await, short(&tom).await, short(&tom).await);
        app.pass_seconds(seconds);
        let status = if is_there { 200 } else { 404 };
        let page = tom.get(&format!("/secret/{}", shown.text("secret_key"))).await;
        assert_eq!(page.body.contains("action=\"/api/v1/secret/"), is_there, "{seconds}");
        let listed = tom.get("/api/v1/private/recent").await.json();
        let listed_as: Vec<&str> =
            listed.as_array().unwrap().iter().filter_map(|one| one["state"].as_str()).collect();
        assert_eq!(listed_as, [if is_there { "new" } else { "expired" }; 3], "{seconds}");
        let receipt = tom.get(&receipt_path(&shown)).await.json();
        let expected = if is_there { ("new", Value::from(1)) } else { ("expired", Value::Null) };
        assert_eq!(
            (receipt["state"].as_str().unwrap(), receipt["secret_ttl"].clone()),
            expected,
            "{seconds}"
        );
        assert_eq!(receipt["metadata_ttl"], 2 * TTL_SECONDS - seconds, "{seconds}");
        assert_eq!(tom.reveal(&revealed.text("secret_key"), &[]).await.status, status, "{seconds}");
        let burn = format!("{}/burn", receipt_path(&burned));
        assert_eq!(tom.post(&burn, &[]).await.status, status, "{seconds}");
        for (one, outcome) in [(&revealed, "received"), (&burned, "burned")] {
            let state = tom.get(&receipt_path(one)).await.text("state");
            assert_eq!(state, if is_there { outcome } else { "expired" }, "{seconds}");
        }
    }
}

#[tokio::test]
async fn a_receipt_exists_until_its_last_second_and_no_longer() {
    for (seconds, status) in [(2 * TTL_SECONDS - 1, 200), (2 * TTL_SECONDS, 404), (2 * TTL_SECONDS + 1, 404)]
    {
        let app = TestApp::start().await;
        let tom = app.account("tom@example.com").await;
        let shared = short(&tom).await;
        app.pass_seconds(seconds);
        let receipt = tom.get(&receipt_path(&shared)).await;
        assert_eq!(receipt.status, status, "{seconds}");
        assert_eq!(tom.get(&format!("/private/{}", shared.text("metadata_key"))).await.status, status);
        let listed = tom.get("/api/v1/private/recent").await.json();
        assert_eq!(listed.as_array().unwrap().len(), usize::from(status == 200), "{seconds}");
        if status == 200 {
            assert_eq!(
                (receipt.text("state"), receipt.json()["metadata_ttl"].clone()),
                ("expired".to_owned(), 1.into())
            );
        }
    }
}

#[tokio::test]
async fn a_clock_that_jumps_by_a_day_reveals_nothing_twice_and_forgets_no_outcome() {
    for jump in [-DAY_SECONDS, DAY_SECONDS] {
        let app = TestApp::start().await;
        let anonymous = app.anonymous();
        let mut shared = Vec::new();
        for _ in 0..3 {
            shared.push(anonymous.share(&[("secret", "the text"), ("ttl", "172800")]).await);
        }
        let [open, received, burned] = [&shared[0], &shared[1], &shared[2]];
        anonymous.revealed(&received.text("secret_key")).await.unwrap();
        assert_eq!(anonymous.post(&format!("{}/burn", receipt_path(burned)), &[]).await.status, 200);
        app.pass_seconds(jump);
        for (one, state) in [(received, "received"), (burned, "burned")] {
            assert_eq!(anonymous.reveal(&one.text("secret_key"), &[]).await.status, 404, "{jump}");
            assert_eq!(anonymous.get(&receipt_path(one)).await.text("state"), state, "{jump}");
        }
        assert_eq!(anonymous.revealed(&open.text("secret_key")).await.as_deref(), Ok("the text"), "{jump}");
        app.pass_seconds(-jump);
        assert_eq!(anonymous.reveal(&open.text("secret_key"), &[]).await.status, 404, "{jump}");
        assert_eq!(anonymous.get(&receipt_path(open)).await.text("state"), "received", "{jump}");
    }
}

#[tokio::test]
async fn a_reported_expiry_stays_when_the_clock_is_set_back() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let shared = short(&anonymous).await;
    app.pass_seconds(TTL_SECONDS);
    assert_eq!(anonymous.get(&receipt_path(&shared)).await.text("state"), "expired");
    app.pass_seconds(-DAY_SECONDS);
    assert_eq!(anonymous.revealed(&shared.text("secret_key")).await.unwrap_err(), "Unknown secret");
    assert_eq!(anonymous.get(&receipt_path(&shared)).await.text("state"), "expired");
}

#[tokio::test]
async fn a_clock_before_the_creation_does_not_extend_a_secrets_life() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let shared = tom.share(&[("secret", "the text"), ("ttl", "3600")]).await;
    app.pass_seconds(-DAY_SECONDS);
    let receipt = tom.get(&receipt_path(&shared)).await.json();
    assert_eq!((&receipt["secret_ttl"], &receipt["metadata_ttl"]), (&3_600.into(), &7_200.into()));
    assert_eq!(receipt["receipt_ttl"], 7_200);
    let listed = tom.get("/api/v1/private/recent").await.json();
    assert_eq!(
        (&listed[0]["metadata_key"], &listed[0]["metadata_ttl"]),
        (&receipt["metadata_key"], &7_200.into())
    );
    let page = tom.get(&format!("/private/{}", shared.text("metadata_key"))).await.body;
    let created = page.split("Created").nth(1).and_then(|rest| rest.split("</summary>").next()).unwrap();
    assert!(created.contains("just now"), "{created}");
}

/// The calls to KMS of a share and its reveal.
async fn kms_calls(app: &TestApp) -> Vec<String> {
    app.faults.take_calls();
    let key = app.anonymous().shared(&[("secret", "the text"), ("ttl", "604800")]).await;
    app.anonymous().revealed(&key).await.unwrap();
    let mut calls = app.faults.take_calls();
    calls.retain(|call| matches!(call.as_str(), "GenerateDataKey" | "Decrypt"));
    calls
}

#[tokio::test]
async fn no_data_key_outlives_a_jump_of_the_clock() {
    let both = ["GenerateDataKey", "Decrypt"];
    for jumps in [[DAY_SECONDS, -DAY_SECONDS], [-DAY_SECONDS, DAY_SECONDS], [-301, 301], [300, -300]] {
        let app = TestApp::start().await;
        assert_eq!(kms_calls(&app).await, both);
        assert_eq!(kms_calls(&app).await, <[&str; 0]>::default(), "both are kept");
        for jump in jumps {
            app.pass_seconds(jump);
            assert_eq!(kms_calls(&app).await, both, "after {jump} of {jumps:?}");
        }
        app.pass_seconds(299);
        assert_eq!(kms_calls(&app).await, <[&str; 0]>::default(), "kept for as long as ever");
        app.pass_seconds(1);
        assert_eq!(kms_calls(&app).await, both, "and not longer");
    }
}

fn limited(settings: &mut Settings) {
    let once = Some(Rate { most: 1, window_seconds: HOUR_SECONDS });
    let (mails, lists) = ("1".parse().ok(), "1".parse().ok());
    settings.limits =
        LimitSettings { creations: once, reveals: once, failed_credentials: once, mails, lists };
}

/// Seconds in the Retry-After header of a refusal.
fn retry_after(answer: &Answer) -> i64 {
    assert_eq!(answer.status, 429, "{}", answer.body);
    answer.header("retry-after").parse().unwrap()
}

#[tokio::test]
async fn retry_after_is_between_a_second_and_a_window() {
    let app = TestApp::start_with(limited).await;
    let tom = app.account("tom@example.com").await;
    let anonymous = app.anonymous();
    let noon = app.now().seconds() / DAY_SECONDS * DAY_SECONDS + DAY_SECONDS / 2;
    for seconds in [0, 1, HOUR_SECONDS / 2, HOUR_SECONDS - 1] {
        // A different window each time, each before the previous one.
        set(&app, noon - seconds * DAY_SECONDS + seconds);
        assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 200, "{seconds}");
        assert_eq!(anonymous.reveal("x", &[]).await.status, 404, "{seconds}");
        assert_eq!(tom.get("/api/v1/private/recent").await.status, 200, "{seconds}");
        let wrong = tom.with_basic("tom@example.com", "abcdef");
        assert_eq!(wrong.get("/api/v1/authcheck").await.status, 401, "{seconds}");
        let mailed: &[(&str, &str)] = &[("secret", "x"), ("recipient", "jo@example.com")];
        assert_eq!(tom.share(mailed).await.status, 200, "{seconds}");
        let left = HOUR_SECONDS - seconds;
        assert_eq!(retry_after(&anonymous.share(&[("secret", "x")]).await), left);
        assert_eq!(retry_after(&anonymous.reveal("x", &[]).await), left);
        assert_eq!(retry_after(&tom.get("/api/v1/private/recent").await), left);
        assert_eq!(retry_after(&wrong.get("/api/v1/authcheck").await), left);
        assert_eq!(retry_after(&tom.share(mailed).await), DAY_SECONDS / 2 - seconds);
    }
}

#[tokio::test]
async fn a_pause_after_five_guesses_ends_on_time_despite_clock_jumps() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let window = app.now().seconds() / GUESS_WINDOW_SECONDS * GUESS_WINDOW_SECONDS;
    set(&app, window + GUESS_WINDOW_SECONDS - 1);
    let key = anonymous.shared(&[("secret", "the text"), ("passphrase", "right")]).await;
    for _ in 0..5 {
        assert_eq!(anonymous.reveal(&key, WRONG).await.status, 404);
    }
    assert_eq!(retry_after(&anonymous.reveal(&key, RIGHT).await), 1, "the window's last second");
    set(&app, window);
    assert_eq!(retry_after(&anonymous.reveal(&key, RIGHT).await), GUESS_WINDOW_SECONDS, "its first one");
    // A clock that was set back counts in an earlier window, and in no other.
    app.pass_seconds(-DAY_SECONDS);
    for _ in 0..5 {
        assert_eq!(anonymous.reveal(&key, WRONG).await.status, 404);
    }
    assert_eq!(retry_after(&anonymous.reveal(&key, RIGHT).await), GUESS_WINDOW_SECONDS);
    app.pass_seconds(DAY_SECONDS);
    assert_eq!(
        retry_after(&anonymous.reveal(&key, RIGHT).await),
        GUESS_WINDOW_SECONDS,
        "nothing is forgotten"
    );
    app.pass_seconds(GUESS_WINDOW_SECONDS);
    assert_eq!(anonymous.reveal(&key, RIGHT).await.text("value"), "the text");
}

/// The row of the key under which addresses are counted.
async fn address_key(app: &TestApp) -> Row {
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    rows.into_iter().find(|row| row["pk"].as_s().unwrap() == "address-key").unwrap()
}

/// A clock that was wrong once does not leave a key that is used for ever.
#[tokio::test]
async fn an_address_key_of_a_far_future_day_is_replaced() {
    let app = TestApp::start_with(limited).await;
    let share = async || app.anonymous().share(&[("secret", "x")]).await.status;
    assert_eq!(share().await, 200);
    let today = address_key(&app).await;
    app.pass_seconds(10 * 365 * DAY_SECONDS);
    assert_eq!(share().await, 200);
    let wrong = address_key(&app).await;
    assert_ne!(wrong["key"], today["key"]);
    app.pass_seconds(-10 * 365 * DAY_SECONDS);
    share().await;
    let right = address_key(&app).await;
    assert_eq!((&right["day"], &right["expires_at"]), (&today["day"], &today["expires_at"]));
    assert_ne!(right["key"], wrong["key"]);
    app.pass_seconds(DAY_SECONDS);
    assert_eq!(share().await, 200);
    assert_ne!(address_key(&app).await["key"], right["key"], "and so the next day");
}

#[tokio::test]
async fn a_clock_one_day_slow_uses_the_current_address_key() {
    let app = TestApp::start_with(limited).await;
    app.anonymous().share(&[("secret", "x")]).await;
    let tomorrows = address_key(&app).await;
    app.pass_seconds(-DAY_SECONDS);
    app.anonymous().share(&[("secret", "x")]).await;
    assert_eq!(address_key(&app).await, tomorrows);
}

/// A whole life of a secret that is created at this time.
async fn a_whole_life(start: i64) {
    let app = TestApp::start_with(|settings| {
        limited(settings);
        settings.limits.creations = Some(Rate { most: 9, window_seconds: HOUR_SECONDS });
    })
    .await;
    set(&app, start);
    let tom = app.account("tom@example.com").await;
    let shared = tom.share(&[("secret", "the text"), ("ttl", "3600"), ("passphrase", "right")]).await;
    assert_eq!(shared.json()["created"], start);
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let of = |sort: &str| rows.iter().find(|row| row["sk"].as_s().unwrap().starts_with(sort)).unwrap();
    let expires_at = |sort: &str| of(sort)["expires_at"].as_n().unwrap().parse::<i64>().unwrap();
    assert_eq!((expires_at("secret"), expires_at("receipt")), (start + 4_500, start + 8_100), "{start}");
    assert_eq!(expires_at("recent#"), start + 7_200, "{start}");
    let receipt = tom.get(&receipt_path(&shared)).await.json();
    assert_eq!((&receipt["secret_ttl"], &receipt["metadata_ttl"]), (&3_600.into(), &7_200.into()), "{start}");
    let key = shared.text("secret_key");
    assert_eq!(tom.get(&format!("/secret/{key}")).await.status, 200);
    assert_eq!(tom.get(&format!("/private/{}", shared.text("metadata_key"))).await.status, 200);
    app.pass_seconds(3_599);
    assert_eq!(tom.reveal(&key, RIGHT).await.text("value"), "the text", "{start}");
    let listed = tom.get("/api/v1/private/recent").await.json();
    assert_eq!((&listed[0]["state"], &listed[0]["received"]), (&"received".into(), &(start + 3_599).into()));
    let anonymous = short(&app.anonymous()).await;
    app.pass_seconds(TTL_SECONDS);
    assert_eq!(app.anonymous().reveal(&anonymous.text("secret_key"), &[]).await.status, 404, "{start}");
    assert_eq!(tom.get(&receipt_path(&anonymous)).await.text("state"), "expired", "{start}");
}

#[tokio::test]
async fn times_beyond_32_bits_work() {
    // Around 2^31 and 2^32, in the year 2106, and at the last time that a date can
    // express.
    for start in [(1 << 31) - 1_800, (1 << 32) - 1_800, BEYOND_32_BITS, 253_402_300_000] {
        a_whole_life(start).await;
    }
}

#[tokio::test]
async fn a_clock_that_was_never_set_works() {
    for start in [0, 1, DAY_SECONDS, 1_000_000_000] {
        a_whole_life(start).await;
    }
}
