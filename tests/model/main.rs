//! A model of one secret's rows. A search visits every state that a few requests,
//! faults, slow clocks and TTL can lead to.
//!
//! | file | contents |
//! |---|---|
//! | `verbs/` | the steps of each verb |
//! | `writes.rs`, `expression.rs` | the conditional writes, as DynamoDB evaluates them |
//! | `world.rs`, `sending.rs` | processes, time, TTL; the faults of a write |
//! | `judge.rs` | the promises |
//! | `scenarios.rs`, `search.rs` | how many requests and faults; the search |
//! | `mutations.rs` | changes that break a promise, and changes that do not |
//! | `code.rs`, `play/` | the model beside the code: its writes, its traces |
//!
//! ```sh
//! # Prints the shortest trace to each broken promise.
//! cargo test -p readonce-tests --test model every_mutation -- --nocapture
//! # Explores larger worlds as well: eight million states, two minutes, 1.3 GB.
//! MODEL_LARGE=1 cargo test -p readonce-tests --test model every_promise -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod code;
mod expression;
mod judge;
mod mutations;
mod play;
mod scenarios;
mod search;
mod sending;
mod verbs;
mod world;
mod writes;

use mutations::{ACCEPTED, FOUND, HARMLESS, Mutation};
use readonce_core::environment::variable;
use scenarios::{LARGE, SMALL};
use search::{Found, explore};
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};
use std::thread;
use world::{Event, Protocol, Scenario};

/// A scenario, a mutation, and the promise that is looked for.
type Case = (Scenario, Option<Mutation>, Option<&'static str>);

/// Explores scenarios side by side.
fn explore_all(cases: impl IntoIterator<Item = Case>) -> Vec<Found<Event>> {
    let cases: Vec<_> = cases.into_iter().collect();
    let left = Mutex::new(cases.iter().enumerate());
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some((at, (scenario, mutation, promise))) = { left.lock().unwrap().next() } {
            let result = explore(&Protocol::new(*scenario, *mutation), *promise);
            found.lock().unwrap().insert(at, result);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap().into_values().collect()
}

/// What [`FOUND`] and then [`ACCEPTED`] come to.
static FINDINGS: LazyLock<Vec<Found<Event>>> = LazyLock::new(|| {
    let findings = FOUND.into_iter().chain(ACCEPTED);
    explore_all(findings.map(|(mutation, scenario, promise)| (scenario, Some(mutation), Some(promise))))
});

#[test]
fn every_promise_holds_in_every_scenario() {
    let large: &[_] = if variable("MODEL_LARGE").is_some() { &LARGE } else { &[] };
    let scenarios = || SMALL.iter().chain(large).copied();
    for (scenario, found) in scenarios().zip(explore_all(scenarios().map(|scenario| (scenario, None, None))))
    {
        println!("{}: {} states", scenario.name, found.states);
        assert_eq!(found.violation, None, "{}", scenario.name);
    }
}

#[test]
fn every_mutation_is_found() {
    for ((mutation, scenario, promise), found) in FOUND.iter().chain(&ACCEPTED).zip(&*FINDINGS) {
        let Some((_, trace)) = &found.violation else { panic!("{mutation:?} is not found: {promise}") };
        let events = trace.len();
        println!("{mutation:?}: {promise}, after {events} events of {:?}: {trace:#?}", scenario.actors);
    }
}

#[test]
fn a_harmless_mutation_breaks_nothing() {
    let cases = HARMLESS.map(|(mutation, _, scenario)| (scenario, Some(mutation), None));
    for ((mutation, reason, _), found) in HARMLESS.iter().zip(explore_all(cases)) {
        assert_eq!(found.violation, None, "{mutation:?} is harmless, since {reason}");
    }
}
