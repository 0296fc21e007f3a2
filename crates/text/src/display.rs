//! Display of text that strangers supply.

/// A name or an address for display, without line breaks and without characters that
/// reorder the text around it (Unicode's bidirectional controls). The result must not
/// be used as an address.
pub fn inert(text: &str) -> String {
    text.chars().filter(|character| !is_control(*character)).collect()
}

/// Whether it is a control character, a line separator, or a character that changes the
/// direction of the text after it (UAX #9).
pub fn is_control(character: char) -> bool {
    let directs = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || directs || matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn bidirectional_controls_are_removed() {
        assert_eq!(inert("a\u{202e}b\u{2066}c\nd\u{2028}e"), "abcde");
        assert_eq!(inert("zażółć גמל 漢字"), "zażółć גמל 漢字");
    }
}
