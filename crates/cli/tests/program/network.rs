//! Failures of the network and of servers.

use crate::fake::{Does, Fake};
use crate::support::Cli;

const CREATED: Does = Does::Answers(200, "", "{\"metadata_key\":\"m\",\"secret_key\":\"s\"}");

#[tokio::test]
async fn a_refused_connection_is_a_network_failure() {
    for words in [&["status"][..], &["share"], &["get", "--yes", "abc"], &["burn", "abc"]] {
        let stderr = Cli::at("http://127.0.0.1:1").run_with("hunter2", words).await.failed(7);
        assert!(stderr.contains("cannot be reached") && stderr.contains("Nothing was sent"), "{stderr}");
        assert!(!stderr.contains("hunter2"), "{stderr}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Fake::start(&[CREATED]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/api/v1/5ec7e75ec7e7\r\n", other.origin);
        let fake = Fake::start(&[Does::Answers(status, location.leak(), "")]).await;
        let cli = Cli::at(&fake.origin);
        for words in [&["share"][..], &["status"], &["get", "--yes", "abc"]] {
            let stderr = cli.run_with("hunter2", words).await.failed(7);
            assert!(stderr.contains("redirects to") && stderr.contains(&other.origin), "{stderr}");
            assert!(!stderr.contains("5ec7e75ec7e7"), "{stderr}");
        }
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn limits_have_an_exit_code_and_show_the_wait() {
    let limit = "{\"message\":\"Rate limit exceeded. Please try again later.\"}";
    let fake = Fake::start(&[Does::Answers(429, "retry-after: 90\r\n", limit)]).await;
    let cli = Cli::at(&fake.origin);
    for words in [&["share"][..], &["generate"], &["get", "--yes", "abc"], &["burn", "abc"], &["status"]] {
        let stderr = cli.run_with("x", words).await.failed(6);
        assert!(stderr.contains("Try again in 1 minute 30 seconds."), "{stderr}");
    }
    // Nothing is fired again at a server that has enough.
    assert_eq!(fake.requests().len(), 5);
}

#[tokio::test]
async fn a_creation_is_not_repeated_and_a_query_is() {
    let down = Does::Answers(503, "", "{\"message\":\"Service temporarily unavailable.\"}");
    for words in [&["share"][..], &["generate"]] {
        let fake = Fake::start(&[down.clone(), CREATED]).await;
        Cli::at(&fake.origin).run_with("x", words).await.failed(7);
        assert_eq!(fake.requests().len(), 1);
    }
    let fake =
        Fake::start(&[down.clone(), Does::Closes, Does::Answers(200, "", "{\"status\":\"nominal\"}")]).await;
    Cli::at(&fake.origin).run(&["status"]).await.succeeded();
    assert_eq!(fake.requests().len(), 3);
    let fake = Fake::start(&[down]).await;
    Cli::at(&fake.origin).run(&["status"]).await.failed(7);
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let fake = Fake::start(&[Does::Hangs]).await;
    let stderr = Cli::at(&fake.origin).run_with("x", &["share", "--timeout", "1"]).await.failed(7);
    assert!(stderr.contains("the time is up"), "{stderr}");
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_server_of_another_kind_is_reported() {
    for (status, body) in [
        (200, "<html>hunter2</html>"),
        (200, "[[5577]]"),
        (200, "{\"value\":[5577]}"),
        (200, "{\"value\":5577.5}"),
        (404, "{\"error\":\"Not Found\"}"),
        (200, ""),
    ] {
        let fake = Fake::start(&[Does::Answers(status, "", body)]).await;
        let stderr = Cli::at(&fake.origin).run(&["get", "--yes", "abc"]).await.failed(7);
        assert!(stderr.contains("does not answer as a v1 server"), "{stderr}");
        assert!(!stderr.contains("hunter2") && !stderr.contains("5577"), "{stderr}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_the_apis_tells_the_possible_outcome_of_the_call() {
    for body in ["<html>", "\"x\"", ""] {
        let fake = Fake::start(&[Does::Answers(200, "", body)]).await;
        for (words, open) in [
            (&["share"][..], "may have been stored"),
            (&["share", "--json"], "may have been stored"),
            (&["generate"], "may have been stored"),
            (&["get", "--yes", "abc"], "may be used up"),
            (&["burn", "abc"], "may be destroyed"),
        ] {
            let stderr = Cli::at(&fake.origin).run_with("x", words).await.failed(7);
            assert!(
                stderr.contains(open) && stderr.contains("Check the server's URL"),
                "{words:?}: {stderr}"
            );
        }
    }
    let fake = Fake::start(&[Does::Answers(200, "", "{}")]).await;
    assert!(Cli::at(&fake.origin).run(&["burn", "abc"]).await.failed(7).contains("may be destroyed"));
}

#[tokio::test]
async fn a_servers_message_does_not_steer_the_terminal() {
    let message = "{\"message\":\"\\u001b[2J\\u001b]0;x\\u0007bad\\rgood\"}";
    let fake = Fake::start(&[Does::Answers(400, "", message)]).await;
    let stderr = Cli::at(&fake.origin).run_with("x", &["share"]).await.failed(5);
    assert!(!stderr.contains('\x1b') && !stderr.contains('\r') && !stderr.contains('\x07'), "{stderr:?}");
    let links =
        "{\"metadata_key\":\"m\\u001b[2J\",\"secret_key\":\"s\",\"secret_url\":\"https://h/\\u001b[2J\"}";
    let fake = Fake::start(&[Does::Answers(200, "", links)]).await;
    assert!(!Cli::at(&fake.origin).run_with("x", &["share"]).await.failed(7).contains('\x1b'));
}

#[tokio::test]
async fn a_call_to_this_machine_uses_no_proxy() {
    let proxy = Fake::start(&[CREATED]).await;
    let fake = Fake::start(&[CREATED]).await;
    let cli = Cli::at(&fake.origin).with("http_proxy", &proxy.origin).with("ALL_PROXY", &proxy.origin);
    cli.run_with("x", &["share"]).await.succeeded();
    assert!(proxy.requests().is_empty());
    // Elsewhere it is used: the name is never looked up.
    let cli = Cli::at("https://readonce.invalid").with("HTTPS_PROXY", &proxy.origin).with_a_root();
    cli.run_with("x", &["share"]).await.failed(7);
    assert!(proxy.requests()[0].starts_with("CONNECT readonce.invalid:443 "));
}

#[tokio::test]
async fn a_failed_mail_is_final_and_other_failures_leave_the_outcome_open() {
    let words = ["share", "--recipient", "tom@example.com"];
    for (status, message, is_known) in [
        (502, "The email could not be sent; the secret was not kept.", true),
        (502, "Bad Gateway", false),
        (503, "Service temporarily unavailable. Please try again shortly.", false),
    ] {
        let body = format!("{{\"message\":\"{message}\"}}").leak();
        let fake = Fake::start(&[Does::Answers(status, "", body)]).await;
        let stderr = Cli::at(&fake.origin).run_with("x", &words).await.failed(7);
        assert_eq!(stderr.contains("may have been stored"), !is_known, "{stderr}");
    }
}

#[tokio::test]
async fn a_timeout_while_connecting_says_that_nothing_was_sent() {
    // It takes the connection and never shows a certificate.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("https://{}", silent.local_addr().unwrap());
    let cli = Cli::at(origin).with_a_root();
    let stderr = cli.run(&["get", "--yes", "--timeout", "1", "abc"]).await.failed(7);
    assert!(stderr.contains("Nothing was sent") && !stderr.contains("may be used up"), "{stderr}");
}

#[tokio::test]
async fn the_timeout_covers_all_tries_together() {
    let fake = Fake::start(&[Does::Hangs]).await;
    let stderr = Cli::at(&fake.origin).run(&["status", "--timeout", "1"]).await.failed(7);
    assert!(stderr.contains("the time is up"), "{stderr}");
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_refused_status_is_not_reported_as_wrong_input() {
    let fake = Fake::start(&[Does::Answers(404, "", "{\"message\":\"No such page\"}")]).await;
    let stderr = Cli::at(&fake.origin).run(&["status"]).await.failed(7);
    assert!(stderr.contains("No such page") && stderr.contains("Check the server's URL"), "{stderr}");
}

#[tokio::test]
async fn a_gateways_refusal_is_not_reported_as_wrong_input() {
    for (status, body) in [(404, "{\"message\":\"Not Found\"}"), (403, "{\"message\":\"Forbidden\"}")] {
        let fake = Fake::start(&[Does::Answers(status, "", body)]).await;
        for words in [&["share"][..], &["status"], &["get", "--yes", "abc"]] {
            let stderr = Cli::at(&fake.origin).run_with("x", words).await.failed(7);
            assert!(stderr.contains("Check the server's URL"), "{stderr}");
        }
    }
}
