//! `readonce`: see `--help`.

use clap::Parser as _;
use readonce_cli::console::Console;
use readonce_cli::environment::Environment;
use readonce_cli::{options, run};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Help ends with 0 and a command line that makes no sense with 2, in here.
    let options = options::Options::parse();
    let environment = Environment::read();
    let console = Console::of_this_process(&environment);
    match run::run(options, &environment, &console).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
