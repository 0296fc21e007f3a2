//! `readonce-admin`: see `--help`.

use clap::Parser as _;
use readonce_admin::{options, run};
use std::io::Write as _;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run::run(options::Options::parse()).await {
        Ok(outcome) => match writeln!(std::io::stdout(), "{}", outcome.text) {
            Ok(()) if outcome.is_healthy => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        },
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "readonce-admin: {error}");
            ExitCode::FAILURE
        }
    }
}
