//! `readonce`, the command-line client: see `--help`. It talks to any server of
//! the v1 API, so it knows that API's answers and nothing of how ours makes them.

mod call;
mod commands;
mod environment;
mod failure;
mod input;
mod options;
mod private_file;
mod run;
mod server;
mod terminal;
mod words;

use environment::Environment;
use options::Options;
use std::process::ExitCode;
use terminal::console::Console;
use terminal::signals;

fn main() -> ExitCode {
    let environment = Environment::read();
    let console = Console::of_this_process(&environment);
    let outcome = Options::of_this_process().and_then(|options| {
        // Without it a signal ends the process as usual.
        let _ = signals::watch();
        run::run(options, &environment, &console)
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
