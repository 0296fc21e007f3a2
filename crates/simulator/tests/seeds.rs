//! A fixed set of seeds keeps all rules, and one seed has one history.

use readonce_simulator::shorten::find;
use readonce_simulator::{Plan, run};

/// What runs on one thread of the tests.
const SEEDS: u64 = 20;

fn keep_all_rules(first: u64) {
    for seed in first..first + SEEDS {
        let (_, finding) = find(seed, false);
        let Some(finding) = finding else { continue };
        let history = finding.shortest.map(|run| run.history.to_string()).unwrap_or_default();
        panic!("seed {seed} breaks {}:\n{history}", finding.violations[0]);
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
fn one_seed_has_one_history() {
    for seed in [3, 5, 7, 11, 13] {
        let history = |seed| run(&Plan { seed, ..Plan::default() }).history.to_string();
        assert_eq!(history(seed), history(seed), "seed {seed}");
    }
}
