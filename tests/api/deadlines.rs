//! Every use case answers in time, even if AWS never does.

use readonce_tests::faults::Fault;
use readonce_tests::{Answer, TestApp};
use std::time::{Duration, Instant};

/// Each service hangs in one scene. The scenes run in parallel, since each takes up to
/// the whole deadline.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_call_to_aws_is_abandoned_in_time() {
    let operations = [
        "GetItem",
        "Query",
        "BatchGetItem",
        "GenerateDataKey",
        "PutItem",
        "SendEmail",
        "Decrypt",
        "UpdateItem",
    ];
    let tests = operations.map(|operation| tokio::spawn(hanging(operation)));
    for test in tests {
        test.await.unwrap();
    }
}

async fn hanging(operation: &'static str) {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let burned = tom.share(&[("secret", "x")]).await;
    let receipt_path = format!("/api/v1/private/{}", burned.text("metadata_key"));
    let burn_path = format!("{receipt_path}/burn");
    let key = app.anonymous().shared(&[("secret", "x"), ("passphrase", "right")]).await;
    // Five minutes later, the data key of the first creation is no longer used.
    app.pass_seconds(301);
    app.faults.always(operation, Fault::Hangs);
    let share = timed(tom.share(&[("secret", "x"), ("recipient", "jo@example.com")]));
    let generate = timed(tom.generate(&[("recipient", "jo@example.com")]));
    let reveal = timed(tom.reveal(&key, &[("passphrase", "right")]));
    let status = timed(tom.get("/api/v1/status"));
    let receipt = timed(tom.get(&receipt_path));
    let burn = timed(tom.post(&burn_path, &[]));
    let recent = timed(tom.get("/api/v1/private/recent"));
    let (share, generate, reveal, status, receipt, burn, recent) =
        futures_util::join!(share, generate, reveal, status, receipt, burn, recent);
    let expected = match operation {
        "GetItem" => [503, 503, 503, 503, 503, 503, 503],
        "Query" | "BatchGetItem" => [200, 200, 200, 200, 200, 200, 503],
        "GenerateDataKey" | "PutItem" => [503, 503, 200, 200, 200, 200, 200],
        "SendEmail" => [502, 502, 200, 200, 200, 200, 200],
        "Decrypt" => [200, 200, 503, 200, 200, 200, 200],
        // The receipt is returned although it cannot be marked as viewed.
        _ => [200, 200, 503, 200, 200, 503, 200],
    };
    assert_eq!([share, generate, reveal, status, receipt, burn, recent], expected, "{operation}");
}

/// The claim wins, but its answer never arrives.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_whose_outcome_stays_unknown_is_503_and_may_have_won() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x")]).await;
    let key = shared.text("secret_key");
    app.faults.always("UpdateItem", Fault::AnswerLost);
    app.faults.take_calls();
    assert_eq!(timed(app.anonymous().reveal(&key, &[])).await, 503);
    let claims = app.faults.take_calls().iter().filter(|call| *call == "UpdateItem").count();
    assert!((10..40).contains(&claims), "asked again with growing pauses: {claims}");
    app.faults.clear();
    assert_eq!(app.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
    let receipt = app.anonymous().get(&format!("/api/v1/private/{}", shared.text("metadata_key"))).await;
    assert_eq!(receipt.text("state"), "received", "so the sender knows to send again");
}

/// The gateway's maximum time for a function. Ours answer ten seconds earlier, but a
/// test cannot rely on that while the machine is busy with other tests.
const GATEWAY_TIMEOUT: Duration = Duration::from_secs(30);

/// The status of an answer that must arrive in time.
async fn timed(answer: impl Future<Output = Answer>) -> u16 {
    let start = Instant::now();
    let answer = answer.await;
    assert!(start.elapsed() < GATEWAY_TIMEOUT, "{:?}: {}", start.elapsed(), answer.body);
    answer.status
}
