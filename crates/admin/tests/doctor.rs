//! `readonce-admin doctor`.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

use readonce_admin::doctor::{Finding, Mail, Target, Verdict, examine};
use readonce_core::address::email::EmailAddress;
use readonce_core::secret::keyring::MasterKey;
use readonce_core::time::UnixTime;
use readonce_tests::faults::Fault;
use readonce_tests::process::{data_directory, printed, run};
use readonce_tests::{TestApp, rows};
use std::path::Path;

fn sender() -> EmailAddress {
    "secrets@mail.example.com".parse().unwrap()
}

/// A healthy target.
fn target<'a>(app: &'a TestApp, sender: &'a EmailAddress) -> Target<'a> {
    let key_id = app.settings.kms_key_id.clone().unwrap();
    Target {
        aws: &app.aws,
        table: &app.settings.table,
        master_key: Some(MasterKey { key_id, table: app.settings.table.clone() }),
        mail: Mail::From(sender),
        clock: UnixTime::now,
    }
}

async fn verify(app: &TestApp, identity: &str) {
    app.aws.ses_client().create_email_identity().email_identity(identity).send().await.unwrap();
}

fn found<'a>(findings: &'a [Finding], what: &str) -> (&'static str, &'a str) {
    let finding = findings.iter().find(|finding| finding.what == what).unwrap();
    (finding.verdict.as_str(), finding.verdict.text())
}

#[tokio::test]
async fn a_healthy_stack_passes() {
    let app = TestApp::start().await;
    verify(&app, "mail.example.com").await;
    let findings = examine(&target(&app, &sender())).await;
    for finding in &findings {
        assert!(matches!(finding.verdict, Verdict::Healthy(_)), "{finding}");
    }
    let order: Vec<&str> = findings.iter().map(|finding| finding.what).collect();
    assert_eq!(order, ["table", "key", "mail", "clock"]);
    assert!(
        rows::all(&app.aws.dynamodb_client(), app.table.name()).await.is_empty(),
        "nothing is left behind"
    );
}

#[tokio::test]
async fn doctor_reports_exactly_the_failing_dependency() {
    for (operation, what, words) in [
        ("DescribeTable", "table", "table readonce cannot be described: AccessDeniedException: injected"),
        ("DescribeTimeToLive", "table", "the TTL of table readonce cannot be described: "),
        ("DescribeContinuousBackups", "table", "the backups of table readonce cannot be described: "),
        ("PutItem", "table", "table readonce cannot be written: "),
        ("GetItem", "table", "table readonce cannot be read: "),
        ("DeleteItem", "table", "a row of table readonce cannot be deleted: "),
        ("GenerateDataKey", "key", "generates no data keys: "),
        ("Decrypt", "key", "unwraps no data keys: "),
    ] {
        let app = TestApp::start().await;
        verify(&app, "secrets@mail.example.com").await;
        app.faults.always(operation, Fault::AccessDenied);
        for finding in examine(&target(&app, &sender())).await {
            let is_failing = matches!(finding.verdict, Verdict::Failing(_));
            assert_eq!(is_failing, finding.what == what, "{operation}: {finding}");
            assert!(!is_failing || finding.verdict.text().contains(words), "{operation}: {finding}");
        }
    }
}

#[tokio::test]
async fn services_that_do_not_answer_are_reported() {
    let app = TestApp::start().await;
    for operation in ["DescribeTable", "GenerateDataKey"] {
        app.faults.always(operation, Fault::Refused);
    }
    let findings = examine(&target(&app, &sender())).await;
    for what in ["table", "key"] {
        assert_eq!(found(&findings, what).0, "failing");
    }
    assert_eq!(found(&findings, "clock").0, "skipped", "nobody has told the time");
}

#[tokio::test]
async fn a_table_of_another_name_is_not_found() {
    let app = TestApp::start().await;
    let sender = sender();
    let target = Target { table: "another", ..target(&app, &sender) };
    let findings = examine(&target).await;
    let (verdict, text) = found(&findings, "table");
    assert_eq!(verdict, "failing");
    assert!(text.starts_with("table another cannot be described: ResourceNotFoundException"), "{text}");
}

#[tokio::test]
async fn a_sender_that_ses_does_not_know_is_named() {
    let app = TestApp::start().await;
    let findings = examine(&target(&app, &sender())).await;
    let expected = "SES knows neither secrets@mail.example.com nor mail.example.com: deploy infra/mail.yaml";
    assert_eq!(found(&findings, "mail"), ("failing", expected));
}

#[tokio::test]
async fn parts_that_are_not_named_are_skipped() {
    let app = TestApp::start().await;
    let sender = sender();
    let target = Target { master_key: None, mail: Mail::NotNamed, ..target(&app, &sender) };
    let findings = examine(&target).await;
    assert_eq!(found(&findings, "key"), ("skipped", "name it with --kms-key-id, an output of the stack"));
    assert_eq!(found(&findings, "mail").0, "skipped");
    assert_eq!(found(&findings, "table").0, "healthy");
}

#[tokio::test]
async fn a_wrong_clock_is_reported() {
    let app = TestApp::start().await;
    let sender = sender();
    for (clock, words) in [
        ((|| UnixTime::now().plus(3_600)) as fn() -> UnixTime, "ahead of AWS's"),
        (|| UnixTime::now().plus(-3_600), "behind AWS's"),
    ] {
        let findings = examine(&Target { clock, ..target(&app, &sender) }).await;
        let (verdict, text) = found(&findings, "clock");
        assert!(verdict == "failing" && text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn the_command_has_four_lines_and_an_exit_code() {
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-admin"));
    let directory = data_directory().unwrap();
    let data = directory.path().to_str().unwrap();
    let output = run(program, &["doctor", "--data", data], &[]).await;
    let (stdout, stderr) = printed(&output);
    assert!(output.status.success(), "{stdout}{stderr}");
    let starts = ["table  healthy  readonce has", "key    healthy  ", "mail   skipped  ", "clock  healthy  "];
    for (line, start) in stdout.lines().zip(starts) {
        assert!(line.starts_with(start), "{stdout}");
    }
    assert_eq!(stdout.lines().count(), 4);
    let none = [
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_CONFIG_FILE", "/nonexistent"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
    ];
    for command in [&["doctor"][..], &["account", "list"]] {
        let output = run(program, &[command, &["--table", "secrets"]].concat(), &none).await;
        let (stdout, stderr) = printed(&output);
        let text = format!("{stdout}{stderr}");
        assert!(!output.status.success(), "{text}");
        assert!(text.contains("there are no AWS credentials") && !text.contains("dispatch"), "{text}");
    }
    // Nobody listens on the discard port here.
    let nowhere = [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "x"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
    ];
    let output = run(program, &["doctor", "--table", "secrets", "--json"], &nowhere).await;
    let (stdout, _) = printed(&output);
    assert!(!output.status.success());
    let text = "\"what\":\"table\"";
    assert!(stdout.contains(text) && stdout.contains("\"verdict\":\"failing\""), "{stdout}");
}
