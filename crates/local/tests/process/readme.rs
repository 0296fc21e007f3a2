//! The README's first commands, as they stand there.

use crate::program;
use readonce_tests::process::LocalServer;
use tokio::process::Command;

/// The lines of the README that begin with `curl`.
fn curls() -> Vec<String> {
    let readme = std::fs::read_to_string(crate::in_checkout("README.md")).expect("there is a README");
    readme.lines().filter(|line| line.starts_with("curl ")).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_readmes_curls_share_and_reveal() {
    if !crate::has_curl().await {
        return;
    }
    let server = LocalServer::start(program(), &[], &[]).await;
    let mut key = String::new();
    let mut revealed = false;
    for line in curls() {
        let line = line.replace("http://127.0.0.1:3000", server.origin()).replace("SECRET_KEY", &key);
        let output =
            Command::new("sh").args(["-c", &format!("{line} --silent --show-error")]).output().await.unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(answer["message"].is_null(), "{line}: {answer}");
        if line.contains("/share") {
            key = answer["secret_key"].as_str().unwrap().to_owned();
        }
        revealed |= line.contains("/secret/") && answer["value"] == "correct horse";
    }
    assert!(revealed, "the README shares and reveals");
}
