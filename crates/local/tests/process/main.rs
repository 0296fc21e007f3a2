//! The local server as a process: its options, its data, its log, its end.

mod accounts;
mod data;
mod kills;
mod leaks;
mod options;
mod races;
mod readme;
mod smoke;
mod stopping;
mod switches;

use readonce_tests::process::LocalServer;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The program under test.
fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_readonce-local"))
}

/// The program, running.
async fn start(options: &[&str]) -> LocalServer {
    LocalServer::start(program(), options, &[]).await
}

/// An account for tests.
const TOM: &str = "tom@example.com";
/// Its token.
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The program with that account, running.
async fn start_with_tom(options: &[&str]) -> LocalServer {
    LocalServer::start_with_accounts(program(), &format!("{TOM}:{TOKEN}\n"), options, &[]).await
}

/// Is there a curl? CI must have one; elsewhere a test that needs it says that
/// it is skipped.
async fn has_curl() -> bool {
    let found = Command::new("curl").arg("--version").output().await.is_ok();
    assert!(found || readonce_core::environment::variable("CI").is_none(), "CI needs curl");
    if !found {
        let _ = writeln!(std::io::stderr(), "skipped: there is no curl on this machine");
    }
    found
}

/// A file of this checkout, which a build directory shared by two does not know.
fn in_checkout(path: &str) -> PathBuf {
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    Path::new(&package).join("../..").join(path)
}
