//! The program as Lambda runs it.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, create_in_every_way, event};
use readonce_tests::template::Stack;
use serde_json::Value;
use std::path::Path;

const PROGRAM: &str = env!("CARGO_BIN_EXE_readonce-share");

fn body(answer: &Value) -> Value {
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_shares_call_after_call() {
    let aws = AwsOverHttp::start().await;
    let loud = [("AWS_LAMBDA_LOG_LEVEL", "TRACE"), ("RUST_LOG", "trace")];
    let function = LambdaProcess::start(Path::new(PROGRAM), "ShareFunction", &aws, &loud).await;
    let mut keys = Vec::new();
    for _ in 0..3 {
        let answer =
            function.invoke(event("POST", "/api/v1/share", "", &[], Some("secret=a+text&ttl=3600"))).await;
        assert_eq!(answer["statusCode"], 200, "{answer}");
        assert_eq!(answer["isBase64Encoded"], false);
        assert_eq!(answer["headers"]["content-type"], "application/json; charset=utf-8");
        let body = body(&answer);
        assert_eq!(body["ttl"], 3600);
        let key = body["secret_key"].as_str().unwrap().to_owned();
        assert_eq!(body["secret_url"], format!("https://eu.readonce.example/secret/{key}"));
        keys.push(key);
    }
    let refused = function.invoke(event("POST", "/api/v1/share", "", &[], None)).await;
    assert_eq!(refused["statusCode"], 400);
    assert_eq!(body(&refused)["message"], "You did not provide anything to share");
    // Events that the gateway should never send are answered too.
    assert_eq!(function.invoke(serde_json::json!({})).await["statusCode"], 404);

    let printed = function.stop().await;
    let lines: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("the log is JSON")).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["message"] == "request").collect();
    assert_eq!(requests.len(), 5, "{printed}");
    assert_eq!(requests[0]["cold"], true);
    assert_eq!(requests[1]["cold"], false);
    assert_eq!(requests[0]["route"], "/api/v1/share");
    // The fields that the metric filters of template.yaml match.
    assert_eq!(requests[0]["status"], 200);
    for needle in keys.iter().map(String::as_str).chain(["a text", "a+text"]) {
        assert!(!printed.contains(needle), "{needle} is in the log: {printed}");
    }
}

/// The log line has the field that the metric filter of template.yaml matches.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_cannot_be_counted_is_logged() {
    let aws = AwsOverHttp::start().await;
    let nowhere = [("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9")];
    let function = LambdaProcess::start(Path::new(PROGRAM), "ShareFunction", &aws, &nowhere).await;
    let answer = function.invoke(event("POST", "/api/v1/share", "", &[], None)).await;
    assert_eq!(answer["statusCode"], 400, "{answer}");
    let printed = function.stop().await;
    let mut lines = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let uncounted = lines.find(|line| line.get("uncounted").is_some()).unwrap();
    assert_eq!((&uncounted["uncounted"], &uncounted["level"]), (&"creations".into(), &"WARN".into()));
    assert!(!printed.contains("192.0.2.1"), "{printed}");
}

#[tokio::test]
async fn without_its_settings_it_says_which_is_missing() {
    let environment = [
        ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9"),
        ("AWS_LAMBDA_FUNCTION_NAME", "share"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
    ];
    let output = readonce_tests::process::run(Path::new(PROGRAM), &[], &environment).await;
    assert!(!output.status.success());
    let (_, stderr) = readonce_tests::process::printed(&output);
    assert!(stderr.contains("TABLE_NAME"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_role_allows_what_it_does_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-share"));
    let function = LambdaProcess::start(program, "ShareFunction", &aws, &[]).await;
    create_in_every_way(&function, &aws, "/api/v1/share").await;
    let stack = Stack::new(&[("MailSender", "secrets@example.com")]);
    aws.assert_role(&stack, "ShareRole");
    let printed = function.stop().await;
    let lines = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let errors: Vec<String> = lines.filter_map(|line| line["error"].as_str().map(str::to_owned)).collect();
    assert_eq!(errors.len(), 1, "{printed}");
    assert!(errors[0].contains("SES SendEmail") && !errors[0].contains("jo@"), "{errors:?}");
}
