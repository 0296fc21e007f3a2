//! The committed results match the programs and the README.

use readonce_bench::functions::{self, Effort, Observed};
use readonce_bench::harness::programs::{BARE, Build, Built};
use readonce_bench::results::cost::{self, ASSUMPTIONS, PRICES};
use readonce_bench::results::document::{self, Recorded};
use readonce_bench::results::report;
use std::time::Duration;

/// A short run of the whole benchmark: each program is started and called, regardless
/// of the time it takes.
#[tokio::test(flavor = "multi_thread")]
async fn the_functions_ask_of_aws_what_the_tables_say() {
    let built = Built::new(&[], Build::Tests).expect("cargo builds what it has built");
    let effort =
        Effort { starts: 1, calls: 2, delay: Duration::ZERO, over_tls: false, weigh: false, only: None };
    let timed = functions::time(&built, effort).await.expect("all programs answer");
    let over_tls = functions::time(&built, Effort { over_tls: true, ..effort }).await.expect("also over TLS");
    assert_eq!((timed.len(), over_tls.len()), (8, 3));
    for timed in timed.iter().chain(&over_tls) {
        assert!(timed.start > 0.0 && timed.warm > 0.0 && timed.start_cpu > 0.0, "{timed:?}");
        assert!(timed.peak_memory > 1_000_000.0 && timed.program_bytes > 100_000, "{timed:?}");
    }
    assert!(timed[2].warm_waited > 0.0, "share asks AWS: {:?}", timed[2]);
    assert_eq!(timed[0].what, BARE.name);

    let observed = functions::observe(&built).await.expect("all programs answer");
    let committed = Recorded::committed().expect("the results are committed").observed;
    // The log contains durations, which have one to three digits.
    let without_log = |observed: &Observed| Observed { log_bytes: 0, ..observed.clone() };
    for (observed, committed) in observed.iter().zip(&committed) {
        assert_eq!(
            without_log(observed),
            without_log(committed),
            "run: cargo run -p readonce-bench -- calls --save, then cost --save"
        );
        assert!(observed.log_bytes.abs_diff(committed.log_bytes) < 6, "{observed:?} {committed:?}");
    }
    assert_eq!(observed.len(), committed.len());
}

#[test]
fn the_tables_are_made_of_what_is_committed() {
    let recorded = Recorded::committed().expect("the results are committed");
    let table = document::block("docs/benchmarks.md", "functions").expect("the document has this block");
    assert_eq!(table, report::functions(&recorded).trim());
}

#[test]
fn the_readme_states_the_computed_cost() {
    let recorded = Recorded::committed().expect("the results are committed");
    let bill = cost::bill(&recorded, PRICES, ASSUMPTIONS).expect("all of it was measured");
    let table = document::block("README.md", "cost").expect("the README has this block");
    assert_eq!(table, bill.in_words().trim(), "run: cargo run -p readonce-bench -- cost --save");
    assert!(bill.total() < 9.0, "the aim for a million secrets");
}
