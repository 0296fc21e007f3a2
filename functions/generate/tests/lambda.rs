//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, create_in_every_way, event};
use readonce_tests::template::Stack;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn it_generates() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-generate"));
    let function = LambdaProcess::start(program, "GenerateFunction", &aws, &[]).await;
    let answer = function.invoke(event("POST", "/api/v1/generate", "length=20", &[], None)).await;
    let body: serde_json::Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["value"].as_str().unwrap().len(), 20, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_role_allows_what_it_does_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-generate"));
    let function = LambdaProcess::start(program, "GenerateFunction", &aws, &[]).await;
    create_in_every_way(&function, &aws, "/api/v1/generate").await;
    let stack = Stack::new(&[("MailSender", "secrets@example.com")]);
    aws.assert_role(&stack, "GenerateRole");
}
