//! Points in time on a page: in words, and exactly on demand.

use readonce_core::time::UnixTime;
use readonce_text::Language;

/// A point in time.
pub(super) struct Moment {
    /// `3 days ago` or `3 days left`.
    pub(super) words: String,
    /// For programs: `2026-11-23T14:05:09Z`.
    pub(super) rfc3339: String,
    /// For people: `23 November 2026, 14:05 UTC`.
    pub(super) exact: String,
}

impl Moment {
    /// A point at which something has happened, which is not to come, whatever a
    /// clock says that was set back since.
    pub(super) fn past(time: UnixTime, now: UnixTime, language: Language) -> Self {
        let words = language.ago(now.since(time).max(0));
        Self { words, rfc3339: time.rfc3339(), exact: time.in_utc(language) }
    }

    /// A point as it is seen from `now`.
    pub(super) fn of(time: UnixTime, now: UnixTime, language: Language) -> Self {
        let seconds = time.since(now);
        let words = if seconds > 0 { language.left(seconds) } else { language.ago(-seconds) };
        Self { words, rfc3339: time.rfc3339(), exact: time.in_utc(language) }
    }
}
