//! The README's first commands, as they stand there.

use crate::program;
use readonce_tests::process::LocalServer;
use tokio::process::Command;

/// The lines of the README's first block of commands with a `curl`.
fn curls() -> Vec<String> {
    let readme = std::fs::read_to_string(crate::in_checkout("README.md")).expect("there is a README");
    let mut blocks = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let block = blocks.find(|block| block.contains("curl ")).expect("a block has curls");
    block.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_readmes_curls_share_and_reveal() {
    if !crate::has_curl().await {
        return;
    }
    let server = LocalServer::start(program(), &[], &[]).await;
    let mut key = String::new();
    let mut assignment = String::new();
    let mut revealed = serde_json::Value::Null;
    for line in curls() {
        if line.starts_with("PASSWORD=") {
            assignment = format!("{line}; ");
            continue;
        }
        let line = line.replace("http://127.0.0.1:3000", server.origin()).replace("SECRET_KEY", &key);
        let script = format!("{assignment}{line} --silent --show-error");
        let output = Command::new("sh").args(["-c", &script]).output().await.unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(answer["message"].is_null(), "{line}: {answer}");
        if line.contains("/share") {
            assert_eq!(answer["ttl"], 3600);
            key = answer["secret_key"].as_str().unwrap().to_owned();
        }
        if line.contains("/secret/") {
            revealed = answer["value"].clone();
        }
    }
    // These are the characters that `-d secret=…` would change.
    let password = assignment.trim_start_matches("PASSWORD='").trim_end_matches("'; ");
    assert!(['+', '&', '%'].iter().all(|special| password.contains(*special)), "{password}");
    assert_eq!(revealed, password, "the README shares and reveals");
}
