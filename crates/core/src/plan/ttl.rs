//! Lifetimes of secrets.

/// Minimum ttl, in seconds; lower values are raised to it.
pub const MINIMUM_SECONDS: i64 = 60;
/// Default ttl, in seconds: seven days.
pub const DEFAULT_SECONDS: i64 = 604_800;

/// The ttl of a secret in seconds, from the parameter as it was sent. It is clamped to
/// the minimum and the plan's maximum, and never refused.
pub fn effective_seconds(sent: Option<&str>, plan_maximum_seconds: i64) -> i64 {
    let wanted = sent.map_or(DEFAULT_SECONDS, leading_integer);
    wanted.min(plan_maximum_seconds).max(MINIMUM_SECONDS)
}

/// The integer at the start of a text, parsed as the old service does: `3600abc` and
/// `3600.9` are 3600, and leading blanks are ignored. Too large numbers saturate.
/// Without a digit, or with a minus sign, the result is 0: every caller treats a
/// negative number as 0.
pub(crate) fn leading_integer(text: &str) -> i64 {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let digits = text.strip_prefix('+').unwrap_or(text);
    let digits = digits.bytes().take_while(u8::is_ascii_digit);
    digits.fold(0, |so_far: i64, digit| so_far.saturating_mul(10).saturating_add(i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: i64 = 604_800;

    #[test]
    fn the_ttl_is_clamped_and_never_refused() {
        for (sent, expected) in [
            (None, WEEK),
            (Some("3600"), 3600),
            (Some("3600abc"), 3600),
            (Some("3600.9"), 3600),
            (Some(" 3600"), 3600),
            (Some("+3600"), 3600),
            (Some("60"), 60),
            (Some("59"), 60),
            (Some("0"), 60),
            (Some("-5"), 60),
            (Some("-99999999999999999999999"), 60),
            (Some(""), 60),
            (Some("abc"), 60),
            (Some("٣٦٠٠"), 60),
            (Some("604801"), WEEK),
            (Some("99999999999999999999999999"), WEEK),
        ] {
            assert_eq!(effective_seconds(sent, WEEK), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_plan_shorter_than_the_default_shortens_the_default() {
        assert_eq!(effective_seconds(None, 3600), 3600);
        assert_eq!(effective_seconds(None, 30), 60, "the minimum holds under every plan");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_ttl_in_range(text in ".*", maximum in 60..10_000_000_i64) {
            let seconds = effective_seconds(Some(&text), maximum);
            assert!((MINIMUM_SECONDS..=maximum).contains(&seconds));
        }

        #[test]
        fn every_ttl_in_range_is_kept(seconds in 60..=604_800_i64) {
            assert_eq!(effective_seconds(Some(&seconds.to_string()), WEEK), seconds);
        }
    }
}
