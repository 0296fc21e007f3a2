//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, event, shared_beside};
use readonce_tests::template::Stack;
use serde_json::Value;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn it_reads_and_burns_and_its_role_allows_that_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-receipt"));
    let function = LambdaProcess::start(program, "ReceiptFunction", &aws, &[]).await;
    let receipt = shared_beside(&aws, "a text", Some("horse")).await;
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
    assert_eq!(aws.actions(), Stack::new(&[]).actions("ReceiptRole"));
    let printed = function.stop().await;
    assert!(!printed.contains(receipt.metadata_key.expose()), "{printed}");
    assert!(!printed.contains(receipt.secret_key.expose()), "{printed}");
}
