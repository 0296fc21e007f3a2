//! `readonce`: see `--help`.

use readonce_cli::console::Console;
use readonce_cli::environment::Environment;
use readonce_cli::options::Options;
use readonce_cli::{run, way_out};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let environment = Environment::read();
    let console = Console::of_this_process(&environment);
    // Without it a signal ends the process as usual.
    let _ = way_out::watch();
    let outcome = match Options::of_this_process() {
        Ok(options) => run::run(options, &environment, &console).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
