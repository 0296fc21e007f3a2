//! `readonce get`.

use crate::fake::{Does, Fake};
use crate::support::Cli;
use readonce_tests::app::TestApp;

#[tokio::test]
async fn without_a_terminal_get_needs_yes() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    let stderr = cli.run(&["get", &link]).await.failed(2);
    assert!(stderr.contains("--yes"), "{stderr}");
    assert_eq!(cli.revealed(&link).await, "x");
}

#[tokio::test]
async fn a_link_a_key_and_standard_input_name_the_secret() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    let key = link.rsplit('/').next().unwrap();
    assert_eq!(cli.revealed(key).await, "x");
    let link = cli.shared("y", &[]).await;
    let piped = cli.run_with(format!("{link}\n"), &["get", "--yes", "-"]).await;
    assert_eq!(piped.succeeded(), "y");
    // Links are pasted as browsers show them, and with the words around them.
    let host = |link: &str| link.strip_prefix("http://").unwrap().to_owned();
    let link = cli.shared("a", &[]).await;
    assert_eq!(Cli::new().revealed(&host(&link)).await, "a");
    let link = cli.shared("b", &[]).await;
    assert_eq!(Cli::new().revealed(&format!("Here is the link: {link}, thanks")).await, "b");
    let link = cli.shared("c", &[]).await;
    let pasted = format!("It is at <{}>, once!\n", host(&link));
    assert_eq!(cli.run_with(pasted, &["get", "--yes"]).await.succeeded(), "c");
    for (text, problem) in [
        ("Here it is, thanks", "there is no link in it"),
        ("http://127.0.0.1:1/secret/a http://127.0.0.1:1/secret/b", "more than one link"),
        ("Here: http://127.0.0.1:1/private/a", "that is the link of a receipt"),
    ] {
        let stderr = cli.run(&["get", "--yes", text]).await.failed(2);
        assert!(stderr.contains(problem), "{text}: {stderr}");
    }
    // A link needs no configured server.
    let link = cli.shared("z", &[]).await;
    assert_eq!(Cli::new().revealed(&link).await, "z");
    assert!(Cli::new().run(&["get", "--yes", "abc"]).await.failed(2).contains("no server is named"));
    for place in ["a/b", "", "https://example.com/", "http://example.com/secret/abc", "https://h/private/abc"]
    {
        cli.run(&["get", "--yes", place]).await.failed(2);
    }
}

#[tokio::test]
async fn a_passphrase_comes_from_a_file_or_a_descriptor() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let right = cli.write("right", "pass phrase\n");
    let wrong = cli.write("wrong", "hunter2\n");
    let link = cli.shared("x", &["--passphrase-file", &right]).await;
    let without = cli.run(&["get", "--yes", &link]).await.failed(3);
    assert!(without.contains("passphrase"), "{without}");
    let stderr = cli.run(&["get", "--yes", "--passphrase-file", &wrong, &link]).await.failed(3);
    assert!(!stderr.contains("hunter2"), "{stderr}");
    let script = format!("readonce get --yes --passphrase-fd 3 {link} 3<{right}");
    assert_eq!(cli.shell(&script).await.succeeded(), "x");
    for (name, content) in [("empty", "\n"), ("two", "a\nb\n"), ("binary", "\u{0}x")] {
        let file = cli.write(name, content);
        cli.run(&["get", "--yes", "--passphrase-file", &file, &link]).await.failed(2);
    }
    cli.run(&["get", "--yes", "--passphrase-file", "nowhere", &link]).await.failed(2);
}

#[cfg(unix)]
#[tokio::test]
async fn only_an_inherited_descriptor_is_read() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    for descriptor in 1..=9 {
        let expected = if descriptor < 3 { "cannot be read" } else { "is not open" };
        let close = if descriptor < 3 { String::new() } else { format!("{descriptor}>&-") };
        let line = format!("readonce get --yes --passphrase-fd {descriptor} abc {close}");
        let stderr = cli.shell(&line).await.failed(2);
        assert!(stderr.contains(expected), "{descriptor}: {stderr}");
    }
    assert!(fake.requests().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_on_standard_input_is_one_short_line() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    for (line, problem) in [
        ("readonce get --yes - </dev/zero", "file too large"),
        ("printf 'abc\\ndef\\n' | readonce get --yes", "there is more than one line"),
        ("readonce receipt </dev/null", "there is nothing"),
        ("printf '\\377' | readonce burn", "not valid UTF-8"),
    ] {
        let stderr = cli.shell(line).await.failed(2);
        assert!(
            stderr.contains("the link or key in standard input: ") && stderr.contains(problem),
            "{stderr}"
        );
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_secret_of_digits_may_arrive_as_a_number() {
    let fake = Fake::start(&[Does::Answers(200, "", "{\"value\":18446744073709551615}")]).await;
    assert_eq!(Cli::at(&fake.origin).revealed("abc").await, "18446744073709551615");
}

#[tokio::test]
async fn too_many_guesses_have_an_exit_code_and_show_the_wait() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let right = cli.write("right", "right");
    let wrong = cli.write("wrong", "wrong");
    let link = cli.shared("x", &["--passphrase-file", &right]).await;
    for _ in 0..5 {
        cli.run(&["get", "--yes", "--passphrase-file", &wrong, &link]).await.failed(3);
    }
    let stderr = cli.run(&["get", "--yes", "--passphrase-file", &right, &link]).await.failed(6);
    assert!(stderr.contains("Try again in "), "{stderr}");
    app.pass_seconds(601);
    assert_eq!(cli.run(&["get", "--yes", "--passphrase-file", &right, &link]).await.succeeded(), "x");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_is_made_for_its_owner_only_and_before_the_secret_is_used_up() {
    use std::os::unix::fs::PermissionsExt as _;
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("line\nline\n", &[]).await;
    let taken = cli.write("taken", "precious");
    for path in [taken.as_str(), "no/such/directory/file"] {
        let stderr = cli.run(&["get", "--yes", "--output", path, &link]).await.failed(1);
        assert!(stderr.contains("Nothing was revealed by this call."), "{stderr}");
    }
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "precious");
    assert_eq!(cli.run(&["get", "--yes", "--output", "key", &link]).await.succeeded(), "");
    assert_eq!(std::fs::read_to_string(cli.path("key")).unwrap(), "line\nline\n");
    assert_eq!(std::fs::metadata(cli.path("key")).unwrap().permissions().mode() & 0o777, 0o600);
    let link = cli.shared("dash", &[]).await;
    assert_eq!(cli.run(&["get", "--yes", "--output", "-", &link]).await.succeeded(), "dash");
    assert!(!cli.path("-").exists());
    // Nothing is left of a file for which there was no text.
    cli.run(&["get", "--yes", "--output", "again", &link]).await.failed(3);
    assert!(!cli.path("again").exists());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_text_that_cannot_be_written_is_printed() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    // The largest file is 0 blocks long: making one works, writing to it does not.
    let script = format!("ulimit -f 0; trap '' XFSZ; readonce get --yes --output full {link}");
    let ran = cli.shell(&script).await;
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "x"), "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
}

#[tokio::test]
async fn json_is_the_servers_answer() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("a \"b\"\n", &["--file", &cli.write("f", "a \"b\"\n")]).await;
    let json = cli.run(&["get", "--yes", "--json", &link]).await.json();
    assert_eq!((&json["value"], &json["share_domain"]), (&"a \"b\"\n".into(), &app.origin().into()));
    // What could steer a terminal is escaped, as JSON may.
    let odd = "\u{9b}31m\u{202e}\u{7f}\x1b";
    let link = cli.shared(odd, &[]).await;
    let stdout = cli.run(&["get", "--yes", "--json", &link]).await.succeeded();
    assert!(stdout.contains("\\u009b31m\\u202e\\u007f\\u001b"), "{stdout}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&stdout).unwrap()["value"], odd);
}

#[tokio::test]
async fn a_reveal_whose_answer_is_lost_is_never_repeated() {
    for does in [
        Does::Closes,
        Does::IsCut,
        Does::Hangs,
        Does::Answers(504, "", "{}"),
        Does::Answers(500, "", "{\"message\":\"Internal Server Error\"}"),
        Does::Answers(503, "", "{\"message\":\"Service Unavailable\"}"),
        Does::Answers(504, "", "{\"message\":\"Endpoint request timed out\"}"),
    ] {
        let fake = Fake::start(&[does]).await;
        let cli = Cli::at(&fake.origin);
        let stderr = cli.run(&["get", "--yes", "--timeout", "2", "abc"]).await.failed(7);
        assert!(stderr.contains("may be used up"), "{stderr}");
        assert!(!stderr.contains("abc"), "{stderr}");
        assert_eq!(fake.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_link_of_another_server_gets_no_credentials() {
    let mine = Fake::start(&[Does::Answers(200, "", "{\"value\":\"x\"}")]).await;
    let other = Fake::start(&[Does::Answers(200, "", "{\"value\":\"x\"}")]).await;
    let cli =
        Cli::at(&mine.origin).with("READONCE_USER", "tom@example.com").with("READONCE_TOKEN", "aaaa1111");
    for fake in [&mine, &other] {
        cli.revealed(&format!("{}/secret/abc", fake.origin)).await;
    }
    assert!(mine.requests()[0].contains("\r\nauthorization: Basic "));
    assert!(!other.requests()[0].contains("authorization"));
}
