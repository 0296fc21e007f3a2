//! Results: stored in docs/benchmarks.json, printed, and turned into costs.

pub mod cost;
pub mod document;
pub mod report;
