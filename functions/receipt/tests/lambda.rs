//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, STRANGER, account, event, shared_by};
use readonce_tests::template::Stack;
use serde_json::Value;
use std::path::Path;

const PROGRAM: &str = env!("CARGO_BIN_EXE_readonce-receipt");

/// Requests name their operation, so a program that can call a service contains the
/// service's prefix.
#[test]
fn it_has_no_code_for_kms() {
    let program = std::fs::read(PROGRAM).expect("it was built for this test");
    let has = |text: &str| program.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has("DynamoDB_20120810."), "what is there is found");
    assert!(!has("TrentService."));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_reads_lists_and_burns_and_its_role_allows_that_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let function = LambdaProcess::start(Path::new(PROGRAM), "ReceiptFunction", &aws, &[]).await;
    let (tom, basic) = account(&aws).await;
    let receipt = shared_by(&tom, &aws, "a text", Some("horse")).await;
    let credentials = [("authorization", basic.as_str())];
    let recent = function.invoke(event("GET", "/api/v1/private/recent", "", &credentials, None)).await;
    assert_eq!(recent["statusCode"], 200, "{recent}");
    let listed: Value = serde_json::from_str(recent["body"].as_str().unwrap_or_default()).unwrap_or_default();
    assert_eq!(listed[0]["metadata_key"], receipt.metadata_key.expose());
    let path = format!("/api/v1/private/{}", receipt.metadata_key.expose());
    let burn = format!("{path}/burn");
    for (method, path, form, status, state) in [
        ("HEAD", &path, "", 200, None),
        ("GET", &path, "", 200, Some("new")),
        ("POST", &path, "", 200, Some("viewed")),
        ("POST", &burn, "passphrase=wrong", 403, None),
        ("POST", &burn, "passphrase=horse", 200, None),
        ("GET", &path, "", 200, Some("burned")),
    ] {
        let answer = function.invoke(event(method, path, "", &[], Some(form))).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
        let body: Value =
            serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
        assert_eq!(body["state"].as_str(), state, "{answer}");
    }
    let answer = function.invoke(event("GET", &path, "", &STRANGER, None)).await;
    assert_eq!(answer["statusCode"], 401, "{answer}");
    aws.assert_role(&Stack::new(&[]), "ReceiptRole");
    let printed = function.stop().await;
    assert!(!printed.contains(receipt.metadata_key.expose()), "{printed}");
    assert!(!printed.contains(receipt.secret_key.expose()), "{printed}");
}
