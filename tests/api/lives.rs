//! Every short life of a secret, compared with a model.

use futures_util::future::{BoxFuture, join_all};
use readonce_tests::faults::Fault;
use readonce_tests::rows::{self, Row};
use readonce_tests::{Answer, Caller, TestApp};
use std::collections::BTreeMap;

const RIGHT: &[(&str, &str)] = &[("passphrase", "right")];
const WRONG: &[(&str, &str)] = &[("passphrase", "wrong")];
const TTL_SECONDS: i64 = 60;

/// An event after a secret was shared.
#[derive(Clone, Copy, Debug)]
enum Step {
    Read,
    WrongGuess,
    RightGuess,
    Burn,
    /// The secret's lifetime passes, which is half that of its receipt.
    Expiry,
}

const STEPS: [Step; 5] = [Step::Read, Step::WrongGuess, Step::RightGuess, Step::Burn, Step::Expiry];

/// The model: the state after a step, and the status of its answer; `None` if the step
/// has no answer.
fn model(state: &'static str, has_expired: bool, step: Step) -> (&'static str, Option<u16>) {
    let is_open = matches!(state, "new" | "viewed");
    match step {
        Step::Expiry if has_expired => ("gone", None),
        Step::Expiry => (if is_open { "expired" } else { state }, None),
        Step::Read if state == "gone" => ("gone", Some(404)),
        Step::Read => (if state == "new" { "viewed" } else { state }, Some(200)),
        Step::RightGuess if is_open => ("received", Some(200)),
        Step::Burn if is_open => ("burned", Some(200)),
        Step::WrongGuess | Step::RightGuess | Step::Burn => (state, Some(404)),
    }
}

/// A secret, and the steps that led to its state.
struct Life<'a> {
    app: &'a TestApp,
    anonymous: &'a Caller,
    shared: &'a Answer,
    steps: Vec<Step>,
    state: &'static str,
    has_expired: bool,
}

impl Life<'_> {
    fn receipt(&self) -> String {
        format!("/api/v1/private/{}", self.shared.text("metadata_key"))
    }

    async fn take(&self, step: Step) -> Option<Answer> {
        let anonymous = self.anonymous;
        let key = self.shared.text("secret_key");
        match step {
            Step::Read => Some(anonymous.get(&self.receipt()).await),
            Step::WrongGuess => Some(anonymous.reveal(&key, WRONG).await),
            Step::RightGuess => Some(anonymous.reveal(&key, RIGHT).await),
            Step::Burn => Some(anonymous.post(&format!("{}/burn", self.receipt()), RIGHT).await),
            Step::Expiry => {
                self.app.pass_seconds(TTL_SECONDS);
                None
            }
        }
    }

    /// Takes every step from this state, each on the same rows, and continues from
    /// each. A prefix that many lives share is thus played once, because bcrypt is
    /// slow.
    fn explore<'b>(&'b self, more: usize, ends: &'b mut BTreeMap<&str, usize>) -> BoxFuture<'b, ()> {
        Box::pin(async move {
            *ends.entry(self.state).or_default() += 1;
            if more == 0 {
                let read = self.take(Step::Read).await.expect("a read is answered");
                let found = if read.status == 200 { read.text("state") } else { "gone".to_owned() };
                assert_eq!(found, self.state, "{:?}", self.steps);
                return;
            }
            let dynamodb = self.app.aws.dynamodb_client();
            let rows: Vec<Row> = rows::all(&dynamodb, self.app.table.name()).await;
            for step in STEPS {
                let steps = [self.steps.as_slice(), &[step]].concat();
                let now = self.app.now();
                let (state, status) = model(self.state, self.has_expired, step);
                let answer = self.take(step).await;
                assert_eq!(answer.as_ref().map(|answer| answer.status), status, "{steps:?}");
                if let (Step::Read, Some(200), Some(answer)) = (step, status, answer) {
                    assert_eq!(answer.text("state"), self.state, "{steps:?}");
                }
                let has_expired = self.has_expired || matches!(step, Step::Expiry);
                Life { steps, state, has_expired, ..*self }.explore(more - 1, ends).await;
                self.app.pass_seconds(now.since(self.app.now()));
                rows::restore(&dynamodb, self.app.table.name(), &rows).await;
            }
        })
    }
}

/// Every sequence of up to five steps. The receipt is read again at the end of each.
#[tokio::test(flavor = "multi_thread")]
async fn every_short_life_of_a_secret_follows_the_model() {
    let app = TestApp::start().await;
    let ttl = TTL_SECONDS.to_string();
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "x"), ("ttl", &ttl), ("passphrase", "right")]).await;
    let life = Life {
        app: &app,
        anonymous: &anonymous,
        shared: &shared,
        steps: Vec::new(),
        state: "new",
        has_expired: false,
    };
    let mut ends = BTreeMap::new();
    life.explore(5, &mut ends).await;
    assert_eq!(ends.values().sum::<usize>(), 1 + 5 + 25 + 125 + 625 + 3_125, "{ends:?}");
    assert_eq!(ends.len(), 6, "every state was reached: {ends:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reveal_racing_its_expiry_has_one_permanent_outcome() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let mut outcomes = BTreeMap::new();
    for round in 0..60 {
        let shared = anonymous.share(&[("secret", "text"), ("ttl", "60")]).await;
        let receipt = format!("/api/v1/private/{}", shared.text("metadata_key"));
        let key = shared.text("secret_key");
        app.pass_seconds(TTL_SECONDS - 1);
        app.faults.take_calls();
        let reveals = join_all((0..4).map(|_| anonymous.reveal(&key, &[])));
        let reads = join_all((0..4).map(|_| anonymous.get(&receipt)));
        // The secret expires after a given number of calls to AWS: before any request,
        // after all have come in, or in between.
        let expiry = async {
            let mut calls = 0;
            while calls < round % 13 {
                calls += app.faults.take_calls().len();
                tokio::task::yield_now().await;
            }
            app.pass_seconds(1);
        };
        let ((), reveals, reads) = tokio::join!(expiry, reveals, reads);
        let won = reveals.iter().filter(|answer| answer.status == 200).count();
        assert!(won <= 1, "round {round}");
        let outcome = if won == 1 { "received" } else { "expired" };
        for _ in 0..2 {
            assert_eq!(anonymous.get(&receipt).await.text("state"), outcome, "round {round}");
        }
        for read in reads {
            let state = read.text("state");
            assert!(["new", "viewed", outcome].contains(&state.as_str()), "round {round}: {state}");
        }
        *outcomes.entry(outcome).or_insert(0) += 1;
    }
    assert_eq!(outcomes.len(), 2, "both happened: {outcomes:?}");
}

/// The reveal comes in before the end and claims after it. In between, another caller
/// reads in the receipt that the secret has expired unread.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_reveal_does_not_undo_a_reported_expiry() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "text"), ("ttl", "60")]).await;
    let receipt = format!("/api/v1/private/{}", shared.text("metadata_key"));
    let key = shared.text("secret_key");
    app.pass_seconds(TTL_SECONDS - 1);
    app.faults.take_calls();
    // The SDK gives the claim's first attempt up after a second.
    app.faults.next("UpdateItem", 1, Fault::Hangs);
    let reader = async {
        while !app.faults.take_calls().contains(&"UpdateItem".to_owned()) {
            tokio::task::yield_now().await;
        }
        app.pass_seconds(1);
        anonymous.get(&receipt).await
    };
    let (reveal, read) = tokio::join!(anonymous.reveal(&key, &[]), reader);
    assert_eq!(read.text("state"), "expired");
    assert_eq!(reveal.refusal(), (404, "Unknown secret".to_owned()));
    assert_eq!(anonymous.get(&receipt).await.text("state"), "expired");
}
