//! From the command line to the command.

use crate::commands::{burn, completions, generate, get, man, receipt, recent, share, status};
use crate::console::Console;
use crate::context::Context;
use crate::environment::Environment;
use crate::failure::{Failure, Kind, Result};
use crate::options::{Command, Options, Superfluous};

/// Carries the command out.
///
/// # Errors
/// What a person and a script are to be told.
pub async fn run(options: Options, environment: &Environment, console: &Console) -> Result<()> {
    refuse_superfluous(&options.command)?;
    let context = |connection| Context::new(connection, environment, console);
    let connection = &options.connection;
    match options.command {
        Command::Share(options) => share::share(&context(connection)?, options).await,
        Command::Generate(options) => generate::generate(&context(connection)?, &options).await,
        Command::Get(options) => get::get(&context(connection)?, &options).await,
        Command::Receipt(options) => receipt::receipt(&context(connection)?, &options).await,
        Command::Burn(options) => burn::burn(&context(connection)?, &options).await,
        Command::Recent => recent::recent(&context(connection)?).await,
        Command::Status => status::status(&context(connection)?).await,
        Command::Completions { shell } => completions::completions(console, shell),
        Command::Man { directory } => man::man(console, directory.as_deref()),
    }
}

fn refuse_superfluous(command: &Command) -> Result<()> {
    let (superfluous, is_share) = match command {
        Command::Share(options) => (&options.superfluous, true),
        Command::Generate(options) => (&options.superfluous, false),
        Command::Get(options) => (&options.superfluous, false),
        Command::Burn(options) => (&options.superfluous, false),
        _ => return Ok(()),
    };
    let Superfluous { superfluous } = superfluous;
    if superfluous.is_empty() {
        return Ok(());
    }
    // The word itself is not repeated.
    let failure = Failure::new(Kind::Usage, "there is a word too much on the command line");
    Err(failure.advise(if is_share {
        "A text there stays in the shell's history. Run 'readonce share' and type it, or use a pipe,\n\
         --file, or, if you mean it, --insecure-argument. Passphrases: --passphrase asks for one."
    } else {
        "If it is a passphrase: --passphrase asks for it, and --passphrase-file reads it."
    }))
}
