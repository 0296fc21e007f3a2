//! The model's writes are the code's, and the other way round.

use crate::writes::WRITES;
use readonce_core::environment::variable;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::faults::Fault;
use readonce_tests::planted::plant;
use readonce_tests::stage::{Request, Service, Stage};
use readonce_tests::wire::{Call, Sent};
use std::collections::BTreeSet;
use std::path::Path;

const TTL_SECONDS: i64 = 60;

/// The kinds of rows that the model has.
const KINDS: [&str; 3] = ["secret", "receipt", "guesses"];

pub(crate) fn is_of_the_model(call: &Call) -> bool {
    call.operation != "BatchGetItem" && KINDS.iter().any(|kind| call.subject.split(' ').next() == Some(kind))
}

async fn ask(service: &Service, request: Request, now: UnixTime) -> Answer {
    // The SDK's futures are too large for a test's stack.
    Box::pin(service.answer(&request, now)).await
}

async fn share(service: &Service, now: UnixTime) -> Answer {
    let ttl = TTL_SECONDS.to_string();
    ask(service, Request::post("/api/v1/share", &[("secret", "text"), ("ttl", &ttl)]), now).await
}

/// All that is sent to AWS in lives that end in every way.
async fn sent_in_every_life() -> Vec<Sent> {
    let stage = Stage::new(|_| {}).await;
    let service = stage.service();
    let now = UnixTime::now();
    let receipt = |shared: &Answer| format!("/api/v1/private/{}", shared.text("metadata_key"));
    let reveal = |key: &str, form| Request::post(format!("/api/v1/secret/{key}"), form);

    let received = share(&service, now).await;
    ask(&service, Request::get(receipt(&received)), now).await;
    ask(&service, reveal(&received.text("secret_key"), &[]), now).await;

    let burned = share(&service, now).await;
    ask(&service, Request::post(format!("{}/burn", receipt(&burned)), &[]), now).await;

    let expired = share(&service, now).await;
    let metadata_key = expired.text("metadata_key");
    ask(&service, Request::get(format!("/private/{metadata_key}")), now).await;
    ask(&service, Request::get(receipt(&expired)), now.plus(TTL_SECONDS)).await;

    service.faults.next("PutItem", 1, Fault::AccessDenied);
    assert_eq!(share(&service, now).await.status, 503);

    let guessed = plant(&stage, "text", "right", now).await.secret_key;
    service.faults.always("Decrypt", Fault::AccessDenied);
    let answer = ask(&service, reveal(guessed.expose(), &[("passphrase", "right")]), now).await;
    assert_eq!(answer.status, 503);
    service.faults.take_sent()
}

#[tokio::test(start_paused = true)]
async fn the_code_sends_the_conditions_and_updates_of_the_model() {
    let sent = sent_in_every_life().await;
    let sent: Vec<_> = sent.into_iter().filter(|sent| is_of_the_model(&sent.call)).collect();
    let writes = sent.iter().filter(|sent| sent.call.writes());
    let writes = writes.map(|sent| {
        let [condition, update] = &sent.expressions;
        (sent.call.to_string(), condition.clone(), update.clone())
    });
    let modelled =
        WRITES.map(|(_, call, condition, update)| (call.to_owned(), condition.to_owned(), update.to_owned()));
    assert_eq!(writes.collect::<BTreeSet<_>>(), BTreeSet::from(modelled));
    let mut reads = sent.iter().filter(|sent| !sent.call.writes());
    assert!(reads.all(|sent| sent.reads_consistently), "the model reads what was written last");
}

/// The fault matrix finds all calls of all requests, and writes them into a document.
#[test]
fn no_request_writes_what_the_model_does_not_know() {
    let tests = variable("CARGO_MANIFEST_DIR").unwrap();
    let document = std::fs::read_to_string(Path::new(&tests).join("../docs/faults.md")).unwrap();
    let quoted = document.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let calls = quoted.filter(|quoted| {
        let (operation, subject) = quoted.split_once(' ').unwrap_or((quoted, ""));
        let call = Call { operation: operation.to_owned(), subject: subject.to_owned() };
        call.writes() && is_of_the_model(&call)
    });
    let modelled = WRITES.map(|(_, call, ..)| call);
    assert_eq!(calls.collect::<BTreeSet<_>>(), BTreeSet::from(modelled));
}
