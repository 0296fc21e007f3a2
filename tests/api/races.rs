//! Never twice, whoever asks at the same time.

use futures_util::future::join_all;
use readonce_tests::{Answer, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn of_32_who_ask_at_once_one_wins_200_times() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    for round in 0..200 {
        let text = format!("text {round}");
        let key = anonymous.shared(&[("secret", &text)]).await;
        let answers = join_all((0..32).map(|_| anonymous.reveal(&key, &[]))).await;
        let (winners, others): (Vec<Answer>, Vec<Answer>) =
            answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(winners[0].text("value"), text);
        for other in others {
            assert_eq!(other.refusal(), (404, "Unknown secret".to_owned()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_changes_nothing_about_that() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let key = anonymous.shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    let answers = join_all((0..5).map(|_| anonymous.reveal(&key, &[("passphrase", "horse")]))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}
