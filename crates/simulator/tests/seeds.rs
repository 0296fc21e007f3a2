//! A fixed set of seeds keeps all rules, and one seed has one history.

use readonce_simulator::Seed;

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
fn one_seed_has_one_history() {
    for seed in [3, 5, 7, 11, 13] {
        assert!(Seed::run(seed).history == Seed::run(seed).history, "seed {seed}");
    }
}
