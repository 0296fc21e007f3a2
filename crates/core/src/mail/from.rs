//! The From header of a mail.

use crate::address::email::EmailAddress;
use crate::brand::BrandName;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes of a name in one encoded word, which has 75 characters at most: 60 of base64
/// and 12 around it (RFC 2047, 2).
const WORD_BYTES: usize = 45;

/// `"NAME" <ADDRESS>`, with a quoted string (RFC 5322, 3.2.4), or encoded words
/// (RFC 2047) for a name that is not ASCII: SES takes no others.
pub(crate) fn from(name: &BrandName, address: &EmailAddress) -> String {
    format!("{} <{}>", phrase(name.as_str()), address.as_str())
}

fn phrase(name: &str) -> String {
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    }
    let mut words = vec![String::new()];
    for character in name.chars() {
        // No character may be divided between two words (RFC 2047, 5).
        if words.last().is_some_and(|word| word.len() + character.len_utf8() > WORD_BYTES) {
            words.push(String::new());
        }
        words.last_mut().expect("there is a first word").push(character);
    }
    let words: Vec<String> =
        words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::phrase;

    #[test]
    fn a_name_is_quoted_or_encoded() {
        assert_eq!(phrase("Acme, Inc."), "\"Acme, Inc.\"");
        assert_eq!(phrase("A \"B\" \\ C <x@y.z>"), "\"A \\\"B\\\" \\\\ C <x@y.z>\"");
        assert_eq!(phrase("Złota"), "=?UTF-8?B?WsWCb3Rh?=");
    }

    /// That they can be read again is tested through the whole service.
    #[test]
    fn encoded_words_are_short_and_divide_no_character() {
        let long = phrase(&"€".repeat(60));
        assert_eq!(long.split(' ').count(), 4, "15 characters of three bytes in each");
        assert!(long.split(' ').all(|word| word.len() <= 75), "{long}");
        assert_eq!(phrase(&format!("a{}", "€".repeat(15))).split(' ').count(), 2);
    }
}
