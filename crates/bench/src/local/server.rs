//! The local server in a process of its own: this program once more, which has
//! the server's code in it, built the same way as `readonce-local`.

use readonce_tests::process::LocalServer;
use std::path::Path;

/// What this program is told to be the server.
pub const SERVE: &str = "serve";

/// Starts it, in memory or on a directory. It logs nothing but trouble, since
/// reading a line for every request would cost the one who measures.
pub(super) async fn start(data: Option<&Path>, account: Option<&str>) -> LocalServer {
    let program = std::env::current_exe().expect("a program knows its own file");
    let data = data.map(|path| path.to_str().expect("a temporary directory is text"));
    let mut options = vec![SERVE, "--listen", "127.0.0.1:0"];
    options.extend(data.into_iter().flat_map(|data| ["--data", data]));
    LocalServer::start_with_accounts(&program, account.unwrap_or_default(), &options, &[("RUST_LOG", "warn")])
        .await
}
