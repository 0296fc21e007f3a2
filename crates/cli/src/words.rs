//! Times in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

const UNITS: [(i64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

/// In place of a time that no calendar has.
const BEYOND: &str = "a time beyond the calendar";

/// Seconds as their two largest units: `2 hours 30 minutes`.
pub(crate) fn duration(seconds: i64) -> String {
    let mut parts = Vec::new();
    let mut rest = seconds.max(0);
    for (length, name) in UNITS {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            parts.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { "0 seconds".to_owned() } else { parts.join(" ") }
}

/// A point in time on the clock of this machine: `2026-11-24 10:40 CET`.
pub(crate) fn point_in_time(unix_seconds: i64, zone: &TimeZone) -> String {
    match Timestamp::from_second(unix_seconds) {
        Ok(timestamp) => timestamp.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string(),
        Err(_) => BEYOND.to_owned(),
    }
}

/// A point in time for a reader in any time zone: `2 December 2026, 14:03 UTC`.
pub(crate) fn date_in_utc(unix_seconds: i64) -> String {
    match Timestamp::from_second(unix_seconds) {
        Ok(timestamp) => timestamp.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        Err(_) => BEYOND.to_owned(),
    }
}

/// The time since a point in time, in its largest unit: `3 hours ago`.
pub(crate) fn ago(unix_seconds: i64, now: i64) -> String {
    let seconds = now.saturating_sub(unix_seconds);
    let largest = UNITS.iter().find(|(length, _)| seconds >= *length);
    largest.map_or_else(
        || "just now".to_owned(),
        |(length, _)| format!("{} ago", duration(seconds - seconds % length)),
    )
}

/// Unix seconds of this machine's clock.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_units() {
        for (seconds, words) in [
            (-5, "0 seconds"),
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (61, "1 minute 1 second"),
            (9_000, "2 hours 30 minutes"),
            (3_601, "1 hour"),
            (604_800, "7 days"),
            (90_061, "1 day 1 hour"),
        ] {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn the_past_has_one_unit() {
        assert_eq!(ago(1_000, 1_000), "just now");
        assert_eq!(ago(1_000, 900), "just now");
        assert_eq!(ago(1_000, 1_059), "59 seconds ago");
        assert_eq!(ago(0, 9_000), "2 hours ago");
        assert_eq!(ago(0, 200_000), "2 days ago");
    }

    #[test]
    fn points_in_time_are_local() {
        assert_eq!(point_in_time(1_700_000_000, &TimeZone::UTC), "2023-11-14 22:13 UTC");
        assert_eq!(date_in_utc(1_700_000_000), "14 November 2023, 22:13 UTC");
        assert_eq!(date_in_utc(i64::MAX), "a time beyond the calendar");
        assert_eq!(point_in_time(i64::MAX, &TimeZone::UTC), "a time beyond the calendar");
    }
}
