//! `readonce burn`.

use super::passphrase::{self, Purpose, Questions};
use super::receipt;
use crate::call::Call;
use crate::call::wire::Burned;
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result, Said};
use crate::options::BurnOptions;
use crate::server::link::LinkKind;

const IF_LOST: &str = "It may be destroyed all the same; 'readonce receipt' shows whether it is.";

/// Destroys a secret unread.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn burn(context: &Context<'_>, options: &BurnOptions) -> Result<()> {
    options.passphrase.refuse_standard_input_twice(options.place == "-")?;
    let (server, key) = context.place(&options.place, LinkKind::Receipt)?;
    let host = server.base.host();
    let given = passphrase::read(&options.passphrase, Purpose::Existing(&host))?;
    let client = context.client(&server)?;
    let questions = Questions {
        first: format!("This secret of {host} has a passphrase (not shown; empty to give up): "),
        again: "That is not its passphrase. Another try (not shown; empty to give up): ".to_owned(),
    };
    let burn = async |form| client.call(Call::post(&["private", &key, "burn"], form, IF_LOST)).await;
    let outcome =
        passphrase::with(context.console, &options.passphrase, given, burn, is_about_passphrase, &questions);
    let answer = outcome.await.map_err(explained)?;
    let burned: Burned = answer.read()?;
    let state = receipt::state_in_words(burned.state.state.as_deref());
    if state != receipt::DESTROYED {
        let message = format!("{} answers that the secret is {state}, not destroyed", server.base);
        return Err(Failure::new(Kind::Server, message).advise(IF_LOST));
    }
    if context.connection.json {
        return context.console.exactly(&answer.json_of([&burned.state], context.servers.clear())?);
    }
    context.console.result(state)?;
    context.console.say("Nobody can open it any more.");
    Ok(())
}

fn is_about_passphrase(failure: &Failure) -> bool {
    failure.said == Some(Said::WrongPassphrase)
}

fn explained(failure: Failure) -> Failure {
    if is_about_passphrase(&failure) {
        return failure.advise(
            "The secret has a passphrase, which is needed to destroy it too (--passphrase, \
             --passphrase-file). It is not destroyed.",
        );
    }
    failure.advise_if(
        Kind::UnknownSecret,
        format!("Perhaps there is nothing left to destroy (see 'readonce receipt').\n{}", receipt::UNKNOWN),
    )
}
