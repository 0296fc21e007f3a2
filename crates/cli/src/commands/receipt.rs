//! `readonce receipt`.

use super::create;
use crate::call::Call;
use crate::call::wire::Receipt;
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::options::ReceiptOptions;
use crate::server::link::LinkKind;
use crate::words;
use jiff::tz::TimeZone;

/// Advice for an unknown receipt.
pub(crate) const UNKNOWN: &str = "The key may be mistyped, or its receipt has expired. The receipt's own key is needed, \
                           not the one in the secret's link.";

/// The state of a secret that was destroyed unread, as pages call it.
pub(crate) const DESTROYED: &str = "destroyed";

/// Prints the state of a secret.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn receipt(context: &Context<'_>, options: &ReceiptOptions) -> Result<()> {
    let (server, key) = context.place(&options.place, LinkKind::Receipt)?;
    if key == "recent" {
        // The API has its list at this place.
        return Err(Failure::new(
            Kind::Usage,
            "recent is not a receipt's key; 'readonce recent' lists the receipts",
        ));
    }
    let outcome = context.client(&server)?.call(Call::read_by_post(&["private", &key])).await;
    let answer = outcome.map_err(|failure| failure.advise_if(Kind::UnknownSecret, UNKNOWN))?;
    let receipt: Receipt = answer.read()?;
    if receipt.state.is_none() {
        return Err(answer.is_not_the_apis("a receipt without a state"));
    }
    let clear = context.servers.clear();
    if context.connection.json {
        return context.console.exactly(&answer.json_of([&receipt], clear)?);
    }
    let link = create::link(&answer, &receipt, &server.base, clear)?;
    let lines = described(&receipt, link.as_deref(), words::now(), &TimeZone::system());
    context.console.result(&lines.join("\n"))
}

/// A state of the API in the words that the pages use.
pub(crate) fn state_in_words(state: Option<&str>) -> &str {
    match state {
        Some("new" | "viewed" | "previewed" | "shared") => "not opened",
        Some("received" | "revealed") => "opened",
        Some("burned") => DESTROYED,
        Some("expired") => "expired",
        Some(other) => other,
        None => "unknown",
    }
}

/// A receipt in lines for a person.
fn described(receipt: &Receipt, link: Option<&str>, now: i64, zone: &TimeZone) -> Vec<String> {
    let when = |at: i64| format!("{} ({})", words::point_in_time(at, zone), words::ago(at, now));
    let state = state_in_words(receipt.state.as_deref());
    let since = match state {
        "opened" => receipt.received.or(receipt.updated),
        DESTROYED => receipt.updated,
        _ => None,
    };
    let mut lines = vec![match since {
        Some(at) => format!("State:       {state}, {}", when(at)),
        None if state == "not opened" => "State:       not opened yet".to_owned(),
        None => format!("State:       {state}"),
    }];
    if let Some(created) = receipt.created {
        lines.push(format!("Created:     {}", when(created)));
    }
    if let Some(seconds) = receipt.secret_ttl.filter(|_| state == "not opened") {
        let end = words::point_in_time(now.saturating_add(seconds), zone);
        lines.push(format!("Expires:     {end} ({} left)", words::duration(seconds)));
    }
    for recipient in &receipt.recipient {
        lines.push(format!("Mailed to:   {recipient}"));
    }
    if receipt.needs_passphrase() {
        lines.push("Passphrase:  needed".to_owned());
    }
    if let Some(link) = link.filter(|_| state == "not opened") {
        lines.push(format!("Link:        {link}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> String {
        let link = Some("https://eu.example.com/secret/abc");
        described(&serde_json::from_str(json).unwrap(), link, 1_700_003_600, &TimeZone::UTC).join("\n")
    }

    #[test]
    fn every_state_has_its_words() {
        assert_eq!(
            lines(
                r#"{"state":"viewed","created":1700000000,"secret_ttl":9000,"recipient":["to*****@e*****.com"],
                    "passphrase_required":true,"secret_key":"abc"}"#
            ),
            "State:       not opened yet\nCreated:     2023-11-14 22:13 UTC (1 hour ago)\n\
             Expires:     2023-11-15 01:43 UTC (2 hours 30 minutes left)\nMailed to:   to*****@e*****.com\n\
             Passphrase:  needed\nLink:        https://eu.example.com/secret/abc"
        );
        assert_eq!(
            lines(r#"{"state":"received","created":1700000000,"received":1700003000,"recipient":[]}"#),
            "State:       opened, 2023-11-14 23:03 UTC (10 minutes ago)\n\
             Created:     2023-11-14 22:13 UTC (1 hour ago)"
        );
        assert_eq!(
            lines(r#"{"state":"burned","updated":1700003600,"secret_key":"","secret_ttl":null}"#),
            "State:       destroyed, 2023-11-14 23:13 UTC (just now)"
        );
        assert_eq!(lines(r#"{"state":"expired"}"#), "State:       expired");
        assert_eq!(lines(r#"{"state":"orphaned"}"#), "State:       orphaned");
        assert_eq!(lines("{}"), "State:       unknown");
    }
}
