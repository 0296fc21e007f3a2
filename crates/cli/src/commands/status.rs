//! `readonce status`.

use crate::call::Call;
use crate::call::wire::Status;
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result};

/// Checks that the server is up and accepts the credentials, if any.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn status(context: &Context<'_>) -> Result<()> {
    let server = context.servers.chosen()?;
    let path = if server.credentials.is_some() { "authcheck" } else { "status" };
    let outcome = context.client(&server)?.call(Call::get(&[path])).await;
    let answer = outcome.map_err(|failure| match failure.kind {
        // The call has no input that could be wrong.
        Kind::Input => Failure::new(Kind::Server, failure.message).advise("Check the server's URL."),
        Kind::Credentials => failure.advise("Check user and token; --anonymous sends none."),
        _ => failure,
    })?;
    let status: Status = answer.read()?;
    let state = status.status.as_deref().unwrap_or("unknown");
    if state != "nominal" {
        return Err(Failure::new(Kind::Server, format!("{} reports the status {state}", server.base)));
    }
    if context.connection.json {
        return context.console.exactly(&answer.json()?);
    }
    let who = match &server.credentials {
        Some(credentials) => format!("and knows you as {}", credentials.user),
        None => "and was asked without credentials".to_owned(),
    };
    context.console.result(&format!("{} is up ({state}), {who}.", server.base))
}
