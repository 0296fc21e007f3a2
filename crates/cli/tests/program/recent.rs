//! `readonce recent`.

use crate::fake::{Does, Fake};
use crate::support::Cli;

const RECEIPTS: &str = r#"[{"custid":"tom@example.com","metadata_key":"0123456789abcdefghijklmnopqrstu","ttl":3600,
    "metadata_ttl":7000,"secret_ttl":null,"state":"received","updated":1700000100,"created":1700000000,
    "received":1700000100,"recipient":["to*****@e*****.com"],"share_domain":""},
    {"metadata_key":"m2","state":"new","created":1700000000,"recipient":[]}]"#;

fn tom(origin: &str) -> Cli {
    Cli::at(origin).with("READONCE_USER", "tom@example.com").with("READONCE_TOKEN", "aaaa1111")
}

#[tokio::test]
async fn receipts_are_listed_in_the_servers_order() {
    let fake = Fake::start(&[Does::Answers(200, "", RECEIPTS)]).await;
    let stdout = tom(&fake.origin).run(&["recent"]).await.succeeded();
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{stdout}");
    assert!(lines[1].starts_with("0123456789abcdefghijklmnopqrstu  opened      "), "{stdout}");
    assert!(lines[1].contains(" days ago  ") && lines[1].ends_with("  to*****@e*****.com"), "{stdout}");
    assert!(lines[2].starts_with("m2  ") && lines[2].contains("  not opened  "), "{stdout}");
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{stdout}");
    let json = tom(&fake.origin).run(&["recent", "--json"]).await.json();
    assert_eq!(json[1]["metadata_key"], "m2");
    // dG9tQGV4YW1wbGUuY29tOmFhYWExMTEx is tom@example.com:aaaa1111.
    let request = &fake.requests()[0];
    assert!(request.starts_with("GET /api/v1/private/recent HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nauthorization: Basic dG9tQGV4YW1wbGUuY29tOmFhYWExMTEx\r\n"), "{request}");
}

#[tokio::test]
async fn an_empty_list_prints_nothing() {
    let fake = Fake::start(&[Does::Answers(200, "", "[]")]).await;
    assert_eq!(tom(&fake.origin).run(&["recent"]).await.succeeded(), "");
    assert_eq!(tom(&fake.origin).run(&["recent", "--json"]).await.succeeded(), "[]\n");
}

#[tokio::test]
async fn a_list_needs_credentials() {
    let fake = Fake::start(&[Does::Answers(401, "", "{\"message\":\"Not authorized\"}")]).await;
    Cli::at(&fake.origin).run(&["recent"]).await.failed(4);
    tom(&fake.origin).run(&["recent", "--anonymous"]).await.failed(4);
    assert!(fake.requests().is_empty());
    tom(&fake.origin).run(&["recent"]).await.failed(4);
}
