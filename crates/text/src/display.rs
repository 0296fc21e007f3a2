//! Texts of strangers among ours.

/// A name or an address without the characters that would turn the text around
/// it (Unicode's bidirectional controls) or break its line. For reading, not
/// for use as an address.
pub fn inert(text: &str) -> String {
    text.chars().filter(|character| !is_control(*character)).collect()
}

/// Is it a control character, a line separator, or one that changes the
/// direction of what follows (UAX #9)?
pub fn is_control(character: char) -> bool {
    let directs = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || directs || matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_turns_text_around_is_left_out() {
        assert_eq!(inert("a\u{202e}b\u{2066}c\nd\u{2028}e"), "abcde");
        assert_eq!(inert("zażółć גמל 漢字"), "zażółć גמל 漢字");
    }
}
