//! The operator's command line, as a process.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

use readonce_tests::process::{data_directory, printed, run};
use serde_json::{Value, json};
use std::path::Path;

const TOM: &str = "tom@example.com";

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_readonce-admin"))
}

/// A data directory and the commands on it.
struct Admin(tempfile::TempDir);

impl Admin {
    fn new() -> Self {
        Self(data_directory().unwrap())
    }

    fn data(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    async fn succeeds(&self, options: &[&str]) -> String {
        let output = run(program(), &[options, &["--data", self.data()]].concat(), &[]).await;
        let (stdout, stderr) = printed(&output);
        assert!(output.status.success(), "{options:?}: {stderr}");
        stdout
    }

    async fn json(&self, options: &[&str]) -> Value {
        serde_json::from_str(&self.succeeds(&[options, &["--json"]].concat()).await).unwrap()
    }

    async fn fails(&self, options: &[&str]) -> String {
        let output = run(program(), &[options, &["--data", self.data()]].concat(), &[]).await;
        assert!(!output.status.success(), "{options:?}");
        printed(&output).1
    }
}

#[tokio::test]
async fn an_account_lives_from_create_to_delete() {
    let admin = Admin::new();
    let created = admin.json(&["account", "create", TOM]).await;
    assert_eq!(created["token"].as_str().unwrap().len(), 64);
    let mut expected = json!({
        "email": TOM, "plan": "basic", "disabled": false, "domains": [], "created": created["created"],
    });
    assert_eq!(admin.json(&["account", "show", TOM]).await, expected);
    admin.succeeds(&["account", "set-plan", TOM, "identity"]).await;
    admin.succeeds(&["account", "set-plan", TOM, "--plan", "basic"]).await;
    assert_eq!(admin.json(&["account", "show", TOM]).await, expected);
    admin.succeeds(&["account", "set-plan", TOM, "--plan", "identity"]).await;
    let line = admin.succeeds(&["account", "list"]).await;
    let today = readonce_core::time::UnixTime::now().rfc3339();
    let year = today.split('-').next().unwrap();
    assert!(line.starts_with(&format!("{TOM}: plan identity, created {year}-")), "{line}");
    admin.succeeds(&["account", "disable", TOM]).await;
    admin.succeeds(&["domain", "add", TOM, "Secrets.example.com"]).await;
    admin.succeeds(&["domain", "add", TOM, "a.example.com"]).await;
    expected["plan"] = json!("identity");
    expected["disabled"] = json!(true);
    expected["domains"] = json!(["a.example.com", "secrets.example.com"]);
    assert_eq!(admin.json(&["account", "show", "TOM@example.com"]).await, expected);
    admin.succeeds(&["domain", "remove", TOM, "a.example.com"]).await;
    admin.succeeds(&["domain", "remove", TOM, "secrets.example.com"]).await;
    admin.succeeds(&["account", "enable", TOM]).await;
    expected["disabled"] = json!(false);
    expected["domains"] = json!([]);
    assert_eq!(admin.json(&["account", "list"]).await, json!([expected]));
    assert!(admin.fails(&["account", "delete", TOM]).await.contains("--yes"));
    assert_eq!(admin.json(&["account", "list"]).await, json!([expected]));
    assert_eq!(admin.succeeds(&["account", "delete", TOM, "--yes"]).await, "tom@example.com is deleted.\n");
    assert_eq!(admin.succeeds(&["account", "list"]).await, "There are no accounts.\n");
}

#[tokio::test]
async fn a_running_server_sees_changes_at_once() {
    let admin = Admin::new();
    // Cargo builds a package's programs for that package's tests only, so the
    // server is the same code in this process.
    let storage = readonce_embedded::Storage { data: Some(admin.0.path().to_owned()), outbox: None };
    let embedded = readonce_embedded::EmbeddedAws::start(&storage).await.unwrap();
    let table =
        readonce_core::table::Table::new(embedded.config().dynamodb_client(), readonce_embedded::aws::TABLE);
    let email = readonce_core::address::email::EmailAddress::parse(TOM).unwrap();
    assert!(table.account(&email).await.unwrap().is_none());
    let created = admin.json(&["account", "create", TOM, "--plan", "identity"]).await;
    let hash = |token: &Value| {
        readonce_core::account::token::ApiToken::parse(token.as_str().unwrap()).unwrap().hash()
    };
    let account = table.account(&email).await.unwrap().unwrap();
    assert!(account.token_hash.matches(&hash(&created["token"])));
    let rotated = admin.json(&["account", "rotate-token", TOM]).await;
    let account = table.account(&email).await.unwrap().unwrap();
    assert!(account.token_hash.matches(&hash(&rotated["token"])));
    assert!(!account.token_hash.matches(&hash(&created["token"])));
}

#[tokio::test]
async fn a_token_is_printed_where_it_is_made_and_nowhere_else() {
    let admin = Admin::new();
    let printed = admin.succeeds(&["account", "create", TOM]).await;
    let token = printed.lines().find_map(|line| line.strip_prefix("Token, shown only this once: ")).unwrap();
    for options in [&["account", "show", TOM][..], &["account", "list"], &["account", "disable", TOM]] {
        assert!(!admin.succeeds(options).await.contains(token));
        assert!(!admin.json(options).await.to_string().contains(token));
    }
}

#[tokio::test]
async fn an_invalid_command_is_explained_and_changes_nothing() {
    let admin = Admin::new();
    admin.succeeds(&["account", "create", TOM]).await;
    let before = admin.json(&["account", "list"]).await;
    for (options, expected) in [
        (&["account", "create", TOM][..], "there is an account tom@example.com already"),
        (&["account", "create", "tom"], "'tom' is not an e-mail address"),
        (
            &["account", "create", "a@example.com", "--plan", "gold"],
            "'gold' is not a plan: basic or identity",
        ),
        (&["account", "show", "jo@example.com"], "there is no account jo@example.com"),
        (&["account", "disable", "jo@example.com"], "there is no account jo@example.com"),
        (&["account", "delete", "jo@example.com"], "there is no account jo@example.com"),
        (&["account", "set-plan", TOM], "<PLAN>"),
        (&["account", "set-plan", TOM, "basic", "--plan", "basic"], "cannot be used with"),
        (&["domain", "remove", TOM, "a.example.com"], "tom@example.com has no domain a.example.com"),
        (&["domain", "remove", "jo@example.com", "a.example.com"], "there is no account jo@example.com"),
        (&["account", "rotate-token", "jo@example.com"], "there is no account jo@example.com"),
        (&["domain", "add", "jo@example.com", "a.example.com"], "there is no account jo@example.com"),
        (&["domain", "add", TOM, "https://a.example.com"], "is not a public host name"),
        (&["account"], "Usage:"),
    ] {
        let line = admin.fails(options).await;
        assert!(line.contains(expected), "{options:?}: {line}");
    }
    assert_eq!(admin.json(&["account", "list"]).await, before);
    let nowhere = run(program(), &["account", "list"], &[]).await;
    assert!(printed(&nowhere).1.contains("name the stack's table with --table"));
    let missing = run(program(), &["account", "list", "--data", "/nonexistent/data"], &[]).await;
    let hint = "there is no /nonexistent/data yet: start 'readonce-local --data /nonexistent/data' once";
    assert!(printed(&missing).1.contains(hint));
    let other = data_directory().unwrap();
    std::fs::write(other.path().join("notes"), "mine").unwrap();
    let other = other.path().to_str().unwrap();
    let refused = run(program(), &["account", "list", "--data", other], &[]).await;
    assert!(
        printed(&refused)
            .1
            .contains(&format!("cannot use {other}: it is not a local server's data directory"))
    );
    assert_eq!(std::fs::read_dir(other).unwrap().count(), 1, "nothing was made there");
}

#[cfg(unix)]
#[tokio::test]
async fn a_data_directory_open_to_other_users_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let admin = Admin::new();
    admin.succeeds(&["account", "create", TOM]).await;
    for mode in [0o755, 0o750, 0o701] {
        std::fs::set_permissions(admin.data(), PermissionsExt::from_mode(mode)).unwrap();
        for options in [&["account", "list"][..], &["account", "rotate-token", TOM], &["doctor"]] {
            let line = admin.fails(options).await;
            assert!(line.contains(&format!("chmod 700 {}", admin.data())), "{line}");
        }
    }
}

#[tokio::test]
async fn it_works_on_aws_too() {
    let aws = readonce_tests::lambda::AwsOverHttp::start().await;
    let environment = aws.environment();
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let options = ["account", "create", TOM, "--json", "--table", readonce_embedded::aws::TABLE];
    let output = run(program(), &options, &environment).await;
    let (stdout, stderr) = printed(&output);
    assert!(output.status.success(), "{stderr}");
    let created: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(created["email"], TOM);
}

#[cfg(unix)]
#[tokio::test]
async fn deleting_asks_first_on_a_terminal() {
    let admin = Admin::new();
    admin.succeeds(&["account", "create", TOM]).await;
    for (answer, code) in [("n", 1), ("", 1), ("y", 0)] {
        let mut command = std::process::Command::new(program());
        command.args(["account", "delete", TOM, "--data", admin.data()]);
        let ended = tokio::task::spawn_blocking(move || {
            let mut terminal = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
            terminal.exp_string(&format!("Delete {TOM}? [y/N] ")).unwrap();
            terminal.send_line(answer).unwrap();
            let rest = terminal.exp_eof().unwrap();
            (terminal.process().wait().unwrap(), rest)
        });
        let (status, rest) = ended.await.unwrap();
        assert!(format!("{status:?}").contains(&format!(", {code})")), "{answer}: {status:?} {rest}");
        assert_eq!(rest.contains("not deleted"), code == 1, "{answer}: {rest}");
    }
    assert_eq!(admin.json(&["account", "list"]).await, json!([]));
}
