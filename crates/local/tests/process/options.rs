//! Mistakes on the command line get one clear line.

use crate::{program, start};
use readonce_tests::process::{data_directory, printed, run};

/// The one line that a mistake gets.
async fn mistake(options: &[&str]) -> String {
    let output = run(program(), options, &[]).await;
    assert!(!output.status.success(), "{options:?}");
    let (stdout, stderr) = printed(&output);
    assert_eq!(stdout, "", "{options:?}");
    stderr
}

#[tokio::test]
async fn a_mistake_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let file = file.path().to_str().unwrap();
    let junk = data_directory().unwrap();
    std::fs::write(junk.path().join("table.sqlite"), "not a database").unwrap();
    let junk = junk.path().to_str().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["--listen", "nowhere"], "invalid value 'nowhere' for '--listen"),
        (&["--listen", "4105"], "write an IP address and a port, like 127.0.0.1:3000"),
        (&["--listen", ":4105"], "write an IP address and a port, like 127.0.0.1:3000"),
        (&["--listen", "localhost:4105"], "write an IP address and a port, like 127.0.0.1:3000"),
        (&["--listen", "192.0.2.1:1"], "cannot listen on 192.0.2.1:1: "),
        (&["--site-url", "secrets.example.com"], "'secrets.example.com' is not a site's URL"),
        (&["--brand-name", ""], "invalid value '' for '--brand-name"),
        (&["--accent-colour", "red"], "'red' is not a colour"),
        (&["--contact-url", "javascript:x"], "a link begins with https://, http:// or mailto:"),
        (&["--open-domain", "localhost"], "'localhost' is not a public host name"),
        (
            &["--account", "tom:0123456789abcdef0123456789abcdef"],
            "--account: an account begins with an e-mail",
        ),
        (&["--account", "tom@example.com:xyz"], "--account: a token is made of 32 hexadecimal digits"),
        (&["--account", "tom@example.com:abcdef"], "--account: a token is made of 32 hexadecimal digits"),
        (
            &["--account", "tom@example.com:0123456789abcdef0123456789abcdef:gold"],
            "--account: a plan is basic or identity",
        ),
        (
            &["--account", "tom@example.com:0123456789abcdef0123456789abcdef:basic:x"],
            "--account: write EMAIL, EMAIL:PLAN, EMAIL:TOKEN or EMAIL:TOKEN:PLAN",
        ),
        (&["--account", "tom@example.com:gold"], "a plan is basic or identity"),
        (&["--account-file", "tom@example.com:xyz"], "--account-file: there is no such file"),
        (&["--data", file], &format!("cannot use {file}: Not a directory")),
        (&["--data", junk], &format!("cannot use {junk}/table.sqlite: it is not the database")),
        (&["--outbox", "/proc/outbox"], "cannot use /proc/outbox"),
        (&["--aws", "--data", "x"], "cannot be used with"),
        (&["--basic-plan", "none"], "'none' is not a plan: write BYTES:SECONDS"),
        (&["--anonymous-plan", "1:2"], "a plan's ttl is at least 60 seconds"),
        (&["--minimum-passphrase-length", "0"], "0 is not in 1..=128"),
        (&["--anonymous-creations", "1:60"], "--rate-limits"),
        (
            &["--rate-limits", "--anonymous-reveals", "1:7000"],
            "'1:7000': a limit's seconds are those of a day",
        ),
        (&["--failed-credentials", "1:60"], "--rate-limits"),
        (&["--rate-limits", "--mails-per-day", "0"], "'0' is not a limit: write a number from 1 on, or none"),
        (&["--cors-origin", "https://x.example/path"], "'https://x.example/path' is not a site's URL"),
        (&["--aws"], "environment variable TABLE_NAME: is not set"),
        (&["--unknown"], "unexpected argument '--unknown'"),
    ];
    for (options, expected) in cases {
        let options = if options.contains(&"--listen") {
            options.to_vec()
        } else {
            [options, &["--listen", "127.0.0.1:0"][..]].concat()
        };
        let line = mistake(&options).await;
        assert!(line.contains(expected), "{options:?}: {line}");
        assert!(!line.contains("panicked") && !line.contains("xyz"), "{options:?}: {line}");
    }
}

/// With AWS, mails are real, and each caller writes the Host of the request.
#[tokio::test]
async fn with_aws_mail_needs_a_site_url() {
    let variables = [
        ("TABLE_NAME", "secrets"),
        ("KMS_KEY_ID", "key"),
        ("MAIL_SENDER", "secrets@example.com"),
        ("AWS_REGION", "eu-central-1"),
    ];
    let output = run(program(), &["--aws", "--listen", "127.0.0.1:0"], &variables).await;
    assert!(!output.status.success());
    let line = printed(&output).1;
    assert!(line.contains("name the site for the links in mails with --site-url"), "{line}");
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let server = start(&[]).await;
    let address = server.origin().strip_prefix("http://").unwrap();
    let line = mistake(&["--listen", address]).await;
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.contains(&format!("cannot listen on {address}")), "{line}");
}

#[tokio::test]
async fn site_url_and_open_domains_are_in_the_links() {
    let options = ["--site-url", "https://eu.example.com", "--open-domain", "secrets.example.com"];
    let server = start(&options).await;
    let answer = server.anonymous().share(&[("secret", "x")]).await;
    assert!(answer.text("secret_url").starts_with("https://eu.example.com/secret/"));
    let answer = server.anonymous().share(&[("secret", "x"), ("share_domain", "secrets.example.com")]).await;
    assert!(answer.text("secret_url").starts_with("https://secrets.example.com/secret/"));
}
