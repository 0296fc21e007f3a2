//! Formats numbers by language.

use crate::Language;

impl Language {
    /// `10,000`, `10.000` or `10 000`; Spanish and Polish write 1000 in one piece.
    pub(crate) fn number(self, number: i64) -> String {
        let (separator, least_digits) = self.grouping();
        let digits = number.unsigned_abs().to_string();
        let is_grouped = digits.len() >= least_digits;
        let mut text = String::new();
        if number < 0 {
            text.push('-');
        }
        for (index, digit) in digits.char_indices() {
            if is_grouped && index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_as_the_language_does() {
        for (language, expected) in [
            (Language::De, ["999", "1.000", "10.000", "350.000", "1.234.567"]),
            (Language::En, ["999", "1,000", "10,000", "350,000", "1,234,567"]),
            (Language::Es, ["999", "1000", "10.000", "350.000", "1.234.567"]),
            (
                Language::Fr,
                ["999", "1\u{202f}000", "10\u{202f}000", "350\u{202f}000", "1\u{202f}234\u{202f}567"],
            ),
            (Language::Pl, ["999", "1000", "10\u{a0}000", "350\u{a0}000", "1\u{a0}234\u{a0}567"]),
        ] {
            assert_eq!(
                [999, 1_000, 10_000, 350_000, 1_234_567].map(|number| language.number(number)),
                expected
            );
        }
        assert_eq!(Language::En.number(-1_000), "-1,000");
    }
}
