//! A server whose keys, links and hosts are written for somebody's shell, or
//! would be opened in clear.

use crate::fake::{Does, Fake};
use crate::support::{Cli, Ran};
use serde_json::{Map, Value, json};

const GOOD: [(&str, &str); 7] = [
    ("metadata_key", "m"),
    ("secret_key", "s"),
    ("state", "new"),
    ("secret_url", "https://h.example/secret/s"),
    ("metadata_url", "https://h.example/private/m"),
    ("receipt_url", "https://h.example/receipt/m"),
    ("share_domain", "h.example"),
];

/// A receipt with one field of it changed.
fn receipt(field: &str, text: &str) -> Value {
    let mut fields: Map<String, Value> =
        GOOD.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    fields.insert(field.to_owned(), json!(text));
    Value::Object(fields)
}

/// Every command that prints something of a receipt, against a server that
/// answers with this one.
async fn told(receipt: &Value, flags: &[&str]) -> Vec<(&'static str, Ran)> {
    let mut burned = receipt.clone();
    if burned["state"] == "new" {
        burned["state"] = json!("burned");
    }
    let mut all = Vec::new();
    for (line, body) in [
        ("share", receipt.clone()),
        ("share --json", receipt.clone()),
        ("generate", receipt.clone()),
        ("generate --json", receipt.clone()),
        ("receipt m", receipt.clone()),
        ("receipt --json m", receipt.clone()),
        ("burn --json m", json!({ "state": burned })),
        ("recent", json!([receipt])),
        ("recent --json", json!([receipt])),
    ] {
        let fake = Fake::start(&[Does::Answers(200, "", body.to_string().leak())]).await;
        let cli = Cli::at(&fake.origin).with("READONCE_USER", "tom").with("READONCE_TOKEN", "aaaa1111");
        let words: Vec<&str> = line.split(' ').chain(flags.iter().copied()).collect();
        all.push((line, cli.run_with("x", &words).await));
        assert_eq!(fake.requests().len(), 1, "{line}");
    }
    all
}

#[tokio::test]
async fn a_hostile_key_link_host_or_state_is_not_printed() {
    for (field, text) in [
        ("secret_url", "https://h.example/secret/s;$(touch pwned)"),
        ("secret_url", "https://h.example/secret/s?;$(touch pwned)"),
        ("secret_url", "https://h.example/secret/s#';touch pwned;'"),
        ("secret_url", "https://h.example/`touch pwned`/secret/s"),
        ("secret_url", "https://h.example/$(touch pwned)/secret/s"),
        ("secret_url", "https://h;$(touch${IFS}pwned).example/secret/s"),
        ("secret_url", "https://h.example/secret/s\ntouch pwned"),
        ("secret_url", "touch pwned"),
        ("metadata_url", "https://h.example/private/m;touch pwned"),
        ("receipt_url", "https://h.example/receipt/m|touch pwned"),
        ("metadata_key", "m;touch pwned"),
        ("metadata_key", "--pwned"),
        ("identifier", "m;touch pwned"),
        ("secret_key", "s;touch pwned"),
        ("secret_identifier", "$(touch pwned)"),
        ("share_domain", "h.example;touch pwned"),
        ("state", "new;touch pwned"),
    ] {
        for (line, ran) in told(&receipt(field, text), &["--insecure-http"]).await {
            let stderr = ran.failed(7);
            assert!(!stderr.contains("pwned"), "{line} {field}: {stderr}");
            assert!(stderr.contains("in a form that is not shown here"), "{line} {field}: {stderr}");
        }
    }
    for (line, ran) in told(&receipt("state", "new"), &[]).await {
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{line}");
    }
}

#[tokio::test]
async fn a_link_is_rebuilt_from_its_parts() {
    for (url, expected) in [
        ("https://H.example:443/secret/s/", "https://h.example/secret/s"),
        ("https://h.example:8443/once//secret/s.", "https://h.example:8443/once/secret/s"),
    ] {
        let body = receipt("secret_url", url);
        for (line, ran) in told(&body, &[]).await {
            let stdout = ran.succeeded();
            match line {
                "share" | "generate" => assert_eq!(stdout, format!("{expected}\n")),
                "receipt m" => assert!(stdout.contains(&format!("Link:        {expected}\n")), "{stdout}"),
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn a_plain_http_link_to_another_machine_needs_insecure_http() {
    for (field, text) in [
        ("secret_url", "http://h.example/secret/s"),
        ("metadata_url", "http://h.example/private/m"),
        ("receipt_url", "http://h.example/receipt/m"),
    ] {
        let body = receipt(field, text);
        for (line, ran) in told(&body, &[]).await {
            let is_printed = match line {
                "share" | "generate" | "receipt m" => field == "secret_url",
                _ => line.contains("--json"),
            };
            if is_printed {
                assert!(ran.failed(7).contains("--insecure-http"), "{line} {field}");
            } else {
                ran.succeeded();
            }
        }
        for (line, ran) in told(&body, &["--insecure-http"]).await {
            let stdout = ran.succeeded();
            assert!(line != "share" || field != "secret_url" || stdout == format!("{text}\n"), "{stdout}");
        }
    }
    let here = receipt("secret_url", "http://127.0.0.1:3000/secret/s");
    for (_, ran) in told(&here, &[]).await {
        ran.succeeded();
    }
}

#[tokio::test]
async fn plain_http_to_another_machine_needs_insecure_http() {
    let cli = Cli::new();
    let config = cli.write("config.toml", "default = \"x\"\n[servers.x]\nurl = \"http://192.0.2.1\"\n");
    std::fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    for words in [
        &["get", "--yes", "http://192.0.2.1/secret/s"][..],
        &["receipt", "http://192.0.2.1/private/m"],
        &["burn", "http://192.0.2.1/private/m"],
        &["share", "--server", "http://192.0.2.1"],
        &["generate", "--config", &config],
        &["status", "--server", "http://localhost.example"],
    ] {
        assert!(cli.run_with("x", words).await.failed(2).contains("--insecure-http"), "{words:?}");
    }
    let variable = Cli::at("http://192.0.2.1");
    assert!(variable.run_with("x", &["share"]).await.failed(2).contains("--insecure-http"));
}

#[tokio::test]
async fn a_redirects_host_is_printed_only_if_it_is_valid() {
    let fake =
        Fake::start(&[Does::Answers(302, "location: https://h;$(touch${IFS}pwned).example/\r\n", "")]).await;
    let stderr = Cli::at(&fake.origin).run(&["status"]).await.failed(7);
    assert!(stderr.contains(" redirects, and") && !stderr.contains("pwned"), "{stderr}");
}

#[tokio::test]
async fn nothing_of_a_hostile_answer_reaches_the_clipboard() {
    let body = receipt("secret_url", "https://h.example/secret/s;touch pwned").to_string();
    let fake = Fake::start(&[Does::Answers(200, "", body.leak())]).await;
    let cli = Cli::at(&fake.origin).with("DISPLAY", "x");
    let tool = cli.write("bin/xclip", "#!/bin/sh\ncat >\"$HOME/copied\"\n");
    std::fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let tools = cli.path("bin").display().to_string();
    let cli = cli.with("PATH", format!("{tools}:/usr/bin:/bin"));
    cli.run_with("x", &["share", "--copy"]).await.failed(7);
    assert!(!cli.path("copied").exists());
}
