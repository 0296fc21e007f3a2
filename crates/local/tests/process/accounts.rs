//! Accounts that a server is started with, and where their tokens are.

use crate::{TOKEN, TOM, program, start, start_with_tom};
use readonce_core::table::Table;
use readonce_embedded::{EmbeddedAws, Storage, aws};
use readonce_tests::Caller;
use readonce_tests::process::{LocalServer, data_directory, printed, run};
use rexpect::session::{PtySession, spawn_command};
use std::process::{Command, Stdio};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

/// Longer than the program takes on any machine.
const PATIENCE_MILLISECONDS: u64 = 60_000;

/// Whether these credentials are good.
async fn is_known(origin: &str, user: &str, token: &str) -> bool {
    let basic = readonce_tests::caller::Basic { user: user.to_owned(), password: token.to_owned() };
    Caller::new(origin, Some(basic)).get("/api/v1/authcheck").await.status == 200
}

/// The program on a terminal of its own.
struct Terminal(PtySession);

impl Terminal {
    fn start(options: &[&str]) -> Self {
        let mut command = Command::new(program());
        command.args(["--listen", "127.0.0.1:0"]).args(options);
        Self(spawn_command(command, Some(PATIENCE_MILLISECONDS)).expect("the program starts"))
    }

    /// The rest of the line after this.
    fn line(&mut self, begins: &str) -> String {
        self.0.exp_string(begins).unwrap_or_else(|error| panic!("no {begins:?}: {error}"));
        self.0.read_line().expect("the line ends").trim_end().to_owned()
    }
}

/// Runs `work` where it may block, and then asks a server about an account.
async fn on_a_terminal(options: &[&str], begins: &'static str) -> (Terminal, String, String) {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let work = move || {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let mut terminal = Terminal::start(&options);
        let origin = terminal.line("Readonce is listening on ");
        let line = terminal.line(begins);
        (terminal, origin, line)
    };
    tokio::task::spawn_blocking(work).await.expect("it has seen both")
}

#[tokio::test]
async fn the_demo_accounts_token_is_shown_on_a_terminal_only() {
    let (terminal, origin, line) = on_a_terminal(&[], "Demo account: ").await;
    let (user, token) = line.split_once(':').unwrap();
    assert!(user == "demo@example.com" && is_known(&origin, user, token).await, "{line}");
    drop(terminal);
    let (_, printed) = start(&[]).await.stop("-INT").await;
    assert!(printed.contains("No demo account") && printed.contains("--account-file"), "{printed}");
    assert!(!printed.contains("demo@example.com"), "{printed}");
    let (_, printed) = start_with_tom(&[]).await.stop("-INT").await;
    assert!(!printed.contains("emo account"), "{printed}");
}

/// There it would stay for good.
#[tokio::test]
async fn a_data_directory_gets_no_demo_account() {
    let directory = data_directory().unwrap();
    let data = ["--data", directory.path().to_str().unwrap()];
    let (terminal, ..) = on_a_terminal(&data, "Open it in a browser").await;
    drop(terminal);
    let storage = Storage { data: Some(directory.path().to_owned()), outbox: None };
    let embedded = EmbeddedAws::start(&storage).await.unwrap();
    let table = Table::new(embedded.config().dynamodb_client(), aws::TABLE);
    assert!(table.accounts().await.unwrap().is_empty());
    let (_, printed) = start(&data).await.stop("-INT").await;
    assert!(!printed.contains("emo account"), "{printed}");
}

#[tokio::test]
async fn a_new_accounts_token_is_shown_on_a_terminal_only() {
    let data = data_directory().unwrap();
    let options = ["--data", data.path().to_str().unwrap(), "--account", "tom@example.com:identity"];
    let output = run(program(), &[&options[..], &["--listen", "127.0.0.1:0"]].concat(), &[]).await;
    let (_, stderr) = printed(&output);
    assert!(!output.status.success() && stderr.contains("--account-file"), "{stderr}");
    let (terminal, origin, line) = on_a_terminal(&options, "Account: tom@example.com:").await;
    let token = line.strip_suffix(" (shown only this once)").unwrap();
    assert!(is_known(&origin, TOM, token).await, "{line}");
    let large = "x".repeat(100_000);
    let basic = readonce_tests::caller::Basic { user: TOM.to_owned(), password: token.to_owned() };
    assert_eq!(Caller::new(&origin, Some(basic)).share(&[("secret", &large)]).await.status, 200);
    drop(terminal);
    // Once it is there, it needs no terminal and keeps its token.
    let server = start(&options).await;
    assert!(is_known(server.origin(), TOM, token).await);
    let (_, printed) = server.stop("-INT").await;
    assert!(!printed.contains(token), "{printed}");
}

#[tokio::test]
async fn accounts_of_a_file_work_and_can_be_changed() {
    let directory = data_directory().unwrap();
    let data = ["--data", directory.path().to_str().unwrap()];
    let (one, other) = ("aa".repeat(16), "bb".repeat(16));
    let first = format!("{TOM}:{one}\r\n\njo@example.com:{one}:identity");
    let server = LocalServer::start_with_accounts(program(), &first, &data, &[]).await;
    for user in [TOM, "jo@example.com"] {
        assert!(is_known(server.origin(), user, &one).await, "{user}");
    }
    server.stop("-TERM").await;
    let second = format!("{TOM}:{other}:identity\n");
    let server = LocalServer::start_with_accounts(program(), &second, &data, &[]).await;
    assert!(!is_known(server.origin(), TOM, &one).await);
    assert!(is_known(server.origin(), TOM, &other).await);
    let large = "x".repeat(100_000);
    assert_eq!(server.account(TOM, &other).share(&[("secret", &large)]).await.status, 200);
}

#[tokio::test]
async fn an_account_file_may_be_standard_input() {
    let mut command = tokio::process::Command::new(program());
    command.args(["--listen", "127.0.0.1:0", "--account-file", "-"]).kill_on_drop(true);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("{TOM}:{TOKEN}").as_bytes()).await.unwrap();
    drop(stdin);
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).await.unwrap();
    let origin = first.trim().strip_prefix("Readonce is listening on ").unwrap();
    assert!(is_known(origin, TOM, TOKEN).await);
}

#[cfg(unix)]
#[tokio::test]
async fn an_invalid_account_file_or_one_open_to_other_users_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let refused = async |content: &str, mode| {
        std::fs::write(path, content).unwrap();
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        let output = run(program(), &["--listen", "127.0.0.1:0", "--account-file", path], &[]).await;
        let (stdout, stderr) = printed(&output);
        assert!(!output.status.success() && stdout.is_empty(), "{stdout}");
        assert!(!stderr.contains("0123"), "a token is not repeated: {stderr}");
        stderr
    };
    let good = format!("{TOM}:{TOKEN}\n");
    for mode in [0o644, 0o640, 0o604, 0o620] {
        let stderr = refused(&good, mode).await;
        assert!(stderr.contains(&format!("chmod 600 {path}")), "{mode:o}: {stderr}");
    }
    for (line, problem) in [
        (format!("{TOKEN}:{TOM}"), "an account begins with an e-mail address"),
        (TOM.to_owned(), "write EMAIL:TOKEN or EMAIL:TOKEN:PLAN"),
        (format!("{TOM}:identity"), "write EMAIL:TOKEN or EMAIL:TOKEN:PLAN"),
        (format!("{TOM}:{}", &TOKEN[..30]), "a token is made of 32 hexadecimal digits"),
        (format!("{TOM}:identity:{TOKEN}"), "a token is made of 32 hexadecimal digits"),
        (format!("{TOM}:{TOKEN}:{TOKEN}"), "a plan is basic or identity"),
    ] {
        let stderr = refused(&format!("{good}{line}"), 0o600).await;
        assert!(stderr.contains(&format!("{path}, line 2: {problem}")), "{stderr}");
    }
    assert!(refused(&"x".repeat(2 * 1024 * 1024), 0o600).await.contains("is too large"));
}

/// For who has it in a script: it goes on working, and says what is wrong with it.
#[tokio::test]
async fn a_token_in_the_arguments_is_accepted_with_a_warning() {
    let server = start(&["--account", &format!("{TOM}:{TOKEN}")]).await;
    assert!(is_known(server.origin(), TOM, TOKEN).await);
    let (_, printed) = server.stop("-INT").await;
    assert!(printed.contains("warning: every user of this machine can read a token"), "{printed}");
    assert!(!printed.contains(TOKEN), "{printed}");
}
