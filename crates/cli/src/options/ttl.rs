//! Lifetimes as people write them: `2h30m`, `7 days`, `3600`.

use jiff::{Span, SpanRelativeTo};

/// A lifetime in seconds, at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ttl(u64);

impl Ttl {
    /// Reads a lifetime: seconds, or numbers with units from weeks to seconds.
    ///
    /// # Errors
    /// The problem, in words.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let form = "write it as 2h30m, 7d, 90min or a number of seconds";
        let text = text.trim().to_ascii_lowercase();
        let seconds = if let Ok(seconds) = text.parse::<u64>() {
            seconds
        } else {
            let span: Span = text.parse().map_err(|_| format!("that is not a lifetime; {form}"))?;
            // A month has no length of its own.
            if span.get_months() != 0 || span.get_years() != 0 {
                return Err("use weeks or days; months and years differ in length".to_owned());
            }
            let duration = span.to_duration(SpanRelativeTo::days_are_24_hours());
            let seconds = duration.ok().and_then(|duration| u64::try_from(duration.as_secs()).ok());
            seconds.ok_or_else(|| format!("that is not a lifetime; {form}"))?
        };
        if seconds == 0 { Err("a lifetime has to be longer than 0".to_owned()) } else { Ok(Self(seconds)) }
    }

    /// In seconds.
    pub(crate) fn seconds(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_read() {
        for (text, seconds) in [
            ("3600", 3600),
            ("1", 1),
            ("2h30m", 9000),
            ("2h 30m", 9000),
            ("90min", 5400),
            ("90 minutes", 5400),
            ("7d", 604_800),
            ("7 days", 604_800),
            ("1w", 604_800),
            ("1d12h", 129_600),
            ("1.5h", 5400),
            ("PT1H", 3600),
            ("2H", 7200),
            ("7D", 604_800),
            (" 1h ", 3600),
            (" 3600 ", 3600),
        ] {
            assert_eq!(Ttl::parse(text).map(Ttl::seconds), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_lifetimes() {
        for text in [
            "",
            "0",
            "0s",
            "-1h",
            "-5",
            "h",
            "2x",
            "1month",
            "1y",
            "soon",
            "1.5",
            "3600abc",
            "99999999999999999999",
        ] {
            assert!(Ttl::parse(text).is_err(), "{text}");
        }
    }
}
