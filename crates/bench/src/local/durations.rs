//! Medians and percentiles.

use std::time::Duration;

/// How long many calls took, in microseconds.
#[derive(Default)]
pub(super) struct Durations(Vec<u32>);

impl Durations {
    /// One more.
    pub(super) fn add(&mut self, duration: Duration) {
        self.0.push(u32::try_from(duration.as_micros()).unwrap_or(u32::MAX));
    }

    /// All of these.
    pub(super) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// In rising order, to take percentiles of.
    pub(super) fn sorted(mut self) -> Sorted {
        self.0.sort_unstable();
        Sorted(self.0)
    }
}

/// Durations in rising order.
pub(super) struct Sorted(Vec<u32>);

impl Sorted {
    /// What so many in a thousand do not exceed (the nearest rank), in
    /// microseconds; 0 if there are none.
    pub(super) fn percentile(&self, permille: usize) -> u32 {
        let rank = (self.0.len() * permille).div_ceil(1_000);
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// Microseconds as milliseconds with two decimals.
pub(super) fn milliseconds(microseconds: u32) -> String {
    format!("{:.2}", f64::from(microseconds) / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut durations = Durations::default();
        for milliseconds in (1..=200).rev() {
            durations.add(Duration::from_millis(milliseconds));
        }
        let sorted = durations.sorted();
        let found = [0, 500, 990, 999, 1_000].map(|permille| sorted.percentile(permille));
        assert_eq!(found, [1_000, 100_000, 198_000, 200_000, 200_000]);
        assert_eq!(Durations::default().sorted().percentile(500), 0);
    }
}
