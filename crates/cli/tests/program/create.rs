//! `readonce share` and `readonce generate`.

use crate::fake::{Does, Fake};
use crate::support::Cli;
use readonce_tests::app::TestApp;

#[tokio::test]
async fn a_text_is_shared_and_only_its_link_is_printed() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let stdout = cli.run_with("correct horse", &["share"]).await.succeeded();
    assert!(stdout.starts_with(&format!("{}/secret/", app.origin())), "{stdout}");
    assert_eq!(stdout.matches('\n').count(), 1);
    assert_eq!(cli.revealed(stdout.trim_end()).await, "correct horse");
    let gone = cli.run(&["get", "--yes", stdout.trim_end()]).await.failed(3);
    assert!(gone.contains("used up"), "{gone}");
}

#[tokio::test]
async fn one_line_loses_its_end_and_several_lines_and_files_are_shared_as_they_are() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    for (stdin, expected) in [
        ("x\n", "x"),
        ("x\r\n", "x"),
        ("x", "x"),
        (" x \n", " x "),
        ("x\n\n", "x\n\n"),
        ("-----BEGIN KEY-----\nabc\n-----END KEY-----\n", "-----BEGIN KEY-----\nabc\n-----END KEY-----\n"),
        ("a\r\nb\r\n", "a\r\nb\r\n"),
        ("Zażółć gęślą 🔑 & 100% + x=y", "Zażółć gęślą 🔑 & 100% + x=y"),
    ] {
        let link = cli.shared(stdin, &[]).await;
        assert_eq!(cli.revealed(&link).await, expected, "{stdin:?}");
    }
    let file = cli.write("password.txt", "x\n");
    let link = cli.shared("", &["--file", &file]).await;
    assert_eq!(cli.revealed(&link).await, "x\n");
    let link = cli.shared("", &["--insecure-argument", "-x y"]).await;
    assert_eq!(cli.revealed(&link).await, "-x y");
    let long = "x".repeat(9_999);
    let link = cli.shared(&long, &[]).await;
    assert_eq!(cli.revealed(&link).await, long);
}

#[tokio::test]
async fn binary_or_empty_input_is_refused_before_anything_is_sent() {
    let fake = Fake::start(&[Does::Answers(500, "", "")]).await;
    let cli = Cli::at(&fake.origin);
    for stdin in [&b"\xff\xfe\x00"[..], b"a\0b", b"\x89PNG\r\n\x1a\n"] {
        let stderr = cli.run_with(stdin, &["share"]).await.failed(5);
        assert!(stderr.contains("base64"), "{stderr}");
    }
    let stderr = cli.run(&["share"]).await.failed(5);
    assert!(stderr.contains("nothing to share"), "{stderr}");
    cli.run(&["share", "--file", "nowhere"]).await.failed(2);
    let stderr = cli.run_with("\n", &["share"]).await.failed(5);
    assert!(stderr.contains("nothing to share"), "{stderr}");
    cli.run_with("x", &["share", "--ttl", "0"]).await.failed(2);
    cli.run_with("x", &["share", "--ttl", "-1h"]).await.failed(2);
    cli.run_with("x", &["share", "--passphrase-fd", "0"]).await.failed(2);
    cli.run_with("x", &["share", "--qr"]).await.failed(2);
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_text_on_the_command_line_is_refused_and_not_repeated() {
    let cli = Cli::at("http://127.0.0.1:1");
    for words in [
        &["share", "hunter2"][..],
        &["share", "--passphrase", "hunter2"],
        &["share", "--passphrase=hunter2"],
        &["get", "--yes", "abc", "--passphrase", "hunter2"],
        &["share", "-phunter2"],
    ] {
        let stderr = cli.run(words).await.failed(2);
        assert!(!stderr.contains("hunter2"), "{stderr}");
        assert!(stderr.contains("one word too many") && stderr.contains("--passphrase"), "{stderr}");
    }
    // Where the word is no secret, the history is not mentioned.
    for words in [
        &["get", "--yes", "abc", "hunter2"][..],
        &["get", "--yes=hunter2", "abc"],
        &["burn", "abc", "hunter2"],
        &["generate", "hunter2"],
        &["generate", "--sets", "lower", "hunter2"],
        &["-Vhunter2"],
    ] {
        let stderr = cli.run(words).await.failed(2);
        assert!(!stderr.contains("hunter2") && !stderr.contains("history"), "{stderr}");
        assert!(stderr.contains("one word too many"), "{stderr}");
        assert_eq!(stderr.contains("--sets lower,numbers"), words.contains(&"--sets"), "{stderr}");
    }
    for (words, told) in [
        (&["hunter2"][..], "no such command"),
        (&["share", "--hunter2"], "no such option"),
        (&["share", "--passphrase-hunter2"], "no such option"),
        (&["share", "--file", "hunter2"], "there is no such file to share"),
        (&["share", "--config", "hunter2"], "there is no such configuration file"),
        (
            &["share", "--passphrase-fd", "hunter2"],
            "--passphrase-fd <N> has an invalid value: write a number",
        ),
        (&["share", "--timeout", "hunter2"], "1 to 3600 seconds"),
        (&["generate", "--length", "hunter2"], "--length <N> has an invalid value"),
        (&["share", "--ttl", "hunter2"], "write it as 2h30m"),
        (&["generate", "--sets", "hunter2"], "upper, lower, numbers, symbols"),
        (&["share", "--passphrase-file", "hunter2"], "there is no such file with the passphrase"),
        (&["status", "--token-file", "hunter2"], "there is no such file with the token"),
        (&["status", "--server", "https://tom:hunter2@example.com"], "a URL that contains credentials"),
        (&["status", "--server", "tom@hunter2"], "--server names no server of the configuration file"),
        (&["status", "--server", "hunter2"], "--server names no server of the configuration file"),
    ] {
        let stderr = cli.run(words).await.failed(2);
        assert!(!stderr.contains("hunter2") && stderr.contains(told), "{stderr}");
    }
    for (words, told) in [
        (&["shaer"][..], "Did you mean 'readonce share'?"),
        (&["share", "--tll", "1h"], "Did you mean --ttl?"),
        (&["share", "--ttl"], "--ttl <TIME> needs a value"),
        (&["share", "--ttl", ""], "--ttl <TIME> needs a value"),
        (&["status", "--timeout", "0"], "has an invalid value: write 1 to 3600 seconds"),
        (&["status", "--timeout", "5000"], "has an invalid value: write 1 to 3600 seconds"),
    ] {
        let stderr = cli.run(words).await.failed(2);
        assert!(stderr.contains(told), "{stderr}");
    }
}

#[tokio::test]
async fn the_options_become_parameters_of_the_call() {
    let created = "{\"metadata_key\":\"m\",\"secret_key\":\"s\"}";
    let fake = Fake::start(&[Does::Answers(200, "", created)]).await;
    let cli = Cli::at(&fake.origin);
    let passphrase = cli.write("passphrase.txt", "a b\n");
    let options = ["--ttl", "2h30m", "--passphrase-file", &passphrase, "--recipient", "tom@example.com"];
    let share = [&["share", "--share-domain", "secrets.example.com"], &options[..]].concat();
    assert_eq!(cli.run_with("x", &share).await.succeeded(), format!("{}/secret/s\n", fake.origin));
    cli.run(&["generate", "--length", "20", "--sets", "upper,numbers", "--exclude-ambiguous"])
        .await
        .succeeded();
    cli.run(&["generate"]).await.succeeded();
    let requests = fake.requests();
    assert!(requests[0].starts_with("POST /api/v1/share HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(requests[0].ends_with(
        "\r\n\r\nsecret=x&passphrase=a+b&ttl=9000&recipient=tom%40example.com&share_domain=secrets.example.com"
    ));
    assert!(requests[0].contains("content-type: application/x-www-form-urlencoded\r\n"));
    let sets = "%7B%22exclude_ambiguous%22%3Atrue%2C%22lowercase%22%3Afalse%2C%22numbers%22%3Atrue\
                %2C%22symbols%22%3Afalse%2C%22uppercase%22%3Atrue%7D";
    assert!(requests[1].ends_with(&format!("\r\n\r\nlength=20&character_sets={sets}")), "{}", requests[1]);
    assert!(requests[2].starts_with("POST /api/v1/generate ") && requests[2].ends_with("\r\n\r\n"));
}

/// Errors are the program's own: nothing of clap's layout, and a reason.
#[tokio::test]
async fn a_mistake_on_the_command_line_is_explained_in_a_sentence() {
    let cli = Cli::at("http://127.0.0.1:1");
    for (words, expected) in [
        (
            &["share", "-r", "a@example.org", "-r", "b@example.org"][..],
            "--recipient <EMAIL> can be given only once\nA link goes to one address.",
        ),
        (&["share", "-t", "1h", "-t", "2h"], "--ttl <TIME> can be given only once"),
        (
            &["share", "-r", "Bob <bob@example.org>"],
            "--recipient <EMAIL> has an invalid value: write the bare address, such as bob@example.org",
        ),
        (&["share", "--message", "--json"], "--message cannot be used with --json"),
        (&["get", "--copy", "--json", "abc"], "--copy cannot be used with --json"),
        (
            &["share", "-p", "--passphrase-file", "f"],
            "--passphrase cannot be used with --passphrase-file <FILE>",
        ),
        (&["completions"], "<SHELL> is missing"),
        (&["--json"], "a command is missing"),
    ] {
        let stderr = cli.run(words).await.failed(2);
        assert!(stderr.starts_with(&format!("readonce: error: {expected}")), "{words:?}: {stderr}");
        assert!(!stderr.contains("Usage:") && !stderr.contains("For more information"), "{stderr}");
    }
}

/// Servers read `1h` as 1, and 1 as a minute.
#[tokio::test]
async fn a_lifetime_is_sent_in_seconds() {
    let created = "{\"metadata_key\":\"m\",\"secret_key\":\"s\"}";
    let fake = Fake::start(&[Does::Answers(200, "", created)]).await;
    let cli = Cli::at(&fake.origin);
    let lifetimes = [("1h", 3_600), ("2h30m", 9_000), ("7 days", 604_800), ("90min", 5_400), ("60", 60)];
    for (ttl, _) in lifetimes {
        cli.run_with("x", &["share", "--ttl", ttl]).await.succeeded();
        cli.run(&["generate", "--ttl", ttl]).await.succeeded();
    }
    let requests = fake.requests();
    for (pair, (ttl, seconds)) in requests.chunks(2).zip(lifetimes) {
        assert!(pair[0].ends_with(&format!("\r\n\r\nsecret=x&ttl={seconds}")), "{ttl}: {}", pair[0]);
        assert!(pair[1].ends_with(&format!("\r\n\r\nttl={seconds}")), "{ttl}: {}", pair[1]);
    }
    for ttl in ["", "soon", "1.5", "0x10"] {
        cli.run_with("x", &["share", "--ttl", ttl]).await.failed(2);
    }
    assert_eq!(fake.requests().len(), requests.len());
}

#[tokio::test]
async fn a_message_is_ready_to_paste() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let passphrase = cli.write("passphrase.txt", "pass phrase\n");
    let plain = cli.shared("x", &["--message", "--ttl", "1h"]).await;
    let lines: Vec<&str> = plain.lines().collect();
    assert!(lines[4].starts_with("It works only once, until ") && lines[4].contains(" UTC. "), "{plain}");
    assert!(lines[5].contains("tell me at once") && !plain.contains("passphrase"), "{plain}");
    assert_eq!(cli.revealed(lines[2]).await, "x");
    let locked = cli.shared("y", &["--message", "--passphrase-file", &passphrase]).await;
    assert!(locked.contains("You also need a passphrase") && !locked.contains("pass phrase"), "{locked}");
    // The message as a whole reveals too, as a recipient may paste it.
    let given = ["get", "--yes", "--passphrase-file", &passphrase, &locked];
    assert_eq!(cli.run(&given).await.succeeded(), "y");
    let generated = cli.run(&["generate", "--message"]).await.succeeded();
    assert_eq!(cli.revealed(generated.lines().nth(2).unwrap()).await.len(), 12);
}

#[cfg(unix)]
#[tokio::test]
async fn without_a_terminal_a_question_says_what_to_use_instead() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    for line in ["echo x | setsid readonce share -p", "setsid readonce get --yes -p abc"] {
        let stderr = cli.shell(line).await.failed(2);
        assert!(stderr.contains("there is no terminal to ask at; nothing was sent"), "{line}: {stderr}");
        assert!(stderr.contains("--passphrase-file or --passphrase-fd"), "{line}: {stderr}");
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_generated_value_is_in_the_json_and_behind_the_link() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let options = ["generate", "--length", "20", "--sets", "numbers", "--ttl", "1h", "--json"];
    let json = cli.run(&options).await.json();
    let value = json["value"].as_str().unwrap();
    assert!(value.len() == 20 && value.bytes().all(|byte| byte.is_ascii_digit()), "{value}");
    assert_eq!(json["ttl"], 3600);
    assert_eq!(cli.revealed(json["secret_url"].as_str().unwrap()).await, value);
    let link = cli.run(&["generate"]).await.succeeded();
    assert_eq!(cli.revealed(link.trim_end()).await.len(), 12);
}

#[tokio::test]
async fn the_servers_reason_for_a_refusal_is_printed() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    for (stdin, words, code, reason) in [
        ("x".repeat(10_001), &["share"][..], 5, "exceeds the maximum size of 10000 bytes"),
        ("x".to_owned(), &["share", "--recipient", "tom@example.com"], 4, "An account is required"),
        ("x".to_owned(), &["share", "--share-domain", "secrets.example.com"], 5, "permission to use domain"),
        (String::new(), &["generate", "--length", "3"], 5, "must be at least 4 characters"),
    ] {
        let stderr = cli.run_with(stdin, words).await.failed(code);
        assert!(stderr.contains(reason), "{words:?}: {stderr}");
    }
}

#[tokio::test]
async fn an_older_server_is_understood() {
    let created = "{\"custid\":\"anon\",\n \"metadata_key\":\"m\",\"secret_key\":\"s\",\"ttl\":\"3600\",\
                   \"secret_ttl\":\"3600\",\"share_domain\":\"\",\"recipient\":[]}";
    let nothing = "{\"message\":\"You did not provide anything to share\"}";
    let fake = Fake::start(&[
        Does::Answers(200, "", created),
        Does::Answers(200, "", created),
        Does::Answers(404, "", nothing),
        Does::Answers(404, "", "{\"message\":\"Not authorized\"}"),
        Does::Answers(404, "", "{\"secret_key\":\"s\",\"message\":\"Unknown secret\"}"),
    ])
    .await;
    let cli = Cli::at(format!("{}/api/v1/", fake.origin));
    assert_eq!(cli.run_with("x", &["share"]).await.succeeded(), format!("{}/secret/s\n", fake.origin));
    assert_eq!(cli.run_with("x", &["share", "--json"]).await.json()["ttl"], "3600");
    assert!(cli.run_with("x", &["share"]).await.failed(5).contains("did not provide"));
    cli.run_with("x", &["share"]).await.failed(4);
    cli.run(&["get", "--yes", "s"]).await.failed(3);
}

#[tokio::test]
async fn an_answer_without_a_link_is_no_success() {
    let fake = Fake::start(&[Does::Answers(200, "", "{}")]).await;
    let cli = Cli::at(&fake.origin);
    for words in [&["share"][..], &["share", "--json"], &["generate", "--json"]] {
        assert!(cli.run_with("x", words).await.failed(7).contains("without a key"), "{words:?}");
    }
}

#[tokio::test]
async fn a_servers_message_is_printed_in_one_line() {
    let message = "{\"message\":\"bad\\nreadonce: error: forged\"}";
    let fake = Fake::start(&[Does::Answers(400, "", message)]).await;
    let stderr = Cli::at(&fake.origin).run_with("x", &["share"]).await.failed(5);
    assert!(!stderr.contains("\nreadonce"), "{stderr}");
}

#[tokio::test]
async fn a_script_is_warned_of_another_lifetime() {
    let app = TestApp::start().await;
    for (ttl, warning) in [
        ("300d", "it lives for 7 days, not 300 days: the server allows no more\n"),
        ("10s", "it lives for 1 minute, not 10 seconds: the server allows no less\n"),
    ] {
        let ran = Cli::at(app.origin()).run_with("x", &["share", "--ttl", ttl]).await;
        assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1), "{}", ran.stderr);
        assert!(ran.stderr.ends_with(warning), "{}", ran.stderr);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn standard_input_is_never_both_passphrase_and_secret() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    cli.write("passphrase", "hunter2\n");
    for line in [
        "readonce share --passphrase-file /dev/stdin <passphrase",
        "readonce share --passphrase-file passphrase <passphrase",
        "readonce share --passphrase-fd 3 3<passphrase <passphrase",
        "readonce share --passphrase-fd 0 <passphrase",
        "cat passphrase | readonce share --file - --passphrase-file /dev/stdin",
        "readonce get --yes --passphrase-file /dev/stdin <passphrase",
        "readonce burn --passphrase-file /dev/stdin <passphrase",
    ] {
        let stderr = cli.shell(line).await.failed(2);
        assert!(
            stderr.contains("standard input cannot be the passphrase and something else"),
            "{line}: {stderr}"
        );
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_dash_is_standard_input_as_a_file() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x\n", &["--file", "-"]).await;
    assert_eq!(cli.revealed(&link).await, "x");
    assert!(
        cli.run_with("x", &["share", "--file", "-", "--passphrase-fd", "0"])
            .await
            .failed(2)
            .contains("and something else")
    );
}
