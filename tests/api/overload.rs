//! More work than the machine can do in time.

use futures_util::future::join_all;
use readonce_core::deadline::Deadline;
use readonce_core::environment::variable;
use readonce_core::secret::claim::row::{CLAIM_RESERVE, SecretState};
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::secret::key::SecretKey;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::planted::plant;
use readonce_tests::stage::{Request, Stage, in_paused_time, time_for_a_call};
use readonce_tests::wire::Sent;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

const PASSPHRASE: &str = "horse";
/// Number of readers, each of a different secret. Half as many callers share secrets
/// with a passphrase all the time.
const READERS: usize = 60;
/// Time of the first reader; each further reader has more. So some run out of time
/// midway, on any machine.
const SHORTEST_TIME: Duration = Duration::from_secs(3);
const LONGER: Duration = Duration::from_millis(150);
/// A busy machine may pause between the check of the time left for a claim and the
/// record of when it was sent.
const INTERRUPTION: Duration = Duration::from_millis(250);

struct Read {
    key: SecretKey,
    deadline: Instant,
    answer: Answer,
}

/// `OVERLOAD_READERS` overrides the number of readers.
#[tokio::test(flavor = "multi_thread")]
async fn under_overload_a_failed_reveal_leaves_its_secret_open() {
    let readers = variable("OVERLOAD_READERS").map_or(READERS, |count| count.parse().unwrap());
    let stage = Stage::new(|_| {}).await;
    let service = Arc::new(stage.service());
    let now = UnixTime::now();
    let mut keys = Vec::new();
    for _ in 0..readers {
        let shared = service.answer(&Request::post("/api/v1/share", &[("secret", "x")]), now).await;
        keys.push(SecretKey::parse(&shared.text("secret_key")).unwrap());
    }
    let mut sharers = JoinSet::new();
    for _ in 0..readers / 2 {
        let service = Arc::clone(&service);
        sharers.spawn(async move {
            let request = Request::post("/api/v1/share", &[("secret", "x"), ("passphrase", PASSPHRASE)]);
            loop {
                let answer = service.answer(&request, now).await;
                assert!([200, 503].contains(&answer.status), "{}", answer.body);
            }
        });
    }
    let times = (0..).map(|index| time_for_a_call().min(SHORTEST_TIME + LONGER * index));
    let reads = keys.into_iter().zip(times).map(|(key, time)| {
        let service = Arc::clone(&service);
        tokio::spawn(async move {
            let request = Request::post(format!("/api/v1/secret/{}", key.expose()), &[]);
            let deadline = Instant::now() + time;
            let answer = service.answer_in(&request, now, time).await;
            Read { key, deadline, answer }
        })
    });
    let reads = join_all(reads).await;
    // Stops them midway.
    sharers.shutdown().await;
    let sent = service.faults.take_sent();
    let (mut revealed, mut refused, mut lost) = (0, 0, 0);
    for read in reads {
        let read = read.unwrap();
        let found = stage
            .table()
            .secret_state(&read.key.secret_id(), Deadline::after(time_for_a_call()))
            .await
            .unwrap();
        match (read.answer.status, found) {
            (200, Some(SecretState::Received(_))) => {
                assert_eq!(read.answer.text("value"), "x");
                revealed += 1;
            }
            (503, Some(SecretState::Open)) => {
                assert!(!read.answer.header("retry-after").is_empty());
                refused += 1;
            }
            (503, Some(SecretState::Received(_))) => {
                assert_was_claimed_in_time(&read, &sent);
                lost += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    let _ = writeln!(std::io::stderr(), "{readers} readers: {revealed} revealed, {refused} 503, {lost} lost");
}

/// The first attempt of a claim must leave time for its answer.
fn assert_was_claimed_in_time(read: &Read, sent: &[Sent]) {
    let id = read.key.secret_id();
    let claim = sent.iter().find(|sent| sent.is_claim() && sent.keys == [id.as_str()]);
    let left = read.deadline.saturating_duration_since(claim.expect("it was received").at);
    assert!(left + INTERRUPTION >= CLAIM_RESERVE, "claimed with {left:?} left, and lost");
}

#[test]
fn a_passphrase_that_cannot_be_hashed_in_time_is_refused_before_anything_is_written() {
    std::thread::scope(|scope| in_paused_time(scope, no_slot_in_time));
}

async fn no_slot_in_time() {
    let stage = Stage::new(|settings| settings.hashing = HashingSlots::new(1)).await;
    let service = stage.service();
    let now = UnixTime::now();
    let planted = plant(&stage, "x", PASSPHRASE, now).await;
    let passphrase = [("passphrase", PASSPHRASE)];
    let reveal = Request::post(format!("/api/v1/secret/{}", planted.secret_key.expose()), &passphrase);
    let burn = Request::post(format!("/api/v1/private/{}/burn", planted.metadata_key.expose()), &passphrase);
    let form = [("secret", "y"), ("passphrase", PASSPHRASE)];
    let [share, generate] = ["share", "generate"].map(|verb| Request::post(format!("/api/v1/{verb}"), &form));
    let rows = stage.rows().await;
    let slot = stage.settings.hashing.slot(Deadline::after(time_for_a_call())).await.unwrap();
    for request in [&reveal, &burn, &share, &generate] {
        let answer = service.answer(request, now).await;
        assert_eq!(answer.status, 503, "{}: {}", request.path, answer.body);
        assert_eq!(answer.header("retry-after"), "5", "{}", request.path);
        assert_eq!(stage.rows().await, rows, "{}", request.path);
    }
    drop(slot);
    for request in [&share, &generate, &reveal] {
        assert_eq!(service.answer(request, now).await.status, 200, "{}", request.path);
    }
    assert_eq!(service.answer(&burn, now).await.status, 404);
}

/// Callers that need no hashing slot do not wait for one.
#[test]
fn calls_without_a_passphrase_do_not_wait_for_hashing() {
    std::thread::scope(|scope| in_paused_time(scope, no_slot_needed));
}

async fn no_slot_needed() {
    let stage = Stage::new(|settings| settings.hashing = HashingSlots::new(1)).await;
    let service = stage.service();
    let now = UnixTime::now();
    let _slot = stage.settings.hashing.slot(Deadline::after(time_for_a_call())).await.unwrap();
    let shared = service.answer(&Request::post("/api/v1/share", &[("secret", "x")]), now).await;
    let reveal = Request::post(format!("/api/v1/secret/{}", shared.text("secret_key")), &[]);
    assert_eq!(service.answer(&reveal, now).await.text("value"), "x");
}
