//! `readonce receipt`.

use crate::fake::{Does, Fake};
use crate::support::Cli;
use readonce_tests::app::TestApp;

#[tokio::test]
async fn a_receipt_shows_whether_the_secret_was_opened() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let (key, link) = cli.shared_with_key("correct horse", &["--ttl", "2h"]).await;
    let before = cli.run(&["receipt", &key]).await.succeeded();
    for line in ["State:       not opened yet\n", "(2 hours left)\n", &format!("Link:        {link}\n")] {
        assert!(before.contains(line), "{before}");
    }
    assert!(!before.contains("correct horse"));
    cli.revealed(&link).await;
    let url = format!("{}/receipt/{key}", app.origin());
    let after = Cli::new().run(&["receipt", &url]).await.succeeded();
    assert!(after.starts_with("State:       opened, ") && !after.contains("/secret/"), "{after}");
    assert_eq!(cli.run(&["receipt", "--json", &key]).await.json()["state"], "received");
}

#[tokio::test]
async fn an_unknown_receipt_and_a_secrets_link_are_told_apart() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    assert!(cli.run(&["receipt", "abc"]).await.failed(3).contains("receipt's own key"));
    let link = cli.shared("x", &[]).await;
    assert!(cli.run(&["receipt", &link]).await.failed(2).contains("link of a secret"));
    // The API has the list of receipts at this path.
    assert!(cli.run(&["receipt", "recent"]).await.failed(2).contains("readonce recent"));
}

#[tokio::test]
async fn reading_is_repeated_if_the_answer_is_lost() {
    let receipt = Does::Answers(200, "", "{\"state\":\"new\"}");
    for does in [Does::Closes, Does::IsCut, Does::Answers(503, "", "{}")] {
        let fake = Fake::start(&[does.clone(), does, receipt.clone()]).await;
        let stdout = Cli::at(&fake.origin).run(&["receipt", "abc"]).await.succeeded();
        assert_eq!(stdout, "State:       not opened yet\n");
        assert_eq!(fake.requests().len(), 3);
    }
}

#[tokio::test]
async fn an_answer_without_a_state_is_not_a_receipt() {
    let fake = Fake::start(&[Does::Answers(200, "", "{}")]).await;
    for words in [&["receipt", "abc"][..], &["receipt", "--json", "abc"]] {
        Cli::at(&fake.origin).run(words).await.failed(7);
    }
}
