//! How long calls took.

use hdrhistogram::Histogram;
use std::time::Duration;

/// Durations in microseconds, to three significant digits.
pub(super) struct Durations(Histogram<u64>);

impl Default for Durations {
    fn default() -> Self {
        Self(Histogram::new(3).expect("it takes up to five significant digits"))
    }
}

impl Durations {
    /// Adds one.
    pub(super) fn add(&mut self, duration: Duration) {
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.0.record(microseconds).expect("a histogram that grows takes every number");
    }

    /// Adds all of another connection.
    pub(super) fn append(&mut self, others: &Self) {
        self.0.add(&others.0).expect("a histogram that grows takes every number");
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.0.len()
    }

    /// The duration that this share of them, 0 to 1, do not exceed: milliseconds with two
    /// decimals.
    pub(super) fn at_quantile(&self, quantile: f64) -> String {
        let duration = Duration::from_micros(self.0.value_at_quantile(quantile));
        format!("{:.2}", duration.as_secs_f64() * 1_000.0)
    }
}
