//! Standard output that takes nothing: no text and no link is lost in silence.
#![cfg(target_os = "linux")]

use crate::fake::{Does, Fake};
use crate::pty::Pty;
use crate::support::Cli;
use readonce_tests::app::TestApp;

#[tokio::test]
async fn nothing_is_sent_if_standard_output_takes_nothing() {
    let fake = Fake::start(&[Does::Closes]).await;
    let cli = Cli::at(&fake.origin);
    cli.write("file", "");
    for command in
        ["get --yes abc", "get --yes --json abc", "share </dev/zero", "generate", "generate --json"]
    {
        for to in [">&-", ">/dev/null", "1</dev/zero", "1</", "1<$HOME/file"] {
            let stderr = cli.shell(&format!("readonce {command} {to}")).await.failed(2);
            assert!(stderr.contains("standard output is closed"), "{stderr}");
        }
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_clipboard_or_mail_needs_no_standard_output() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("x", &[]).await;
    let ran = cli.shell(&format!("readonce get --yes --output key {link} >&-")).await;
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(cli.path("key")).unwrap(), "x");
}

#[tokio::test]
async fn a_text_that_cannot_be_shown_anywhere_is_reported_as_lost() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    for command in [
        "readonce get --yes LINK >/dev/full",
        "readonce get --yes --json LINK >/dev/full",
        "ulimit -f 0; trap '' XFSZ; readonce get --yes --output key LINK >/dev/full",
        "ulimit -f 0; trap '' XFSZ; readonce get --yes --output key2 LINK >&-",
    ] {
        let link = cli.shared("x", &[]).await;
        let stderr = cli.shell(&command.replace("LINK", &link)).await.failed(1);
        assert!(stderr.contains("cannot be written") && stderr.contains("The text is lost"), "{stderr}");
    }
    for command in ["echo x | readonce share >/dev/full", "readonce generate --json >/dev/full"] {
        assert!(cli.shell(command).await.failed(1).contains("Share again"), "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_or_link_that_cannot_be_printed_is_shown_on_the_terminal() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin());
    let link = cli.shared("correct horse", &[]).await;
    tokio::task::spawn_blocking(move || {
        let (code, seen) = Pty::start(&cli, &format!("readonce get --yes {link} >/dev/full")).ends();
        assert!(code == 1 && seen.contains("correct horse\r\n") && seen.contains("shown here"), "{seen}");
        let (code, seen) = Pty::start(&cli, "echo x | readonce share >/dev/full").ends();
        assert!(code == 1 && seen.contains("/secret/"), "{seen}");
    })
    .await
    .unwrap();
}
