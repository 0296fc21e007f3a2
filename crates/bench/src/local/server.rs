//! The local server in its own process. It is this program again, which contains the
//! server's code, built in the same way as `readonce-local`.

use readonce_tests::process::LocalServer;
use std::path::Path;

/// The argument that makes this program the server.
pub const SERVE: &str = "serve";

/// Starts the server, in memory or on a directory. It logs only warnings and errors,
/// because reading a line per request would slow the measuring process.
pub(super) async fn start(data: Option<&Path>, account: Option<&str>) -> LocalServer {
    let program = std::env::current_exe().expect("a program knows its own file");
    let data = data.map(|path| path.to_str().expect("a temporary directory is text"));
    let mut options = vec![SERVE, "--listen", "127.0.0.1:0"];
    options.extend(data.into_iter().flat_map(|data| ["--data", data]));
    LocalServer::start_with_accounts(&program, account.unwrap_or_default(), &options, &[("RUST_LOG", "warn")])
        .await
}
