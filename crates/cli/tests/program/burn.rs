//! `readonce burn`.

use crate::fake::{Does, Fake};
use crate::support::Cli;
use readonce_tests::app::TestApp;

#[tokio::test]
async fn a_burned_secret_is_gone() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let (key, link) = cli.shared_with_key("x", &[]).await;
    assert_eq!(cli.run(&["burn", &key]).await.succeeded(), "destroyed\n");
    cli.run(&["get", "--yes", &link]).await.failed(3);
    assert!(cli.run(&["burn", &key]).await.failed(3).contains("nothing left to destroy"));
    assert!(cli.run(&["receipt", &key]).await.succeeded().starts_with("State:       destroyed, "));
}

#[tokio::test]
async fn burning_needs_the_passphrase() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let (right, wrong) = (cli.write("right", "right"), cli.write("wrong", "wrong"));
    let (key, _) = cli.shared_with_key("x", &["--passphrase-file", &right]).await;
    for words in [&["burn", &key][..], &["burn", "--passphrase-file", &wrong, &key]] {
        assert!(cli.run(words).await.failed(5).contains("It is not destroyed."));
    }
    let burned = cli.run(&["burn", "--json", "--passphrase-file", &right, &key]).await.json();
    assert_eq!(burned["state"]["state"], "burned");
}

#[tokio::test]
async fn a_burn_is_not_repeated() {
    for does in [Does::Closes, Does::Answers(503, "retry-after: 5\r\n", "{\"message\":\"down\"}")] {
        let fake = Fake::start(&[does]).await;
        Cli::at(&fake.origin).run(&["burn", "abc"]).await.failed(7);
        assert_eq!(fake.requests().len(), 1);
    }
}

#[tokio::test]
async fn another_state_is_not_reported_as_destroyed() {
    for state in ["{\"state\":{\"state\":\"received\"}}", "{\"state\":{}}"] {
        let fake = Fake::start(&[Does::Answers(200, "", state)]).await;
        let cli = Cli::at(&fake.origin);
        for words in [&["burn", "abc"][..], &["burn", "--json", "abc"]] {
            assert!(cli.run(words).await.failed(7).contains("not destroyed"), "{state}");
        }
    }
}
