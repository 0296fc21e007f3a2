use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use readonce_core::account::row::AccountChange;
use readonce_core::address::email::EmailAddress;
use readonce_tests::{Answer, TestApp, rows};

#[tokio::test]
async fn status_reports_that_the_service_is_up() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/v1/status").await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(answer.body, @r#"{"status":"nominal","locale":"en"}"#);
    let tom = app.account("tom@example.com").await;
    assert_eq!(tom.get("/api/v1/status").await.status, 200);
    assert_eq!(tom.get("/api/v1/status/").await.status, 200);
    let answer = tom.get("/api/v1/authcheck").await;
    insta::assert_snapshot!(answer.body, @r#"{"status":"nominal","locale":"en"}"#);
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let app = TestApp::start().await;
    let answer = Answer::to(app.anonymous().request("HEAD", "/api/v1/status")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let answer = Answer::to(app.anonymous().request("HEAD", "/api/v1/authcheck")).await;
    assert_eq!((answer.status, answer.body.as_str()), (401, ""));
}

#[tokio::test]
async fn bad_credentials_are_refused_everywhere_in_the_same_way() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let token = tom.token().to_owned();
    let headers = [
        String::new(),
        "Basic".to_owned(),
        "Basic Og==".to_owned(),
        "Bearer dG9t".to_owned(),
        format!("Basic {}", base64("tom@example.com:")),
        format!("Basic {}", base64("tom@example.com:abcdef")),
        format!("Basic {}", base64(&format!("jo@example.com:{token}"))),
        format!("Basic {}", base64(&format!("tom@example.com:{token}0"))),
        format!("Basic {}", base64(&token)),
    ];
    let routes = [
        ("GET", "/api/v1/status"),
        ("GET", "/api/v1/authcheck"),
        ("POST", "/api/v1/share?secret=x"),
        ("POST", "/api/v1/generate"),
        ("POST", "/api/v1/secret/0123456789abcdefghijklmnopqrstu"),
        ("GET", "/api/v1/private/recent"),
        ("GET", "/api/v1/private/0123456789abcdefghijklmnopqrstu"),
        ("POST", "/api/v1/private/0123456789abcdefghijklmnopqrstu/burn"),
    ];
    for header in &headers {
        for (method, path) in routes {
            let answer =
                Answer::to(app.anonymous().request(method, path).header("authorization", header)).await;
            assert_eq!(answer.refusal(), (401, "Not authorized".to_owned()), "{path} {header}");
            assert_eq!(answer.header("www-authenticate"), "Basic realm=\"OTS\"");
        }
    }
    let answer = app.anonymous().get("/api/v1/authcheck").await;
    insta::assert_snapshot!(answer.body, @r#"{"message":"Not authorized"}"#);
}

#[tokio::test]
async fn the_case_of_the_address_does_not_matter() {
    let app = TestApp::start().await;
    let tom = app.account("Tom@Example.com").await;
    let shouting = app.anonymous().with_basic("TOM@EXAMPLE.COM", tom.token());
    assert_eq!(shouting.get("/api/v1/authcheck").await.status, 200);
}

#[tokio::test]
async fn a_disabled_account_and_a_rotated_token_are_refused_at_once() {
    let app = TestApp::start().await;
    let email = EmailAddress::parse("tom@example.com").unwrap();
    let tom = app.account(email.as_str()).await;
    assert!(app.table.change_account(&email, &AccountChange::Disabled(true)).await.unwrap());
    assert_eq!(tom.get("/api/v1/authcheck").await.status, 401);
    assert!(app.table.change_account(&email, &AccountChange::Disabled(false)).await.unwrap());
    assert_eq!(tom.get("/api/v1/authcheck").await.status, 200);
    let new = readonce_core::account::token::ApiToken::random();
    assert!(app.table.change_account(&email, &AccountChange::Token(new.hash())).await.unwrap());
    assert_eq!(tom.get("/api/v1/authcheck").await.status, 401);
    assert_eq!(tom.with_basic(email.as_str(), new.expose()).get("/api/v1/authcheck").await.status, 200);
}

#[tokio::test]
async fn an_unknown_account_takes_the_same_steps_as_a_wrong_token() {
    let app = TestApp::start().await;
    app.account("tom@example.com").await;
    let mut calls = Vec::new();
    for user in ["tom@example.com", "nobody@example.com"] {
        app.faults.take_calls();
        app.anonymous().with_basic(user, "abcdef").get("/api/v1/authcheck").await;
        calls.push(app.faults.take_calls());
    }
    assert_eq!(calls, [["GetItem"], ["GetItem"]]);
}

/// Parsing takes time that a request for an unknown account does not take. A row that
/// cannot be parsed shows when the code parses it.
#[tokio::test]
async fn a_row_is_not_parsed_before_its_tokens_hash_matches() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let mut row = rows.into_iter().find(|row| row["sk"].as_s().unwrap() == "account").unwrap();
    let replace = async |row: &rows::Row| {
        let put = app.aws.dynamodb_client().put_item().table_name(app.table.name());
        put.set_item(Some(row.clone())).send().await.unwrap();
    };
    row.insert("plan".to_owned(), AttributeValue::S("gold".to_owned()));
    replace(&row).await;
    let wrong = tom.with_basic("tom@example.com", "abcdef");
    assert_eq!(wrong.get("/api/v1/authcheck").await.status, 401);
    assert_eq!(tom.get("/api/v1/authcheck").await.status, 500);
    for hash in
        [None, Some(AttributeValue::S("no bytes".to_owned())), Some(AttributeValue::B(Blob::new([0; 31])))]
    {
        row.remove("token_hash");
        row.extend(hash.map(|hash| ("token_hash".to_owned(), hash)));
        replace(&row).await;
        assert_eq!(tom.get("/api/v1/authcheck").await.status, 401, "it matches nothing");
    }
}

#[tokio::test]
async fn other_paths_are_not_found() {
    let app = TestApp::start().await;
    // What the path would take, which the body may not say.
    for (method, path, allowed) in [
        ("GET", "/api/v1/nothing", ""),
        ("GET", "/api/v1/share", "POST"),
        ("PUT", "/api/v1/private/abc", "GET, HEAD, POST"),
        ("POST", "/api/v1/status", "GET, HEAD"),
        ("PUT", "/api/v1/private/recent/", "GET, HEAD"),
        ("POST", "/secret/abc", "GET, HEAD"),
        ("POST", "/api/v2/share", ""),
        ("GET", "/api/v1", ""),
    ] {
        let answer = Answer::to(app.anonymous().request(method, path)).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (404, r#"{"error":"Not Found"}"#),
            "{method} {path}"
        );
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
        assert_eq!(answer.header("link"), "</api/v1/openapi.json>; rel=\"service-desc\"");
    }
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
