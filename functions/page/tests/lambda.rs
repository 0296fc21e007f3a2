//! The program as Lambda runs it.

use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, event, shared_beside};
use readonce_tests::template::Stack;
use std::path::Path;

const BROWSER: [(&str, &str); 1] = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_pages_and_its_role_allows_that_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let program = Path::new(env!("CARGO_BIN_EXE_readonce-page"));
    let function = LambdaProcess::start(program, "PageFunction", &aws, &[]).await;
    let receipt = shared_beside(&aws, "a text", None).await;
    let secret = format!("/secret/{}", receipt.secret_key.expose());
    let private = format!("/private/{}", receipt.metadata_key.expose());
    for (method, path, status, expected) in [
        ("GET", "/", 200, "Share a secret"),
        ("GET", &*secret, 200, "Somebody has sent you a secret"),
        ("HEAD", &*secret, 200, ""),
        ("GET", &*private, 200, "Not opened yet"),
        ("GET", "/about", 200, "How secrets are kept safe"),
        ("GET", "/robots.txt", 200, "Disallow: /secret/"),
        ("GET", "/favicon.svg", 200, "<svg"),
        ("GET", "/nothing", 404, "There is no such page"),
        ("GET", "/api/v1/nothing", 404, r#"{"error":"Not Found"}"#),
        ("GET", &*secret, 200, "Somebody has sent you a secret"),
    ] {
        let answer = function.invoke(event(method, path, "", &BROWSER, None)).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
        let body = answer["body"].as_str().unwrap();
        assert!(body.contains(expected), "{path}: {body}");
        assert!(!body.contains("a text"), "{path}");
    }
    let packed = [("accept-encoding", "gzip, br")];
    let answer = function.invoke(event("GET", "/", "", &packed, None)).await;
    assert_eq!(answer["isBase64Encoded"], true);
    assert_eq!(answer["headers"]["content-encoding"], "gzip");
    assert!(answer["body"].as_str().unwrap().starts_with("H4sI"), "gzip, in base64");
    aws.assert_role(&Stack::new(&[]), "PageRole");
    let printed = function.stop().await;
    assert!(!printed.contains(receipt.metadata_key.expose()), "{printed}");
    assert!(!printed.contains(receipt.secret_key.expose()), "{printed}");
}
