//! Times in words.

use crate::Language;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long something is, in the largest unit that it has at least one (for
/// days: two) of.
enum Span {
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Span {
    fn of(seconds: i64) -> Self {
        match seconds {
            ..HOUR => Self::Minutes((seconds / MINUTE).max(1)),
            HOUR..DAY => Self::Hours(seconds / HOUR),
            _ => Self::Days(seconds / DAY),
        }
    }
}

impl Language {
    /// `3 days`.
    pub fn duration(self, seconds: i64) -> String {
        match Span::of(seconds) {
            Span::Minutes(minutes) => self.duration_minutes(minutes),
            Span::Hours(hours) => self.duration_hours(hours),
            Span::Days(days) => self.duration_days(days),
        }
    }

    /// `3 days left`; never more than there are.
    pub fn left(self, seconds: i64) -> String {
        match Span::of(seconds) {
            Span::Minutes(minutes) => self.left_minutes(minutes),
            Span::Hours(hours) => self.left_hours(hours),
            Span::Days(days) => self.left_days(days),
        }
    }

    /// `3 days ago`.
    pub fn ago(self, seconds: i64) -> String {
        match Span::of(seconds) {
            _ if seconds < MINUTE => self.ago_now().to_owned(),
            Span::Minutes(minutes) => self.ago_minutes(minutes),
            Span::Hours(hours) => self.ago_hours(hours),
            Span::Days(days) => self.ago_days(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_the_largest_unit() {
        for (seconds, expected) in [
            (0, "1 minute left"),
            (59, "1 minute left"),
            (120, "2 minutes left"),
            (3_599, "59 minutes left"),
            (3_600, "1 hour left"),
            (86_399, "23 hours left"),
            (86_400, "1 day left"),
            (259_200, "3 days left"),
        ] {
            assert_eq!(Language::En.left(seconds), expected);
        }
    }

    #[test]
    fn polish_has_three_plurals() {
        let days = |days: i64| Language::Pl.left(days * DAY);
        assert_eq!(days(1), "pozostał 1 dzień");
        assert_eq!(days(3), "pozostały 3 dni");
        assert_eq!(days(5), "pozostało 5 dni");
        assert_eq!(days(22), "pozostały 22 dni");
        assert_eq!(days(25), "pozostało 25 dni");
        let hours = |hours: i64| Language::Pl.duration(hours * HOUR);
        assert_eq!(
            (hours(1), hours(4), hours(12)),
            ("1 godzina".into(), "4 godziny".into(), "12 godzin".into())
        );
    }
}
