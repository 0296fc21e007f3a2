//! The program on a terminal.

use crate::fake::{Does, Fake};
use crate::support::Cli;
use readonce_tests::app::TestApp;
use rexpect::session::{PtySession, spawn_command};
use std::process::Command;

/// Longer than the program takes on any machine.
const PATIENCE_MILLISECONDS: u64 = 60_000;

/// A program on a terminal of its own.
struct Terminal(PtySession);

impl Terminal {
    fn start(environment: &[(String, String)], line: &str) -> Self {
        let mut command = Command::new("/bin/sh");
        // The terminal shows what is typed, as a person's does and rexpect's not.
        let script = format!("stty echo\n{line}\nprintf 'code=%s\\n' \"$?\"");
        command.args(["-c", &script]).env_clear().envs(environment.iter().cloned());
        let home = environment.iter().find(|(name, _)| name == "HOME").unwrap();
        command.current_dir(&home.1);
        Self(spawn_command(command, Some(PATIENCE_MILLISECONDS)).unwrap())
    }

    /// Waits for a text, and answers with what came before it.
    fn sees(&mut self, text: &str) -> String {
        self.0.exp_string(text).unwrap_or_else(|error| panic!("no {text:?}: {error}"))
    }

    fn types(&mut self, line: &str) {
        self.0.send_line(line).unwrap();
    }

    /// Waits for its end, and answers with the exit code and what came last.
    fn ends(mut self) -> (i32, String) {
        let rest = self.0.exp_eof().unwrap();
        let (rest, code) = rest.trim_end().rsplit_once("code=").unwrap_or_else(|| panic!("no code: {rest}"));
        (code.parse().unwrap(), rest.to_owned())
    }
}

/// Runs a line that reveals a text after a yes.
pub(crate) fn reveals(environment: &[(String, String)], line: &str, text: &str) {
    let mut terminal = Terminal::start(environment, line);
    terminal.sees(" now? [y/N] ");
    terminal.types("y");
    let (code, rest) = terminal.ends();
    assert_eq!((code, rest.trim_end().rsplit("\r\n").next()), (0, Some(text)), "{line}: {rest}");
}

/// Runs blocking work beside the server.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sharing_revealing_burning_and_listing_work_on_a_terminal() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let cli = Cli::at(app.origin())
        .with("READONCE_USER", "tom@example.com")
        .with("READONCE_TOKEN", tom.token())
        .with("NO_COLOR", "1");
    let environment = cli.environment();
    let origin = app.origin();
    beside(move || {
        let (link, _) = share(&environment, &origin, "correct horse", Some("pass phrase"));
        // An empty line gives up; then a wrong passphrase, and the right one.
        let mut get = Terminal::start(&environment, &format!("readonce get {link}"));
        get.sees(" now? [y/N] ");
        get.types("y");
        // The terminal shows what is typed, unless it is told not to.
        get.sees("y\r\n");
        get.sees("needs a passphrase");
        get.sees("empty to give up): ");
        get.types("");
        let (code, rest) = get.ends();
        assert!(code == 3 && rest.contains("Unknown secret"), "{rest}");
        let mut get = Terminal::start(&environment, &format!("readonce get {link}"));
        get.sees("[y/N] ");
        get.types("yes");
        get.sees("empty to give up): ");
        get.types("wrong");
        assert!(!get.sees("That did not open it.").contains("wrong"));
        get.sees("empty to give up): ");
        get.types("pass phrase");
        let (code, rest) = get.ends();
        assert!(code == 0 && rest.ends_with("correct horse\r\n") && !rest.contains("pass phrase"), "{rest}");
    })
    .await;

    // The list is ordered by time, and this clock moves only when it is told to.
    app.pass_seconds(1);
    let (environment, origin) = (cli.environment(), app.origin());
    beside(move || {
        // Another is burned; it asks for the passphrase by itself.
        let (_, key) = share(&environment, &origin, "battery staple", Some("pass phrase"));
        let mut burn = Terminal::start(&environment, &format!("readonce burn {key}"));
        burn.sees(" has a passphrase (not shown; empty to give up): ");
        burn.types("wrong");
        burn.sees("That is not its passphrase. Another try (not shown; empty to give up): ");
        burn.types("pass phrase");
        let (code, rest) = burn.ends();
        assert!(code == 0 && rest.contains("destroyed\r\n"), "{rest}");
        let (code, rest) = Terminal::start(&environment, &format!("readonce receipt {key}")).ends();
        assert!(code == 0 && rest.contains("State:       destroyed, "), "{rest}");
        lists(&environment, &key);
    })
    .await;
}

/// Shares a text that is typed, and answers with the link and the receipt's key.
fn share(
    environment: &[(String, String)],
    origin: &str,
    text: &str,
    passphrase: Option<&str>,
) -> (String, String) {
    let mut share = Terminal::start(environment, "readonce share --ttl 2h --passphrase");
    let mut shown = share.sees("Secret (one line, not shown): ");
    share.types(text);
    let passphrase = passphrase.unwrap_or_default();
    shown += &share.sees("Passphrase (not shown): ");
    share.types(passphrase);
    shown += &share.sees("The same again: ");
    share.types(passphrase);
    let (code, rest) = share.ends();
    shown += &rest;
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains(text) && !shown.contains(passphrase), "{shown}");
    assert!(shown.contains("It works once, for 2 hours, until "), "{shown}");
    let line =
        |start: &str| shown.lines().find_map(|line| line.trim().strip_prefix(start)).unwrap().to_owned();
    let key = line("readonce receipt ").split(' ').next().unwrap().to_owned();
    (format!("{origin}/secret/{}", line(&format!("{origin}/secret/"))), key)
}

/// The list names the receipt first.
fn lists(environment: &[(String, String)], key: &str) {
    let (code, rest) = Terminal::start(environment, "readonce recent").ends();
    assert_eq!(code, 0, "{rest}");
    let lines: Vec<&str> = rest.trim().lines().collect();
    assert!(lines[0].starts_with("RECEIPT"), "{rest}");
    assert!(lines[1].starts_with(key) && lines[1].contains("  destroyed  "), "{rest}");
    assert!(lines[2].contains("  opened  "), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn saying_no_reveals_nothing() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    let (environment, command) = (cli.environment(), format!("readonce get {link}"));
    beside(move || {
        for answer in ["", "n", "maybe"] {
            let mut get = Terminal::start(&environment, &command);
            get.sees("[y/N] ");
            get.types(answer);
            let (code, rest) = get.ends();
            assert!(code == 1 && rest.contains("not revealed\r\nNothing was sent."), "{rest}");
        }
    })
    .await;
    assert_eq!(cli.revealed(&link).await, "x");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passphrases_the_wait_is_shown() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let passphrase = cli.write("passphrase", "right");
    let link = cli.shared("x", &["--passphrase-file", &passphrase]).await;
    let (environment, command) = (cli.environment(), format!("readonce get --yes --passphrase {link}"));
    beside(move || {
        let mut get = Terminal::start(&environment, &command);
        for _ in 0..5 {
            get.sees("(not shown");
            get.sees("): ");
            get.types("wrong");
        }
        let (code, rest) = get.ends();
        assert!(code == 3 && rest.contains("Unknown secret") && !rest.contains("wrong"), "{rest}");
        // The guesses are used up, and the next one says so instead of asking again.
        let mut get = Terminal::start(&environment, &command);
        get.sees("(not shown): ");
        get.types("right");
        let (code, rest) = get.ends();
        assert!(code == 6 && rest.contains("Try again in "), "{rest}");
    })
    .await;
    app.pass_seconds(601);
    let given = ["get", "--yes", "--passphrase-file", &passphrase, &link];
    assert_eq!(cli.run(&given).await.succeeded(), "x");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generated_password_is_shown_on_a_terminal_only() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let environment = cli.environment();
    let shown = beside(move || {
        let (code, rest) = Terminal::start(&environment, "readonce generate --length 20").ends();
        assert_eq!(code, 0, "{rest}");
        rest
    })
    .await;
    let after = |start: &str| shown.lines().find_map(|line| line.trim().strip_prefix(start)).unwrap();
    let key = after(&format!("{}/secret/", app.origin()));
    assert_eq!(cli.revealed(key).await, after("Password: "));
    // Into a pipe only the link is written.
    let link = cli.run(&["generate"]).await.succeeded();
    assert!(link.starts_with(&app.origin()) && link.lines().count() == 1, "{link}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_text_of_several_lines_is_not_cut_and_does_not_reach_the_shell() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    let environment = cli.environment();
    beside(move || {
        let line = "readonce share; echo \"code $?\"; read rest; echo \"rest=$rest.\"";
        let mut share = Terminal::start(&environment, line);
        share.sees("not shown): ");
        share.types("-----BEGIN-----\necho ran\n-----END-----");
        share.sees("more than one line was pasted");
        share.sees("code 5");
        share.types("typed");
        share.sees("rest=typed.");
    })
    .await;
    assert!(fake.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_passphrases_that_differ_send_nothing() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    let environment = cli.environment();
    beside(move || {
        let mut share = Terminal::start(&environment, "echo x | readonce share --passphrase");
        share.sees("not shown): ");
        share.types("one");
        share.sees("again: ");
        share.types("another");
        let (code, rest) = share.ends();
        assert!(code == 5 && rest.contains("differ"), "{rest}");
    })
    .await;
    assert!(fake.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_does_not_steer_the_terminal_it_is_shown_on() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let text = "\x1b]0;title\x07\x1b[2Jhidden\rshown\n";
    let link = cli.shared("", &["--file", &cli.write("text", text)]).await;
    let environment = cli.environment();
    beside(move || {
        let (code, rest) = Terminal::start(&environment, &format!("readonce get --yes {link}")).ends();
        assert_eq!(code, 0);
        assert!(!rest.contains('\x1b') && rest.contains("\\u{1b}[2Jhidden\\u{d}shown\r\n"), "{rest:?}");
    })
    .await;
    // A file gets it as it is.
    let link = cli.shared("", &["--file", "text"]).await;
    assert_eq!(cli.revealed(&link).await, text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_wait_shows_a_line_and_removes_it() {
    let fake = Fake::start(&[Does::Hangs]).await;
    // With colours, as nothing forbids them; and on a terminal that takes nothing back.
    for (term, taken_back, error) in
        [("xterm", "\r\x1b[K", "\x1b[1;31merror:\x1b[0m"), ("dumb", "\r\n", "readonce: error:")]
    {
        let cli = Cli::at(&fake.origin).with("TERM", term);
        let environment = cli.environment();
        beside(move || {
            let mut share = Terminal::start(&environment, "echo x | readonce share --timeout 5");
            share.sees("Waiting for http://127.0.0.1");
            share.sees(taken_back);
            let (code, rest) = share.ends();
            assert!(code == 7 && rest.contains(error), "{rest:?}");
            assert_eq!(rest.contains('\x1b'), term == "xterm", "{rest:?}");
        })
        .await;
    }
}
