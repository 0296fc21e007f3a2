//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, STRANGER, event};
use readonce_tests::template::Stack;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn it_says_that_it_is_up() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-status"));
    let function = LambdaProcess::start(program, "StatusFunction", &aws, &[]).await;
    let answer = function.invoke(event("GET", "/api/v1/status", "", &[], None)).await;
    assert_eq!(answer["statusCode"], 200, "{answer}");
    assert_eq!(answer["body"], r#"{"status":"nominal","locale":"en"}"#);
    let answer = function.invoke(event("GET", "/api/v1/authcheck", "", &[], None)).await;
    assert_eq!(answer["statusCode"], 401, "{answer}");
    let answer = function.invoke(event("GET", "/api/v1/authcheck", "", &STRANGER, None)).await;
    assert_eq!(answer["statusCode"], 401, "{answer}");
    let answer = function.invoke(event("GET", "/anything/else", "", &[], None)).await;
    assert_eq!(answer["body"], r#"{"error":"Not Found"}"#);
    // It allows what it does and no more.
    aws.assert_role(&Stack::new(&[]), "StatusRole");
}

/// Lambda passes credentials in variables. Code that looks for them elsewhere would be
/// an eighth of the program.
#[test]
fn it_has_no_code_for_other_credentials() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_readonce-status")).unwrap();
    let has = |text: &str| program.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has("AWS_SECRET_ACCESS_KEY"), "what is there is found");
    for elsewhere in ["169.254.169.254", "sso_session", "AWS_SHARED_CREDENTIALS_FILE"] {
        assert!(!has(elsewhere), "{elsewhere}");
    }
}
