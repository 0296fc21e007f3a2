//! Formats durations in words.

use crate::Language;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A duration, rounded to the nearest unit. Hours and days start at two, because a
/// rounded one could be half as long again; 60 minutes are one hour, and 24 hours one
/// day.
enum Span {
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Span {
    fn of(seconds: i64) -> Self {
        let nearest = |unit: i64| seconds / unit + i64::from(seconds % unit >= unit / 2);
        match (nearest(MINUTE), nearest(HOUR)) {
            (60, _) => Self::Hours(1),
            (_, 24) => Self::Days(1),
            (minutes @ ..120, _) => Self::Minutes(minutes.max(1)),
            (_, hours @ ..48) => Self::Hours(hours),
            _ => Self::Days(nearest(DAY)),
        }
    }
}

impl Language {
    /// For example `3 days`; takes seconds.
    pub fn duration(self, seconds: i64) -> String {
        match Span::of(seconds) {
            Span::Minutes(minutes) => self.duration_minutes(minutes),
            Span::Hours(hours) => self.duration_hours(hours),
            Span::Days(days) => self.duration_days(days),
        }
    }

    /// For example `3 days left`; takes seconds.
    pub fn left(self, seconds: i64) -> String {
        match Span::of(seconds) {
            Span::Minutes(minutes) => self.left_minutes(minutes),
            Span::Hours(hours) => self.left_hours(hours),
            Span::Days(days) => self.left_days(days),
        }
    }

    /// Asks to try again after this many seconds, rounded up.
    pub fn retry_after(self, seconds: i64) -> String {
        let whole = |unit: i64| seconds / unit + i64::from(seconds % unit > 0);
        match whole(MINUTE) {
            minutes @ ..120 => self.error_too_many(minutes),
            _ => self.error_too_many_hours(whole(HOUR)),
        }
    }

    /// For example `3 days ago`; takes seconds.
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
    fn durations_are_rounded_to_the_nearest_unit() {
        for (seconds, expected) in [
            (0, "1 minute left"),
            (89, "1 minute left"),
            (90, "2 minutes left"),
            (3_569, "59 minutes left"),
            (3_599, "1 hour left"),
            (3_629, "1 hour left"),
            (5_400, "90 minutes left"),
            (7_169, "119 minutes left"),
            (7_170, "2 hours left"),
            (8_999, "2 hours left"),
            (9_000, "3 hours left"),
            (84_599, "23 hours left"),
            (86_399, "1 day left"),
            (88_200, "25 hours left"),
            (170_999, "47 hours left"),
            (172_799, "2 days left"),
            (604_799, "7 days left"),
            (561_599, "6 days left"),
        ] {
            assert_eq!(Language::En.left(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn waits_are_rounded_up_and_use_hours_from_two_hours() {
        for (seconds, expected) in [
            (1, "1 minute"),
            (61, "2 minutes"),
            (3_600, "60 minutes"),
            (7_140, "119 minutes"),
            (7_141, "2 hours"),
            (7_200, "2 hours"),
            (7_201, "3 hours"),
            (9_960, "3 hours"),
            (86_400, "24 hours"),
        ] {
            let sentence = format!("Too many attempts. Please try again in {expected}.");
            assert_eq!(Language::En.retry_after(seconds), sentence, "{seconds}");
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
