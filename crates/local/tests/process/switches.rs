//! Plans, limits and other origins, as options.

use crate::{TOKEN, TOM, start, start_with_tom};
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use std::time::Instant;

#[tokio::test]
async fn plans_are_what_the_options_say() {
    let options = ["--anonymous-plan", "10:120", "--basic-plan", "20:180"];
    let server = start_with_tom(&[&options[..], &["--minimum-passphrase-length", "8"]].concat()).await;
    let tom = server.account(TOM, TOKEN);
    for (caller, size, ttl) in [(server.anonymous(), 10, 120), (tom, 20, 180)] {
        let answer = caller.share(&[("secret", &"x".repeat(size)), ("ttl", "9999")]).await;
        assert_eq!((answer.status, &answer.json()["ttl"]), (200, &ttl.into()));
        let answer = caller.share(&[("secret", &"x".repeat(size + 1))]).await;
        assert_eq!(answer.refusal(), (413, format!("Secret value exceeds the maximum size of {size} bytes")));
        let answer = caller.share(&[("secret", "x"), ("passphrase", "1234567")]).await;
        assert_eq!(answer.refusal(), (400, "Passphrase must be at least 8 characters long".to_owned()));
    }
}

#[tokio::test]
async fn creating_may_require_an_account_while_revealing_does_not() {
    let server = start_with_tom(&["--anonymous-plan", "none"]).await;
    for answer in [server.anonymous().share(&[]).await, server.anonymous().generate(&[]).await] {
        assert_eq!(answer.refusal(), (401, "Not authorized".to_owned()));
    }
    let key = server.account(TOM, TOKEN).shared(&[("secret", "the text")]).await;
    assert_eq!(server.anonymous().revealed(&key).await.as_deref(), Ok("the text"));
}

#[tokio::test]
async fn without_mail_a_recipient_is_refused_and_nothing_kept() {
    let server = start_with_tom(&["--no-mail"]).await;
    let tom = server.account(TOM, TOKEN);
    let answer = tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.message(), "The email could not be sent; the secret was not kept.");
    assert_eq!(tom.get("/api/v1/private/recent").await.body, "[]");
}

/// The number of creations that succeed out of `calls`.
async fn through(options: &[&str], calls: usize) -> usize {
    let server = start(options).await;
    let anonymous = server.anonymous();
    let mut through = 0;
    for _ in 0..calls {
        through += usize::from(anonymous.share(&[("secret", "x")]).await.status == 200);
    }
    through
}

#[tokio::test]
async fn limits_are_off_by_default() {
    assert_eq!(through(&[], 220).await, 220);
    assert_eq!(through(&["--rate-limits", "--anonymous-creations", "none"], 220).await, 220);
    // Those of template.yaml: 100 an hour. The calls may fall into two hours.
    let through_template = through(&["--rate-limits"], 220).await;
    assert!((100..=200).contains(&through_template), "{through_template}");
}

#[tokio::test]
async fn limits_are_what_the_options_say() {
    let options = ["--rate-limits", "--mails-per-day", "1", "--lists-per-hour", "1"];
    let limits = ["--anonymous-creations", "2:86400", "--anonymous-reveals", "1:86400"];
    let limits = [&limits[..], &["--failed-credentials", "1:86400"]].concat();
    let started = Instant::now();
    let hour = UnixTime::now().seconds() / 3_600;
    let server = start_with_tom(&[&options[..], &limits].concat()).await;
    let (tom, anonymous) = (server.account(TOM, TOKEN), server.anonymous());
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let mailed = tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]).await;
        let listed = tom.get("/api/v1/private/recent").await;
        let shared = anonymous.share(&[("secret", "x")]).await;
        let revealed = anonymous.reveal("x", &[]).await;
        let refused = tom.with_basic("tom@example.com", "abcdef").get("/api/v1/authcheck").await;
        statuses.push([mailed, listed, shared, revealed, refused].map(|answer| answer.status));
    }
    if UnixTime::now().seconds() / 3_600 == hour {
        assert_eq!(statuses, [[200, 200, 200, 404, 401], [429, 429, 200, 429, 429], [429; 5]]);
    } else {
        // The hour has changed meanwhile, and with it perhaps the day.
        assert!(started.elapsed().as_secs() < 3_600, "within one hour it changes once");
        assert_eq!(statuses[0], [200, 200, 200, 404, 401]);
    }
}

const INTRANET: &str = "https://intranet.example.com";

#[tokio::test]
async fn pages_of_other_origins_are_told_nothing_by_default() {
    let server = start(&[]).await;
    let anonymous = server.anonymous();
    let status = Answer::to(anonymous.request("GET", "/api/v1/status").header("origin", INTRANET)).await;
    let preflight = anonymous.request("OPTIONS", "/api/v1/share").header("origin", INTRANET);
    let preflight = Answer::to(preflight.header("access-control-request-method", "POST")).await;
    assert_eq!((status.status, preflight.status), (200, 404));
    for answer in [status, preflight] {
        let told = answer.headers.keys().filter(|name| name.as_str().starts_with("access-control"));
        assert_eq!(told.count(), 0);
    }
}

#[tokio::test]
async fn pages_of_named_origins_may_call_and_no_others() {
    let server = start(&["--cors-origin", INTRANET, "--cors-origin", "http://localhost:8080"]).await;
    let anonymous = server.anonymous();
    let from =
        |method: &str, path: &str, origin: &str| anonymous.request(method, path).header("origin", origin);
    for origin in [INTRANET, "http://localhost:8080"] {
        let preflight =
            from("OPTIONS", "/api/v1/share", origin).header("access-control-request-method", "POST");
        let preflight = Answer::to(preflight).await;
        assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (204, origin));
        assert_eq!(preflight.header("access-control-allow-methods"), "GET, HEAD, POST");
        assert_eq!(preflight.header("access-control-allow-headers"), "authorization, content-type");
        let answer = Answer::to(from("GET", "/api/v1/status", origin)).await;
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-expose-headers"), "retry-after, www-authenticate");
        assert_eq!(answer.header("vary"), "origin");
        let refused = Answer::to(from("POST", "/api/v1/share", origin)).await;
        assert_eq!((refused.status, refused.header("access-control-allow-origin")), (400, origin));
    }
    for origin in ["https://intranet.example.com.evil.example", "http://intranet.example.com", "null", "*"] {
        let preflight =
            from("OPTIONS", "/api/v1/share", origin).header("access-control-request-method", "POST");
        for answer in [Answer::to(preflight).await, Answer::to(from("GET", "/api/v1/status", origin)).await] {
            assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        }
    }
    assert_eq!(Answer::to(anonymous.request("OPTIONS", "/api/v1/share")).await.status, 404, "no preflight");
}
