//! The message around a link, ready to paste into a mail or a chat.

use crate::call::wire::Receipt;
use crate::words;

/// The message in lines, without a line end: the link, how often and until when it
/// works, whether a passphrase comes separately, and the advice for a link that is
/// already used up. The recipient may be in any time zone, so times are in UTC.
pub(crate) fn around(link: &str, receipt: &Receipt, now: i64) -> String {
    let seconds = receipt.secret_ttl.or(receipt.ttl);
    let end = seconds.map(|seconds| words::date_in_utc(now.saturating_add(seconds)));
    let until = end.map(|end| format!(", until {end}")).unwrap_or_default();
    let mut lines = vec![
        "This link shows you a secret:".to_owned(),
        String::new(),
        link.to_owned(),
        String::new(),
        format!("It works only once{until}. Have a place ready to keep the text."),
    ];
    if receipt.needs_passphrase() {
        lines.push("You also need a passphrase, which I will give you in another way.".to_owned());
    }
    lines.push("If the link no longer works, tell me at once: someone else may have opened it.".to_owned());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_the_link_the_end_and_the_passphrase() {
        let message = |json: &str| {
            around("https://eu.example.com/secret/abc", &serde_json::from_str(json).unwrap(), 1_700_000_000)
        };
        assert_eq!(
            message(r#"{"ttl":"3600","secret_ttl":3600,"passphrase_required":true}"#),
            "This link shows you a secret:\n\nhttps://eu.example.com/secret/abc\n\n\
             It works only once, until 14 November 2023, 23:13 UTC. Have a place ready to keep the text.\n\
             You also need a passphrase, which I will give you in another way.\n\
             If the link no longer works, tell me at once: someone else may have opened it."
        );
        let bare = message("{}");
        assert!(bare.contains("\nIt works only once. Have") && !bare.contains("passphrase"), "{bare}");
    }
}
