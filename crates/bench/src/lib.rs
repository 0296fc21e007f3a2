//! Measures the figures in README and docs/benchmarks.md.
//!
//! - [`functions`]: each function's release program under a Runtime API, next to ones
//!   that do nothing: start-up, calls, CPU, memory, sizes, and calls to AWS.
//! - [`local`]: the local server under load.
//! - [`results::cost`]: the cost of a million secrets, computed from the observations.
//!
//! No test asserts a time. The test of this package asserts what does not depend on the
//! machine: the calls to AWS, their order and capacity.

pub mod functions;
pub mod harness;
pub mod local;
pub mod results;
pub mod statistics;

/// The reason why a measurement failed, in words for a person.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// The result of a measurement.
pub type Result<T> = std::result::Result<T, Error>;
