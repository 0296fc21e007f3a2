//! `infra/smoke-test.sh`, which an operator points at a URL.

use crate::start;
use readonce_tests::process::{printed, run};

const SCRIPT: &str = "infra/smoke-test.sh";

#[tokio::test]
async fn a_good_service_passes() {
    if !crate::has_curl().await {
        return;
    }
    let server = start(&["--account", "tom@example.com:0123456789abcdef0123456789abcdef"]).await;
    for arguments in
        [vec![server.origin()], vec![server.origin(), "tom@example.com:0123456789abcdef0123456789abcdef"]]
    {
        let output = run(&crate::in_checkout(SCRIPT), &arguments, &[]).await;
        let (stdout, stderr) = printed(&output);
        assert!(output.status.success(), "{stdout}{stderr}");
        assert!(stdout.lines().count() >= 6, "a line for each check: {stdout}");
        assert!(!stdout.contains("0123456789abcdef"), "{stdout}");
    }
}

#[tokio::test]
async fn everything_else_fails() {
    if !crate::has_curl().await {
        return;
    }
    let server = start(&["--account", "tom@example.com:0123456789abcdef0123456789abcdef"]).await;
    let no_service = format!("{}/nothing/here", server.origin());
    for arguments in [
        vec!["http://127.0.0.1:9"],
        vec![no_service.as_str()],
        vec![server.origin(), "tom@example.com:badc0de5"],
        vec![],
    ] {
        let output = run(&crate::in_checkout(SCRIPT), &arguments, &[]).await;
        assert!(!output.status.success(), "{arguments:?}: {:?}", printed(&output));
    }
}
