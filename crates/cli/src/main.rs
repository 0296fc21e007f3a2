//! `readonce`, the command-line client: see `--help`. It talks to any server of
//! the v1 API, so it knows that API's answers and nothing of how ours makes them.

mod call;
mod client;
mod clipboard;
mod commands;
mod config;
mod console;
mod context;
mod environment;
mod failure;
mod help;
mod input;
mod link;
mod mistakes;
mod options;
mod private_file;
mod prompt;
mod qr;
mod refusal;
mod run;
mod server;
mod terminal;
mod ttl;
mod way_out;
mod wire;
mod words;

use console::Console;
use environment::Environment;
use options::Options;
use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = Environment::read();
    let console = Console::of_this_process(&environment);
    let outcome = Options::of_this_process().and_then(|options| {
        // Without it a signal ends the process as usual.
        let _ = way_out::watch();
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
