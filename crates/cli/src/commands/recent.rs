//! `readonce recent`.

use super::receipt::state_in_words;
use crate::call::Call;
use crate::call::wire::Receipt;
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::words;

/// Lists the caller's newest receipts.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn recent(context: &Context<'_>) -> Result<()> {
    let server = context.servers.chosen()?;
    if server.credentials.is_none() {
        return Err(Failure::new(
            Kind::Credentials,
            "the list belongs to an account, and there are no credentials",
        )
        .advise("Set READONCE_USER and READONCE_TOKEN, or use --user and --token-file."));
    }
    let outcome = context.client(&server)?.call(Call::get(&["private", "recent"])).await;
    let answer = outcome.map_err(|failure| {
        failure.advise_if(Kind::UnknownSecret, "This server keeps no list of receipts.")
    })?;
    let receipts: Vec<Receipt> = answer.read()?;
    if context.connection.json {
        return context.console.exactly(&answer.json_of(&receipts, context.servers.clear())?);
    }
    if receipts.is_empty() {
        context.console.say("There are no receipts.");
        return Ok(());
    }
    context.console.result(&table(&receipts, words::now()))
}

/// One line for each receipt, below a line that names the columns.
fn table(receipts: &[Receipt], now: i64) -> String {
    let row = |key: &str, state: &str, created: &str, recipients: &str| {
        format!("{key:<31}  {state:<10}  {created:<14}  {recipients}").trim_end().to_owned()
    };
    let mut lines = vec![row("RECEIPT", "STATE", "CREATED", "MAILED TO")];
    lines.extend(receipts.iter().map(|receipt| {
        row(
            receipt.key().unwrap_or_default(),
            state_in_words(receipt.state.as_deref()),
            &receipt.created.map(|at| words::ago(at, now)).unwrap_or_default(),
            &receipt.recipient.join(" "),
        )
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_are_listed_in_columns() {
        let receipts: Vec<Receipt> = serde_json::from_str(
            r#"[{"metadata_key":"0123456789012345678901234567890","state":"new","created":1700000000,
                 "recipient":["to*****@e*****.com"],"secret_ttl":null},
                {"metadata_key":"abc","state":"received","created":"1699990000"},{}]"#,
        )
        .unwrap();
        assert_eq!(
            table(&receipts, 1_700_000_060),
            "RECEIPT                          STATE       CREATED         MAILED TO\n\
             0123456789012345678901234567890  not opened  1 minute ago    to*****@e*****.com\n\
             abc                              opened      2 hours ago\n\
             \u{20}                                unknown"
        );
    }
}
