//! Chance, from a seed and nowhere else.

use std::time::Duration;

/// A generator whose draws depend only on what it was made of, so that leaving out
/// one fault or one request changes no other's.
pub(crate) struct Dice(fastrand::Rng);

impl Dice {
    /// The dice of one place: the seed, and the numbers that tell the place from others.
    pub(crate) fn of(parts: &[u64]) -> Self {
        let mix = |hash: u64, part: &u64| {
            let mixed = (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed ^ (mixed >> 29)
        };
        Self(fastrand::Rng::with_seed(parts.iter().fold(0x5EED, mix)))
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0.u64(..bound)
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.i64(low..=high)
    }

    /// True so many times of a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`, each with its weight.
    pub(crate) fn weighted<T: Copy>(&mut self, choices: &[(u64, T)]) -> T {
        let mut drawn = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            if drawn < *weight {
                return *choice;
            }
            drawn -= weight;
        }
        unreachable!("the draw is below the sum of the weights")
    }

    /// One of `choices`.
    pub(crate) fn one<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.0.usize(..choices.len())]
    }

    /// Between nothing and `most`, in whole milliseconds.
    pub(crate) fn up_to(&mut self, most: Duration) -> Duration {
        Duration::from_millis(self.below(u64::try_from(most.as_millis()).unwrap_or(u64::MAX) + 1))
    }

    /// A latency with a heavy tail: mostly under a second, sometimes minutes.
    pub(crate) fn latency(&mut self) -> Duration {
        let most = self.weighted(&[(45, 1), (35, 4), (15, 30), (5, 299)]);
        self.up_to(Duration::from_secs(most))
    }
}
