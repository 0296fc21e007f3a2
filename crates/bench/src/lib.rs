//! Measures what README and docs/benchmarks.md state.
//!
//! - [`functions`]: each function's release program under a Runtime API, next to
//!   ones that do nothing: start-up, calls, CPU, memory, sizes, and what they
//!   ask of AWS.
//! - [`local`]: the local server under load.
//! - [`results::cost`]: what a million secrets cost, computed from what was observed.
//!
//! Nothing here asserts a time. What is asserted, by the test of this package,
//! is what no machine changes: the calls to AWS, their order and capacity.

pub mod functions;
pub mod harness;
pub mod local;
pub mod results;
pub mod statistics;

/// Why a measurement could not be made, in words for a person.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// What a measurement came to.
pub type Result<T> = std::result::Result<T, Error>;
