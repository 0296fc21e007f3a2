//! Executes the command that was parsed.

use crate::commands::context::Context;
use crate::commands::{burn, completions, generate, get, man, receipt, recent, share, status};
use crate::environment::Environment;
use crate::failure::Result;
use crate::options::{Command, Options};
use crate::terminal::console::Console;

/// Executes the command.
///
/// # Errors
/// The failure to report.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(options: Options, environment: &Environment, console: &Console) -> Result<()> {
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
