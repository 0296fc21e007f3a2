//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, STRANGER, event, shared_beside};
use readonce_tests::template::Stack;
use std::path::Path;

const PROGRAM: &str = env!("CARGO_BIN_EXE_readonce-reveal");

#[tokio::test(flavor = "multi_thread")]
async fn two_execution_environments_reveal_a_secret_once() {
    let aws = AwsOverHttp::start().await;
    let one = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    let two = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    for round in 0..20 {
        let text = format!("text {round}");
        let path = format!("/api/v1/secret/{}", shared_beside(&aws, &text, None).await.secret_key.expose());
        let reveal = || event("POST", &path, "", &[], None);
        let (first, second) = tokio::join!(one.invoke(reveal()), two.invoke(reveal()));
        let mut statuses = [&first, &second].map(|answer| answer["statusCode"].as_u64().unwrap());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404], "round {round}: {first} {second}");
        let winner = if first["statusCode"] == 200 { first } else { second };
        let body: serde_json::Value = serde_json::from_str(winner["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["value"], text);
    }
    let printed = one.stop().await;
    assert!(!printed.contains("text "), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_role_allows_what_it_does_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let function = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    let key = shared_beside(&aws, "text", Some("horse")).await.secret_key;
    let path = format!("/api/v1/secret/{}", key.expose());
    for (passphrase, status) in [("wrong", 404), ("horse", 200), ("horse", 404)] {
        let form = format!("passphrase={passphrase}");
        let answer = function.invoke(event("POST", &path, "", &[], Some(&form))).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
    }
    let answer = function.invoke(event("POST", &path, "", &STRANGER, None)).await;
    assert_eq!(answer["statusCode"], 401, "{answer}");
    aws.assert_role(&Stack::new(&[]), "RevealRole");
}

/// See the corresponding test for receipt.
#[test]
fn it_has_code_for_kms() {
    let program = std::fs::read(PROGRAM).unwrap();
    assert!(program.windows(13).any(|window| window == b"TrentService."));
}
