//! `--data`: what survives. What several processes share is in races.rs.

use crate::start;

const TOM: &str = "tom@example.com";
const TOKEN: &str = "0123456789abcdef";

#[tokio::test]
async fn secrets_accounts_and_the_key_survive_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    // A directory that is not there yet is made.
    let data = directory.path().join("new/data");
    let data = data.to_str().unwrap();
    let account = format!("{TOM}:{TOKEN}:identity");
    let server = start(&["--data", data, "--account", &account]).await;
    let open = server.account(TOM, TOKEN).shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    let used = server.anonymous().shared(&[("secret", "used")]).await;
    server.anonymous().revealed(&used).await.unwrap();
    server.stop("-TERM").await;

    let server = start(&["--data", data]).await;
    assert_eq!(server.anonymous().revealed(&used).await.unwrap_err(), "Unknown secret");
    let answer = server.account(TOM, TOKEN).reveal(&open, &[("passphrase", "horse")]).await;
    assert_eq!(answer.text("value"), "text");
    let large = "x".repeat(100_000);
    assert_eq!(
        server.account(TOM, TOKEN).share(&[("secret", &large)]).await.status,
        200,
        "on the identity plan"
    );
}

#[tokio::test]
async fn without_it_nothing_survives() {
    let server = start(&[]).await;
    let key = server.anonymous().shared(&[("secret", "text")]).await;
    server.stop("-TERM").await;
    assert_eq!(start(&[]).await.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
}

#[cfg(unix)]
#[tokio::test]
async fn what_it_writes_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    start(&["--data", directory.path().to_str().unwrap()]).await.stop("-TERM").await;
    let entries: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(Result::unwrap).collect();
    assert_eq!(entries.len(), 3, "the table, the key and the lock: {entries:?}");
    for entry in entries {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{entry:?}");
    }
}
