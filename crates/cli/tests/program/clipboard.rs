//! `--copy` and `--qr`.
#![cfg(unix)]

use crate::fake::{Does, Fake};
#[cfg(target_os = "linux")]
use crate::pty::Pty;
use crate::support::Cli;
use readonce_tests::app::TestApp;
use std::os::unix::fs::PermissionsExt as _;

/// A clipboard tool before all others, which keeps what it is given.
fn with_tool(cli: Cli, name: &str, script: &str) -> Cli {
    let path = cli.write(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let tools = cli.path("bin").display().to_string();
    cli.with("PATH", format!("{tools}:/usr/bin:/bin"))
}

#[tokio::test]
async fn a_link_and_a_text_are_copied_through_standard_input() {
    let app = TestApp::start().await;
    for (tool, display, words) in [
        ("wl-copy", "WAYLAND_DISPLAY", ""),
        ("xclip", "DISPLAY", "-selection clipboard"),
        ("xsel", "DISPLAY", "--clipboard --input"),
    ] {
        let cli = with_tool(
            Cli::at(app.origin()).with(display, "x"),
            tool,
            "cat >\"$HOME/copied\"; echo \"$*\" >\"$HOME/words\"; echo noise; echo noise >&2",
        );
        let link = cli.shared("Zażółć", &["--copy"]).await;
        let copied = || std::fs::read_to_string(cli.path("copied")).unwrap();
        assert_eq!(copied(), link);
        let message = cli.shared("y", &["--copy", "--message"]).await;
        assert!(message.contains("It works only once") && copied() == message, "{message}");
        assert_eq!(cli.run(&["get", "--yes", "--copy", &link]).await.succeeded(), "");
        assert_eq!(copied(), "Zażółć");
        assert_eq!(std::fs::read_to_string(cli.path("words")).unwrap(), format!("{words}\n"));
    }
}

#[tokio::test]
async fn without_a_clipboard_nothing_is_sent_and_no_text_is_lost_to_a_broken_one() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    let fake = Fake::start(&[Does::Closes]).await;
    let none = Cli::at(&fake.origin).with("PATH", "");
    let stderr = none.run_with("x", &["share", "--copy"]).await.failed(1);
    assert!(stderr.contains("there is no clipboard here; nothing was sent"), "{stderr}");
    assert!(fake.requests().is_empty());
    none.run(&["get", "--yes", "--copy", &link]).await.failed(1);
    let broken =
        with_tool(Cli::at(app.origin()).with("WAYLAND_DISPLAY", "x"), "wl-copy", "cat >/dev/null; exit 1");
    let ran = broken.run(&["get", "--yes", "--copy", &link]).await;
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "x"), "{}", ran.stderr);
    assert!(ran.stderr.contains("wl-copy failed"), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_lost_only_without_clipboard_and_standard_output() {
    let app = TestApp::start().await;
    let at = || Cli::at(app.origin()).with("WAYLAND_DISPLAY", "x");
    let working = with_tool(at(), "wl-copy", "cat >\"$HOME/copied\"");
    let program = env!("CARGO_BIN_EXE_readonce");
    for words in ["share --copy", "share --copy --json"] {
        let stderr = working.shell(&format!("echo x | {program} {words} >/dev/full")).await.failed(1);
        assert!(stderr.contains("The link is in the clipboard."), "{stderr}");
        let link = std::fs::read_to_string(working.path("copied")).unwrap();
        assert_eq!(working.shell(&format!("{program} get --yes {link}")).await.succeeded(), "x");
    }
    let broken = with_tool(at(), "wl-copy", "cat >/dev/null; exit 1");
    for to in [">&-", ">/dev/null", "1</dev/zero", ">/dev/full"] {
        let stderr = broken.shell(&format!("echo x | {program} share --copy {to}")).await.failed(1);
        assert!(stderr.contains("Share again"), "{to}: {stderr}");
    }
    let ran = broken.shell(&format!("echo x | {program} share --copy")).await;
    assert!(ran.code == 1 && ran.stdout.contains("/secret/"), "{}", ran.stderr);
    assert!(ran.stderr.contains("wl-copy failed") && ran.stderr.contains("on standard output"));
    // Somebody who is there is shown it.
    let line = format!("echo x | {program} share --copy >&-");
    let (code, seen) = tokio::task::spawn_blocking(move || Pty::start(&broken, &line).ends()).await.unwrap();
    assert!(code == 1 && seen.contains("wl-copy failed") && seen.contains("/secret/"), "{seen}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_qr_code_is_drawn_on_the_terminal_beside_the_result() {
    let app = TestApp::start().await;
    for (no_color, has_colours) in [("", true), ("1", false)] {
        let cli = Cli::at(app.origin()).with("NO_COLOR", no_color);
        let seen = tokio::task::spawn_blocking(move || {
            let (code, seen) = Pty::start(&cli, "echo x | readonce share --qr >link").ends();
            assert_eq!((code, std::fs::read_to_string(cli.path("link")).unwrap().lines().count()), (0, 1));
            seen
        });
        let seen = seen.await.unwrap();
        assert!(seen.contains('█') && seen.contains('\x1b') == has_colours, "{seen}");
    }
}
