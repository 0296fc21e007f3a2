//! No secret is revealed twice, regardless of concurrency. For several processes see
//! crates/local/tests/process/races.rs.

use futures_util::future::join_all;
use readonce_tests::TestApp;
use readonce_tests::races::{Outcome, race};

#[tokio::test(flavor = "multi_thread")]
async fn of_32_who_ask_at_once_one_wins_200_times() {
    let app = TestApp::start().await;
    let outcome = race(&[app.anonymous()], 200, 32).await;
    assert_eq!(outcome, Outcome { once: 200, lost: 0, doubles: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_changes_nothing_about_that() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    let answers = join_all((0..5).map(|_| anonymous.reveal(&key, &[("passphrase", "horse")]))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}
