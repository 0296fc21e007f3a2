//! `readonce-local`: see `--help`.

use clap::Parser as _;
use readonce_local::options::Options;
use readonce_local::start;
use std::io::Write as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    readonce_http::gateway::logging::start_for_terminal();
    match start::run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "readonce-local: {error}");
            ExitCode::FAILURE
        }
    }
}
