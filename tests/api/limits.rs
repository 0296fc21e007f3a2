//! Limits per client address and per account.

use futures_util::future::join_all;
use readonce_core::address::site::SiteRule;
use readonce_core::limits::LimitSettings;
use readonce_core::settings::Settings;
use readonce_core::table::counter::{Counter, Rate};
use readonce_core::time::UnixTime;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::api::share::ShareFunction;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::{self, Function};
use readonce_http::gateway::reply::Reply;
use readonce_tests::faults::Fault;
use readonce_tests::lambda::event;
use readonce_tests::rows;
use readonce_tests::{Answer, TestApp};

const HOUR: i64 = 3_600;
const TOO_MANY: (u16, &str) = (429, "Rate limit exceeded. Please try again later.");

fn limited(settings: &mut Settings) {
    let hourly = |most| Some(Rate { most, window_seconds: HOUR });
    let (mails, lists) = ("2".parse().ok(), "3".parse().ok());
    settings.limits = LimitSettings {
        creations: hourly(3),
        reveals: hourly(4),
        failed_credentials: hourly(12),
        mails,
        lists,
    };
}

async fn app() -> TestApp {
    TestApp::start_with(limited).await
}

fn assert_too_many(app: &TestApp, answer: &Answer, window_seconds: i64) {
    assert_eq!(answer.refusal(), (TOO_MANY.0, TOO_MANY.1.to_owned()));
    let left = window_seconds - app.now().seconds() % window_seconds;
    assert_eq!(answer.header("retry-after"), left.to_string());
}

#[tokio::test]
async fn without_limits_nothing_is_counted() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    app.faults.take_calls();
    let key = app.anonymous().shared(&[("secret", "x")]).await;
    app.anonymous().revealed(&key).await.unwrap();
    assert_eq!(tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await.status, 200);
    let updates = app.faults.take_calls().iter().filter(|call| *call == "UpdateItem").count();
    assert_eq!(updates, 1, "the claim alone");
}

#[tokio::test]
async fn creations_are_limited_per_window() {
    let app = app().await;
    let anonymous = app.anonymous();
    assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 200);
    assert_eq!(anonymous.generate(&[]).await.status, 200, "both count as one thing");
    for _ in 0..4 {
        assert_eq!(anonymous.share(&[]).await.status, 400, "what is refused does not count");
        assert_eq!(anonymous.generate(&[("length", "1")]).await.status, 400);
    }
    assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 200);
    assert_too_many(&app, &anonymous.share(&[("secret", "x")]).await, HOUR);
    assert_too_many(&app, &anonymous.share(&[]).await, HOUR);
    assert_too_many(&app, &anonymous.generate(&[("length", "1")]).await, HOUR);
    let unreadable = anonymous.request("POST", "/api/v1/share").body("secret=%zz");
    assert_eq!(Answer::to(unreadable).await.status, 400, "the body comes first");
    app.pass_seconds(HOUR);
    assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 200);
}

#[tokio::test]
async fn an_account_is_not_limited_by_its_address() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    for _ in 0..10 {
        let key = tom.shared(&[("secret", "x")]).await;
        assert_eq!(tom.reveal(&key, &[]).await.status, 200);
    }
    let wrong = tom.with_basic("tom@example.com", "abcdef");
    for _ in 0..6 {
        assert_eq!(wrong.share(&[("secret", "x")]).await.status, 401);
        assert_eq!(wrong.reveal("x", &[]).await.status, 401);
    }
    assert_eq!(app.anonymous().share(&[("secret", "x")]).await.status, 200, "nor does it count");
    assert_eq!(app.anonymous().reveal("x", &[]).await.status, 404, "nor does it count");
}

#[tokio::test]
async fn refused_credentials_are_limited_without_locking_the_account() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    let wrong = tom.with_basic("tom@example.com", "abcdef");
    let unknown = tom.with_basic("nobody@example.com", "abcdef");
    let key = "0".repeat(31);
    for caller in [&wrong, &unknown] {
        assert_eq!(caller.get("/api/v1/authcheck").await.status, 401);
        assert_eq!(caller.get("/api/v1/status").await.status, 401);
        assert_eq!(caller.share(&[("secret", "x")]).await.status, 401);
        assert_eq!(caller.generate(&[]).await.status, 401);
        assert_eq!(caller.reveal(&key, &[]).await.status, 401);
        assert_eq!(caller.get("/api/v1/private/recent").await.status, 401);
    }
    for caller in [&wrong, &unknown] {
        assert_too_many(&app, &caller.get("/api/v1/authcheck").await, HOUR);
        assert_too_many(&app, &caller.get("/api/v1/status").await, HOUR);
        assert_too_many(&app, &caller.share(&[("secret", "x")]).await, HOUR);
        assert_too_many(&app, &caller.generate(&[]).await, HOUR);
        assert_too_many(&app, &caller.reveal(&key, &[]).await, HOUR);
        assert_too_many(&app, &caller.get("/api/v1/private/recent").await, HOUR);
    }
    app.faults.take_calls();
    assert_eq!(tom.get("/api/v1/authcheck").await.status, 200, "from the same address");
    assert_eq!(app.faults.take_calls(), ["GetItem"], "good credentials are not counted");
    assert_eq!(app.anonymous().get("/api/v1/authcheck").await.status, 401, "nor are none at all");
    let unreadable =
        app.anonymous().request("GET", "/api/v1/authcheck").header("authorization", "Basic Og==");
    assert_eq!(Answer::to(unreadable).await.status, 401, "nor is what asks nothing of the table");
    app.pass_seconds(HOUR);
    assert_eq!(wrong.get("/api/v1/authcheck").await.status, 401);
    app.faults.always("UpdateItem", Fault::AccessDenied);
    for _ in 0..12 {
        assert_eq!(wrong.get("/api/v1/authcheck").await.status, 401, "what cannot be counted is 401");
    }
}

#[tokio::test]
async fn fruitless_reveals_are_limited_and_good_links_still_work() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    let locked: &[(&str, &str)] = &[("secret", "the text"), ("passphrase", "right")];
    let (used, good, locked) = (
        tom.shared(&[("secret", "the text")]).await,
        tom.shared(&[("secret", "the text")]).await,
        tom.shared(locked).await,
    );
    let anonymous = app.anonymous();
    assert_eq!(anonymous.revealed(&used).await.as_deref(), Ok("the text"));
    for in_vain in ["x", &"0".repeat(31), &used, &used] {
        assert_eq!(anonymous.reveal(in_vain, &[]).await.status, 404);
    }
    for in_vain in ["x", &"0".repeat(31), &used] {
        assert_too_many(&app, &anonymous.reveal(in_vain, &[]).await, HOUR);
    }
    assert_eq!(tom.reveal("x", &[]).await.status, 404, "with an account");
    assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 200, "creations count apart");
    for (passphrase, status) in [("", 404), ("wrong", 404), ("right", 200)] {
        let answer = anonymous.reveal(&locked, &[("passphrase", passphrase)]).await;
        assert_eq!(answer.status, status, "a passphrase is counted by its secret: {passphrase}");
    }
    assert_eq!(anonymous.revealed(&good).await.as_deref(), Ok("the text"));
    assert_too_many(&app, &anonymous.reveal(&good, &[]).await, HOUR);
    app.pass_seconds(HOUR);
    assert_eq!(anonymous.reveal(&good, &[]).await.status, 404);
}

/// A limit on fruitless reveals does not affect successful ones.
#[tokio::test]
async fn a_reveal_that_finds_its_secret_is_not_counted() {
    let app = app().await;
    let key = app.anonymous().shared(&[("secret", "the text")]).await;
    app.faults.take_calls();
    app.anonymous().revealed(&key).await.unwrap();
    assert_eq!(app.faults.take_calls(), ["GetItem", "Decrypt", "UpdateItem"], "the claim alone is a write");
}

#[tokio::test]
async fn a_form_that_finds_nothing_is_counted_like_a_call() {
    let app = app().await;
    let used = "0".repeat(31);
    let form = || app.anonymous().request("POST", &format!("/api/v1/secret/{used}?page=en"));
    for _ in 0..4 {
        assert_eq!(Answer::to(form().body("deliberate=yes")).await.status, 404);
    }
    assert_eq!(Answer::to(form().body("deliberate=yes")).await.status, 429);
    assert_eq!(Answer::to(form().body("")).await.status, 404, "not deliberate, so it is no reveal");
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_parallel_calls_do_not_exceed_the_limit() {
    let app = app().await;
    let anonymous = app.anonymous();
    let answers = join_all((0..30).map(|_| anonymous.share(&[("secret", "x")]))).await;
    let through = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(through, 3);
    assert!(answers.iter().all(|answer| [200, 429].contains(&answer.status)));
}

async fn from(address: &str, app: &TestApp, function: &impl Function, path: &str, body: &str) -> Reply {
    let forwarded = [("x-forwarded-for", "198.51.100.7"), ("forwarded", "for=198.51.100.7")];
    let mut event = event("POST", path, "", &forwarded, Some(body));
    event["requestContext"]["http"]["sourceIp"] = address.into();
    let event: Event = serde_json::from_value(event).unwrap();
    function::handle(function, event, app.call(), false).await
}

#[tokio::test]
async fn addresses_are_counted_separately_and_ipv6_by_network() {
    let app = app().await;
    let share = ShareFunction::new(&app.settings, &app.aws).unwrap();
    let reveal = RevealFunction::new(&app.settings, &app.aws).unwrap();
    for addresses in [
        ["192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"],
        ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::", "2001:db8:1:2::1", "2001:db8:1:2::3"],
        ["192.0.2.2", "192.0.2.2", "192.0.2.2", "192.0.2.2", "192.0.2.2"],
        ["2001:db8:1:3::1", "2001:db8:1:3::1", "2001:db8:1:3::1", "2001:db8:1:3::1", "2001:db8:1:3::1"],
    ] {
        let mut statuses = Vec::new();
        for address in addresses {
            statuses.push(from(address, &app, &share, "/api/v1/share", "secret=x").await.status);
        }
        assert_eq!(statuses, [200, 200, 200, 429, 429], "{addresses:?}");
        statuses.clear();
        for address in addresses {
            statuses.push(from(address, &app, &reveal, "/api/v1/secret/x", "").await.status);
        }
        assert_eq!(statuses, [404, 404, 404, 404, 429], "{addresses:?}");
    }
}

#[tokio::test]
async fn no_address_is_stored_and_its_pseudonym_changes_daily() {
    let app = app().await;
    let share = ShareFunction::new(&app.settings, &app.aws).unwrap();
    let mut names = Vec::new();
    for day in 0..2 {
        assert_eq!(from("192.0.2.77", &app, &share, "/api/v1/share", "secret=x").await.status, 200);
        // A function that has just started counts under the same name.
        let another = ShareFunction::new(&app.settings, &app.aws).unwrap();
        assert_eq!(from("192.0.2.77", &app, &another, "/api/v1/share", "secret=x").await.status, 200);
        let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
        let searchable = rows::searchable(&rows);
        for address in ["192.0.2", "198.51.100.7"] {
            assert!(!rows::contains(&searchable, address), "{address}");
        }
        assert!(!searchable.windows(4).any(|window| window == [192, 0, 2, 77]));
        names = rows
            .iter()
            .map(|row| row["pk"].as_s().unwrap().clone())
            .filter(|name| name.starts_with("counter#address#"))
            .collect();
        assert_eq!(names.len(), day + 1);
        app.pass_seconds(24 * HOUR);
    }
    assert_ne!(names[0], names[1]);
}

#[tokio::test]
async fn counters_outlive_their_window_by_a_quarter_of_an_hour_and_keys_end_with_their_day() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    assert_eq!(app.anonymous().share(&[("secret", "x")]).await.status, 200);
    assert_eq!(tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await.status, 200);
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let ends = |prefix: &str| {
        let row = rows.iter().find(|row| row["pk"].as_s().unwrap().starts_with(prefix)).unwrap();
        row["expires_at"].as_n().unwrap().parse::<i64>().unwrap()
    };
    let next = |seconds: i64| (app.now().seconds() / seconds + 1) * seconds;
    assert_eq!(ends("counter#address#"), next(HOUR) + HOUR / 4);
    assert_eq!(ends("address-key"), next(24 * HOUR));
    assert_eq!(ends("counter#account#"), next(24 * HOUR) + HOUR / 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_cannot_be_counted_refuses_nobody() {
    for fault in Fault::ALL {
        let app = app().await;
        let tom = app.account("tom@example.com").await;
        app.faults.always("UpdateItem", fault);
        for _ in 0..2 {
            let answer = app.anonymous().share(&[("secret", "x")]).await;
            assert_eq!(answer.status, 200, "{fault:?}: {}", answer.body);
        }
        let mailed = tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await;
        assert_eq!(mailed.status, 200, "{fault:?}: {}", mailed.body);
        app.faults.clear();
    }
    // First the key of the day fails, then the count.
    for skip in [0, 1] {
        let app = app().await;
        app.faults.after("UpdateItem", skip, 1, Fault::AccessDenied);
        assert_eq!(app.anonymous().reveal("x", &[]).await.status, 404, "{skip}");
    }
}

#[tokio::test]
async fn recent_is_limited_per_hour() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    for _ in 0..3 {
        assert_eq!(tom.get("/api/v1/private/recent").await.status, 200);
    }
    assert_too_many(&app, &tom.get("/api/v1/receipt/recent").await, HOUR);
    assert_eq!(app.account("jo@example.com").await.get("/api/v1/private/recent").await.status, 200);
    app.pass_seconds(HOUR);
    assert_eq!(tom.get("/api/v1/private/recent").await.status, 200);
    app.faults.always("UpdateItem", Fault::AccessDenied);
    assert_eq!(tom.get("/api/v1/private/recent").await.status, 200, "what cannot be counted is let in");
}

#[tokio::test]
async fn mails_are_limited_per_day() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    let mailed: &[(&str, &str)] = &[("secret", "x"), ("recipient", "jo@example.com")];
    assert_eq!(tom.share(mailed).await.status, 200);
    let undeliverable = tom.share(&[("secret", "x"), ("recipient", "jo")]).await;
    assert_eq!(undeliverable.status, 400, "what is refused before is not counted");
    assert_eq!(tom.generate(&mailed[1..]).await.status, 200);
    assert_too_many(&app, &tom.share(mailed).await, 24 * HOUR);
    assert_eq!(app.outbox.mails().len(), 2);
    assert_eq!(tom.share(&[("secret", "x")]).await.status, 200, "without a mail it goes on");
    let jo = app.account("jo@example.com").await;
    assert_eq!(jo.share(mailed).await.status, 200, "each account for itself");
    app.pass_seconds(24 * HOUR);
    assert_eq!(tom.share(mailed).await.status, 200);
}

#[tokio::test]
async fn a_mail_that_could_not_be_sent_is_not_counted() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    let mailed: &[(&str, &str)] = &[("secret", "x"), ("recipient", "jo@example.com")];
    app.faults.always("SendEmail", Fault::AccessDenied);
    for _ in 0..3 {
        assert_eq!(tom.share(mailed).await.status, 502);
    }
    app.faults.clear();
    app.faults.always("PutItem", Fault::AccessDenied);
    for _ in 0..3 {
        assert_eq!(tom.share(mailed).await.status, 503);
    }
    app.faults.clear();
    for _ in 0..2 {
        assert_eq!(tom.share(mailed).await.status, 200);
    }
    assert_eq!(tom.share(mailed).await.status, 429);
}

/// A mail that SES may have accepted stays counted; otherwise each retry could send one
/// more.
#[tokio::test]
async fn a_mail_that_may_have_been_sent_is_counted() {
    let app = app().await;
    let tom = app.account("tom@example.com").await;
    let mailed: &[(&str, &str)] = &[("secret", "x"), ("recipient", "jo@example.com")];
    app.faults.always("SendEmail", Fault::AnswerLost);
    let statuses = [tom.share(mailed).await.status, tom.share(mailed).await.status];
    assert_eq!(statuses, [502, 502]);
    assert_eq!(tom.share(mailed).await.status, 429);
}

/// A refused attempt does not use a count, so an attempt that is given back is
/// available again.
#[tokio::test]
async fn refused_attempts_are_not_counted() {
    let app = TestApp::start().await;
    let id = readonce_core::secret::key::MetadataKey::random().secret_key().secret_id();
    let rate = Rate { most: 2, window_seconds: 600 };
    let counter = Counter { owner: id.as_str().to_owned(), name: "guesses", rate };
    let one = app.table.count(&counter, app.call()).await.unwrap();
    app.table.count(&counter, app.call()).await.unwrap();
    assert!(app.table.count(&counter, app.call()).await.is_err());
    app.table.give_back(&counter, one, app.call().deadline).await.unwrap();
    assert!(app.table.count(&counter, app.call()).await.is_ok());
    assert!(app.table.count(&counter, app.call()).await.is_err());
}

#[tokio::test]
async fn a_page_of_another_site_cannot_use_up_its_visitors_limits() {
    let app = TestApp::start_with(|settings| {
        limited(settings);
        settings.limits.creations = Some(Rate { most: 9, window_seconds: 600 });
        settings.cors_origins = vec!["https://intranet.example.com".parse().unwrap()];
        settings.site = SiteRule::Fixed("https://secrets.example.com".parse().unwrap());
    })
    .await;
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "x")]).await;
    let (key, receipt) = (shared.text("secret_key"), shared.text("metadata_key"));
    let from_page = async |path: &str, headers: &[(&str, &str)]| {
        let mut request = anonymous.request("POST", path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::to(request.body("secret=x&deliberate=yes")).await
    };
    let paths = ["share", "generate", &format!("secret/{key}"), &format!("private/{receipt}/burn")];
    for path in paths {
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
            &[("sec-fetch-site", "cross-site"), ("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://other.readonce.example")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://127.0.0.1.evil.example")],
        ] {
            let answer = from_page(&format!("/api/v1/{path}"), headers).await;
            assert_eq!(answer.refusal(), (403, "Pages of other sites may not call this service".to_owned()));
            let answer = from_page(&format!("/api/v1/{path}?page=en"), headers).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
            assert!(answer.body.contains("sent from another site"), "{}", answer.body);
        }
    }
    let origin = app.origin();
    for good in [
        &[("sec-fetch-site", "same-origin"), ("origin", &origin)][..],
        &[("sec-fetch-site", "none"), ("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://intranet.example.com")],
        &[("origin", "https://intranet.example.com")],
        &[("origin", &origin)],
        &[("origin", "https://secrets.example.com")],
        &[("origin", "null")],
        &[],
    ] {
        assert_eq!(from_page("/api/v1/share", good).await.status, 200, "{good:?}");
    }
    assert_eq!(anonymous.share(&[("secret", "x")]).await.status, 429, "nine were counted");
    assert_eq!(anonymous.revealed(&key).await.unwrap(), "x");
}

#[tokio::test]
async fn no_window_spans_midnight() {
    let app = app().await;
    // At any time of day, the last second of a day and the first second of the next are
    // in different windows.
    let to_midnight = 24 * HOUR - app.now().seconds() % (24 * HOUR);
    app.pass_seconds(to_midnight - 1);
    for _ in 0..3 {
        assert_eq!(app.anonymous().share(&[("secret", "x")]).await.status, 200);
    }
    let answer = app.anonymous().share(&[("secret", "x")]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
    app.pass_seconds(1);
    assert_eq!(app.anonymous().share(&[("secret", "x")]).await.status, 200);
    assert_eq!(app.now(), UnixTime::from_seconds(app.now().seconds() / 86_400 * 86_400));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_guesses_get_five_verdicts_per_window() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "the text"), ("passphrase", "right")]).await;
    let to_window = 600 - app.now().seconds() % 600;
    app.pass_seconds(to_window);
    let answers = join_all((0..50).map(|_| anonymous.reveal(&key, &[("passphrase", "wrong")]))).await;
    let (verdicts, refused): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 404);
    assert_eq!((verdicts.len(), refused.len()), (5, 45));
    for answer in refused {
        assert_too_many(&app, &answer, 600);
    }
    app.pass_seconds(599);
    let answer = anonymous.reveal(&key, &[("passphrase", "right")]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"), "even the right one");
    app.pass_seconds(1);
    let answer = anonymous.reveal(&key, &[("passphrase", "right")]).await;
    assert_eq!(answer.text("value"), "the text");
}
