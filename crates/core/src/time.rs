//! Points in time, as the table and the API write them.

use readonce_text::Language;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds per day.
pub const DAY_SECONDS: i64 = 86_400;
/// Seconds per hour.
pub const HOUR_SECONDS: i64 = 3_600;
/// Seconds per minute.
pub const MINUTE_SECONDS: i64 = 60;

/// Whole seconds since 1970-01-01T00:00:00Z (Unix time, no leap seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixTime(i64);

impl UnixTime {
    /// The wall clock. All other code takes the time as a parameter.
    pub fn now() -> Self {
        Self(i64::try_from(since_epoch().as_secs()).unwrap_or(i64::MAX))
    }

    /// The point `seconds` after the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds after the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This point plus `seconds`; saturates instead of wrapping.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// For people, to the minute: `23 November 2026, 14:05 UTC`; `-` where
    /// [`Self::rfc3339`] gives it.
    pub fn in_utc(self, language: Language) -> String {
        // 2026-11-23T14:05:09Z
        let text = self.rfc3339();
        let number = |range| text.get(range).and_then(|digits: &str| digits.parse().ok());
        match (text.get(..4), number(5..7), number(8..10), text.get(11..16)) {
            (Some(year), Some(month), Some(day), Some(time)) => language.date_time(day, month, time, year),
            _ => text,
        }
    }

    /// RFC 3339 in UTC: `2026-11-23T14:05:09Z`. A point beyond the year 9999 has no
    /// such form and gives `-`.
    pub fn rfc3339(self) -> String {
        let instant = aws_smithy_types::DateTime::from_secs(self.0);
        instant.fmt(aws_smithy_types::date_time::Format::DateTime).unwrap_or_else(|_| "-".to_owned())
    }

    /// Seconds from `earlier` to here, negative if `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Time from now until a point in time, given as its distance from the epoch; Lambda
/// gives a call's deadline so. Zero if it has passed.
pub fn until(point_since_epoch: Duration) -> Duration {
    point_since_epoch.saturating_sub(since_epoch())
}

/// Time since 1970-01-01T00:00:00Z.
#[expect(clippy::disallowed_methods, reason = "this is the one home of the clock")]
pub fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::UnixTime;
    use readonce_text::Language;

    #[test]
    fn times_are_written_out() {
        let written = |seconds, language| UnixTime::from_seconds(seconds).in_utc(language);
        for (language, expected) in [
            (Language::De, "14. November 2023, 22:13 Uhr UTC"),
            (Language::En, "14 November 2023, 22:13 UTC"),
            (Language::Es, "14 de noviembre de 2023, 22:13 UTC"),
            (Language::Fr, "14 novembre 2023 à 22:13 UTC"),
            (Language::Pl, "14 listopada 2023, 22:13 UTC"),
        ] {
            assert_eq!(written(1_700_000_000, language), expected);
        }
        assert_eq!(written(1_701_388_800, Language::Fr), "1er décembre 2023 à 00:00 UTC");
        assert_eq!(written(4_300_000_000, Language::En), "6 April 2106, 12:26 UTC");
        assert_eq!(written(i64::MAX, Language::En), "-");
        assert_eq!(UnixTime::from_seconds(1_700_000_009).rfc3339(), "2023-11-14T22:13:29Z");
    }
}
