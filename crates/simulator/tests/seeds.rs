//! A fixed set of seeds keeps all rules, meets all that can happen, and each seed has one
//! history.

use readonce_simulator::Seed;
use std::process::Command;

/// On each of two threads.
const SEEDS: u64 = 20;

fn keep_all_rules(first: u64) {
    for number in first..first + SEEDS {
        let seed = Seed::run(number);
        if let Some(broken) = seed.broken.first() {
            let shortest = Seed::shortened(number).map(|seed| seed.history).unwrap_or_default();
            panic!("seed {number} breaks a rule: {broken}:\n{shortest}");
        }
    }
}

#[test]
fn a_first_set_of_seeds_keeps_all_rules() {
    keep_all_rules(0);
}

#[test]
fn a_second_set_of_seeds_keeps_all_rules() {
    keep_all_rules(SEEDS);
}

#[test]
fn one_seed_has_one_history_in_every_process() {
    for seed in [3, 5, 7] {
        let program = env!("CARGO_BIN_EXE_readonce-simulator");
        let output = Command::new(program).args(["--seed", &seed.to_string(), "--history"]).output().unwrap();
        let history = Seed::run(seed).history;
        assert!(history == Seed::run(seed).history, "seed {seed} in this process");
        assert!(history.as_bytes() == output.stdout, "seed {seed} in another process");
    }
}

/// Without this, seeds in which nothing happens would keep all rules.
#[test]
fn a_few_seeds_meet_all_that_can_happen() {
    let histories: String = (0..2 * SEEDS).map(|seed| Seed::run(seed).history).collect();
    let missed: Vec<&str> = ALL.into_iter().filter(|met| !histories.contains(met)).collect();
    assert!(missed.is_empty(), "no seed has met {missed:?}");
}

const ALL: [&str; 31] = [
    "status: 401",
    "status: 403",
    "status: 404",
    "status: 429",
    "status: 502",
    "status: 503",
    "released: Some",
    "New)",
    "Viewed)",
    "Ended)",
    "Received)",
    "Burned)",
    "Expired)",
    "heard: false",
    "TTL deletes the row of PutItem secret",
    "UpdateItem secret (withdrawn)",
    "ConditionFailed",
    "Unsigned",
    "is carried out once more",
    "its environment dies",
    "its environment stands still",
    "its environment is killed",
    "kind: Refused",
    "kind: Silent",
    "kind: ServerError",
    "kind: Throttled",
    "kind: Denied",
    "kind: Conflict",
    "kind: AnswerLost",
    "kind: AnswerCut",
    "kind: Late",
];
