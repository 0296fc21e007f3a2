//! Whole days of the service in simulated time, drawn from a seed, and a judge.
//!
//! The functions are the real ones, with SDK clients of their own over the embedded AWS.
//! Time is tokio's paused clock, chance is the seed's, and everything runs on one
//! thread: one seed has one [`History`](history::History). [`judge`] reads that history
//! and nothing else.

mod clients;
mod dice;
pub mod history;
pub mod judge;
mod lambda;
mod network;
mod rows;
pub mod run;
pub mod script;
pub mod shorten;
mod world;

pub use run::{Run, run};
pub use world::{FaultId, Plan};
