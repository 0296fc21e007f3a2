//! The help, the completions and the manual pages.

use crate::support::Cli;
use readonce_tests::app::TestApp;

const COMMANDS: [&str; 9] =
    ["share", "generate", "get", "receipt", "burn", "recent", "status", "completions", "man"];

async fn help(cli: &Cli, command: &str) -> String {
    let words: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
    cli.run(&words).await.succeeded()
}

#[tokio::test]
async fn help_fits_80_columns() {
    let cli = Cli::new();
    for command in COMMANDS.iter().chain([&""]) {
        let short: Vec<&str> = [*command, "-h"].into_iter().filter(|word| !word.is_empty()).collect();
        for text in [help(&cli, command).await, cli.run(&short).await.succeeded()] {
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "{command}: {line}");
            }
        }
    }
}

#[tokio::test]
async fn every_exit_code_is_in_the_help() {
    let help = help(&Cli::new(), "").await;
    for code in 0..=7 {
        assert!(help.contains(&format!("\n  {code}  ")), "{code}");
    }
}

#[tokio::test]
async fn help_can_be_asked_for_as_a_command() {
    let cli = Cli::new();
    assert_eq!(cli.run(&["help"]).await.succeeded(), help(&cli, "").await);
    assert_eq!(cli.run(&["help", "share"]).await.succeeded(), help(&cli, "share").await);
    assert!(cli.run(&["help", "hunter2"]).await.failed(2).contains("no such command"));
}

#[tokio::test]
async fn every_commands_help_points_to_the_exit_codes() {
    let cli = Cli::new();
    for command in COMMANDS {
        let help = help(&cli, command).await;
        assert!(help.contains("\n\nExit codes and more: see 'readonce --help'."), "{help}");
        let calls_a_server = !["completions", "man"].contains(&command);
        assert_eq!(help.contains("--server"), calls_a_server, "{help}");
    }
}

/// The lines below `Examples:`.
fn examples(help: &str) -> Vec<String> {
    let below = help.split("\nExamples:\n").nth(1).unwrap_or_default();
    let lines = below.lines().take_while(|line| line.starts_with("  "));
    // Behind an example there may be a word on it.
    lines.map(|line| line.trim().split("   ").next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_the_help_works() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let cli = Cli::at(app.origin())
        .with("READONCE_USER", "tom@example.com")
        .with("READONCE_TOKEN", tom.token())
        .with("PASSWORD", "hunter2");
    cli.write("id_ed25519", "-----BEGIN-----\nabc\n-----END-----\n");
    let passphrase = cli.write("passphrase.txt", "pass phrase\n");
    cli.write("logo.png", b"\x89PNG\r\n\x1a\n\0");
    for directory in [".zfunc", ".config/fish/completions", ".local/share/bash-completion/completions"] {
        std::fs::create_dir_all(cli.path(directory)).unwrap();
    }
    for command in COMMANDS.iter().chain([&""]) {
        let mut found = examples(&help(&cli, command).await);
        assert!(!found.is_empty(), "{command} has no examples");
        if command.is_empty() {
            let short = examples(&cli.run(&["-h"]).await.succeeded());
            assert_eq!(short.len(), 3);
            found.extend(short);
        }
        for example in found {
            // Each gets a secret of its own.
            let (key, link) = cli.shared_with_key("x", &[]).await;
            let (locked_key, locked_link) =
                cli.shared_with_key("x", &["--passphrase-file", &passphrase]).await;
            let key = match (*command, example.contains("--passphrase-file")) {
                ("get", true) => locked_link.rsplit('/').next().unwrap(),
                (_, true) => &locked_key,
                _ => &key,
            };
            let shell = example
                .replace("https://eu.example.com/secret/KEY", &link)
                .replace("https://eu.example.com", &app.origin())
                .replace("LINK", &link)
                .replace("KEY", key);
            if let Some(text) = run_example(&cli, &shell).await {
                let goes_elsewhere = [">", "--output", "man ~"].iter().any(|word| shell.contains(word));
                assert_eq!(text.trim().is_empty(), goes_elsewhere, "{example} prints {text}");
            }
        }
    }
    for made in [
        "password.txt",
        "key.pem",
        ".local/share/bash-completion/completions/readonce",
        ".zfunc/_readonce",
        ".local/share/man/man1/readonce-get.1",
    ] {
        assert!(std::fs::metadata(cli.path(made)).unwrap().len() > 0, "{made}");
    }
    assert!(app.outbox.path().read_dir().unwrap().next().is_some(), "no mail was sent");
}

/// Runs an example; its output, or `None` if it ran on a terminal.
async fn run_example(cli: &Cli, line: &str) -> Option<String> {
    #[cfg(unix)]
    if line.starts_with("readonce get") && !line.contains("--yes") {
        let (environment, line) = (cli.environment(), line.to_owned());
        tokio::task::spawn_blocking(move || crate::terminal::reveals(&environment, &line, "x"))
            .await
            .unwrap();
        return None;
    }
    // The example that asks for its text is given one.
    let ran =
        if line == "readonce share" { cli.run_with("x", &["share"]).await } else { cli.shell(line).await };
    assert_eq!(ran.code, 0, "{line}: {}", ran.stderr);
    Some(ran.stdout)
}

#[tokio::test]
async fn completions_and_pages_name_every_command() {
    let cli = Cli::new();
    for (shell, form) in [
        ("bash", "readonce,COMMAND)"),
        ("elvish", "cand COMMAND '"),
        ("fish", "-a \"COMMAND\""),
        ("powershell", "CompletionResult]::new('COMMAND',"),
        ("zsh", "'COMMAND:"),
    ] {
        let script = cli.run(&["completions", shell]).await.succeeded();
        for command in COMMANDS {
            assert!(script.contains(&form.replace("COMMAND", command)), "{shell}: {command}");
        }
        assert!(script.contains("passphrase-file"), "{shell}");
    }
    assert!(cli.run(&["completions", "tcsh"]).await.failed(2).contains("bash, elvish, fish"));
    cli.run(&["man", "pages"]).await.succeeded();
    for command in COMMANDS {
        let page = std::fs::read_to_string(cli.path(&format!("pages/readonce-{command}.1"))).unwrap();
        assert!(page.contains(".SH EXAMPLES") && page.contains(".SH OPTIONS"), "{command}");
    }
    // Its own options come first, with their values.
    let page = std::fs::read_to_string(cli.path("pages/readonce-share.1")).unwrap();
    let synopsis = page.split(".SH SYNOPSIS\n").nth(1).unwrap().split("\n.SH").next().unwrap();
    let synopsis = synopsis.replace("\\fB", "").replace("\\fI", "").replace("\\fR", "").replace("\\-", "-");
    assert!(synopsis.starts_with("readonce share [-f|--file FILE] [--insecure-argument TEXT]"), "{synopsis}");
    let at = |option: &str| synopsis.find(option).unwrap_or_else(|| panic!("no {option}: {synopsis}"));
    assert!(at("[-t|--ttl TIME]") < at("[--message]") && at("[--message]") < at("[--server NAME|URL]"));
    let options = page.split(".SH OPTIONS\n").nth(1).unwrap();
    assert!(options.find("\\-\\-message").unwrap() < options.find("\\-\\-server").unwrap(), "{options}");
    let page = cli.run(&["man"]).await.succeeded();
    assert!(page.contains(".SH \"EXIT CODES\""), "{page}");
}
