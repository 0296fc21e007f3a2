//! No secret is revealed twice, regardless of concurrency. For several processes see
//! crates/local/tests/process/races.rs.

use futures_util::future::join_all;
use readonce_tests::TestApp;
use readonce_tests::races::{Outcome, race};

#[tokio::test(flavor = "multi_thread")]
async fn one_of_32_parallel_readers_wins_each_of_200_races() {
    let app = TestApp::start().await;
    let outcome = race(&[app.anonymous()], 200, 32).await;
    assert_eq!(outcome, Outcome { once: 200, lost: 0, doubles: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_parallel_readers_with_the_passphrase_wins() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    let answers = join_all((0..5).map(|_| anonymous.reveal(&key, &[("passphrase", "horse")]))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}
