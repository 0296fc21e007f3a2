//! Whole days of the service in simulated time, drawn from a seed, and a judge.
//!
//! The functions are the real ones, with SDK clients of their own over the embedded AWS.
//! Time is tokio's paused clock, chance is the seed's, and everything runs on one
//! thread: one seed has one history. The judge reads that history and nothing else.

mod clients;
mod dice;
mod history;
mod judge;
mod lambda;
mod network;
mod run;
mod script;
mod shorten;
mod world;

use judge::judge;
use std::time::Duration;
use world::Plan;

/// What a seed is.
pub struct Seed {
    /// The rules that it breaks, and at which request.
    pub broken: Vec<String>,
    /// What happened, a line for each event.
    pub history: String,
    /// How much simulated time it took.
    pub lasted: Duration,
    /// The requests that came to a function.
    pub requests: usize,
    /// What went wrong by itself.
    pub faults: usize,
}

impl Seed {
    /// Runs the seed and judges it.
    pub fn run(seed: u64) -> Self {
        Self::of(&run::run(&Plan { seed, ..Plan::default() }))
    }

    /// The shortest history that breaks the first of the rules that the seed breaks.
    pub fn shortened(seed: u64) -> Option<Self> {
        let plan = Plan { seed, ..Plan::default() };
        let rule = judge(&run::run(&plan).history).first()?.rule;
        Some(Self::of(&shorten::shorten(&plan, rule)))
    }

    fn of(run: &run::Run) -> Self {
        Self {
            broken: judge(&run.history).iter().map(ToString::to_string).collect(),
            history: run.history.to_string(),
            lasted: run.lasted,
            requests: run.history.events.iter().filter(|event| event.is_arrival()).count(),
            faults: run.faults.len(),
        }
    }
}
