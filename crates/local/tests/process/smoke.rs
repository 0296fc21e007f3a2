//! `infra/smoke-test.sh`, which an operator points at a URL.

use crate::{TOKEN, TOM, start_with_tom};
use readonce_tests::process::{printed, run};

const SCRIPT: &str = "infra/smoke-test.sh";

#[tokio::test]
async fn a_good_service_passes() {
    if !crate::has_curl().await {
        return;
    }
    let server = start_with_tom(&[]).await;
    let account = format!("{TOM}:{TOKEN}");
    for environment in [&[][..], &[("SMOKE_ACCOUNT", account.as_str())]] {
        let output = run(&crate::in_checkout(SCRIPT), &[server.origin()], environment).await;
        let (stdout, stderr) = printed(&output);
        assert!(output.status.success(), "{stdout}{stderr}");
        assert!(stdout.lines().count() >= 6, "a line for each check: {stdout}");
        let is_checked = stdout.contains("the account's credentials are accepted");
        assert_eq!(is_checked, !environment.is_empty(), "{stdout}");
        assert!(!stdout.contains(TOKEN), "{stdout}");
    }
}

#[tokio::test]
async fn everything_else_fails() {
    if !crate::has_curl().await {
        return;
    }
    let server = start_with_tom(&[]).await;
    let no_service = format!("{}/nothing/here", server.origin());
    for (arguments, account) in [
        (vec!["http://127.0.0.1:9"], ""),
        (vec![no_service.as_str()], ""),
        (vec![server.origin()], "tom@example.com:badc0de5"),
        (vec![server.origin()], "tom@example.com"),
        (vec![server.origin(), "tom@example.com:badc0de5"], ""),
        (vec![], ""),
    ] {
        let output = run(&crate::in_checkout(SCRIPT), &arguments, &[("SMOKE_ACCOUNT", account)]).await;
        assert!(!output.status.success(), "{arguments:?} {account}: {:?}", printed(&output));
    }
}

/// Every user of a machine can list the arguments of its processes.
#[tokio::test]
async fn no_credentials_stand_in_arguments_or_in_curls_environment() {
    if !crate::has_curl().await {
        return;
    }
    let server = start_with_tom(&[]).await;
    let directory = tempfile::tempdir().unwrap();
    let seen = directory.path().join("seen");
    let path = readonce_core::environment::variable("PATH").unwrap();
    let spy = format!(
        "#!/bin/sh\n{{ echo \"$*\"; env; }} >>'{}'\nPATH='{path}' exec curl \"$@\"\n",
        seen.display()
    );
    let program = directory.path().join("curl");
    std::fs::write(&program, spy).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{path}", directory.path().display());
    let account = format!("{TOM}:{TOKEN}");
    let environment = [("PATH", path.as_str()), ("SMOKE_ACCOUNT", &account)];
    let output = run(&crate::in_checkout(SCRIPT), &[server.origin()], &environment).await;
    assert!(output.status.success(), "{:?}", printed(&output));
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.contains("--config -") && !seen.contains(TOKEN), "{seen}");
}
