//! The local server as a process: its options, its data, its log, its end.

mod data;
mod leaks;
mod options;
mod readme;
mod stopping;

use readonce_tests::process::LocalServer;
use std::path::Path;

/// The program under test.
fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_readonce-local"))
}

/// The program, running.
async fn start(options: &[&str]) -> LocalServer {
    LocalServer::start(program(), options, &[]).await
}
