//! Requests as real clients send them, and malformed ones.

use readonce_tests::caller::encoded;
use readonce_tests::{Answer, TestApp};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const TEXT: &str = "a+b c&d=é\u{1F511}";

#[tokio::test]
async fn every_way_of_sending_a_text_is_understood() {
    let app = TestApp::start().await;
    let form = encoded(&[("secret", TEXT), ("ttl", "3600")]);
    let json =
        serde_json::json!({ "secret": TEXT, "ttl": 3600, "recipient": null, "unknown": true }).to_string();
    let multipart = format!(
        "--b\r\nContent-Disposition: form-data; name=\"secret\"; filename=\"secret.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n{TEXT}\r\n--b\r\nContent-Disposition: form-data; name=\"ttl\"\r\n\r\n3600\r\n--b--\r\n"
    );
    let post = |query: &str| app.anonymous().request("POST", &format!("/api/v1/share{query}"));
    let content_type = |value: &str| post("").header("content-type", value);
    let twice = |value: &str| content_type(value).header("content-type", value);
    let requests = [
        ("a form", content_type("application/x-www-form-urlencoded").body(form.clone())),
        (
            "a form with a trailing &",
            content_type("application/x-www-form-urlencoded").body(format!("{form}&")),
        ),
        ("a form without Content-Type", post("").body(form.clone())),
        ("a form with Content-Type twice", twice("application/x-www-form-urlencoded").body(form.clone())),
        ("JSON", content_type("application/json").body(json.clone())),
        ("JSON with charset", content_type("application/json; charset=utf-8").body(json.clone())),
        ("JSON with Content-Type twice", twice("application/json").body(json)),
        ("multipart", content_type("multipart/form-data; boundary=b").body(multipart)),
        ("a query and an empty body", post(&format!("?{form}")).body("")),
        (
            "a query, JSON's Content-Type and an empty body",
            post(&format!("?{form}")).header("content-type", "application/json"),
        ),
        ("a query and a Content-Length of 0", post(&format!("?{form}")).header("content-length", "0")),
        ("a query and a body", post("?secret=other&ttl=3600").body(encoded(&[("secret", TEXT)]))),
        (
            "an unknown Content-Type without body",
            post(&format!("?{form}")).header("content-type", "text/plain"),
        ),
        ("the path with a slash", app.anonymous().request("POST", "/api/v1/create/").body(form)),
    ];
    for (name, request) in requests {
        let answer = Answer::to(request).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        assert_eq!(answer.json()["ttl"], 3600, "{name}");
        assert_eq!(app.anonymous().revealed(&answer.text("secret_key")).await.unwrap(), TEXT, "{name}");
    }
}

#[tokio::test]
async fn a_client_library_can_send_multipart() {
    let app = TestApp::start().await;
    let form = reqwest::multipart::Form::new().text("secret", TEXT).text("passphrase", "horse");
    let answer = Answer::to(app.anonymous().request("POST", "/api/v1/share").multipart(form)).await;
    let form = reqwest::multipart::Form::new().text("passphrase", "horse");
    let path = format!("/api/v1/secret/{}", answer.text("secret_key"));
    assert_eq!(Answer::to(app.anonymous().request("POST", &path).multipart(form)).await.text("value"), TEXT);
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_come_back_replaced() {
    let app = TestApp::start().await;
    let answer =
        Answer::to(app.anonymous().request("POST", "/api/v1/share").body(b"secret=\xff\xfea".to_vec())).await;
    assert_eq!(app.anonymous().revealed(&answer.text("secret_key")).await.unwrap(), "\u{FFFD}\u{FFFD}a");
    let part = b"--b\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\n\xff\0a\r\n--b--\r\n";
    for (content_type, body) in [
        ("multipart/form-data; boundary=b", part.to_vec()),
        ("application/json", b"{\"secret\":\"\xff\\u0000a\"}".to_vec()),
    ] {
        let request = app.anonymous().request("POST", "/api/v1/share").header("content-type", content_type);
        let key = Answer::to(request.body(body)).await.text("secret_key");
        assert_eq!(app.anonymous().revealed(&key).await.unwrap(), "\u{FFFD}a", "{content_type}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_and_nothing_is_kept() {
    let app = TestApp::start().await;
    for (content_type, body) in [
        ("application/json", "{"),
        ("application/json", "[1]"),
        ("application/json", r#"{"secret":["a"]}"#),
        ("application/json", r#"{"secret":{"a":"b"}}"#),
        ("application/json", r#"{"ttl":[60],"secret":"a"}"#),
        ("application/x-www-form-urlencoded", "secret=%zz"),
        ("application/x-www-form-urlencoded", "secret=%e"),
        ("multipart/form-data; boundary=b", "secret=a"),
        ("multipart/form-data", "--b--"),
        ("text/plain", "secret=a"),
    ] {
        let request =
            app.anonymous().request("POST", "/api/v1/share").header("content-type", content_type).body(body);
        let answer = Answer::to(request).await;
        assert_eq!(answer.refusal(), (400, "Incorrect payload format".to_owned()), "{content_type} {body}");
    }
    // The body is checked before the credentials, and these before the rest.
    let stranger = app.anonymous().with_basic("tom@example.com", "abcdef");
    let request = |body: &'static str| stranger.request("POST", "/api/v1/share").body(body);
    assert_eq!(Answer::to(request("secret=%zz")).await.status, 400);
    assert_eq!(Answer::to(request("")).await.status, 401);
    for path in ["generate", "secret/x", "private/x", "private/x/burn"] {
        let request = stranger.request("POST", &format!("/api/v1/{path}")).body("length=%zz");
        assert_eq!(Answer::to(request).await.status, 400, "{path}");
    }
    assert!(readonce_tests::rows::all(&app.aws.dynamodb_client(), app.table.name()).await.is_empty());
}

#[tokio::test]
async fn oversized_requests_are_refused_with_a_message() {
    let app = TestApp::start().await;
    let post = |query: &str| app.anonymous().request("POST", &format!("/api/v1/share{query}"));
    let ten_megabytes = "x".repeat(10 * 1024 * 1024);
    let many: String = (0..10_000).map(|number| format!("p{number}={number}&")).collect();
    let wide = "x".repeat(10_240);
    for (name, request, status) in [
        ("a body of 10 MB", post("").body(format!("secret={ten_megabytes}")), 413),
        ("a text of 5 MB", post("").body(format!("secret={}", &ten_megabytes[..5_000_000])), 413),
        (
            "a Basic header of 50 kB",
            post("").header("authorization", format!("Basic {}", &ten_megabytes[..50_000])),
            431,
        ),
        ("a query of 10 kB", post(&format!("?secret={wide}")), 431),
        ("10,000 parameters without a secret", post("").body(many.clone()), 400),
    ] {
        let answer = Answer::to(request).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        assert!(!answer.message().is_empty(), "{name}");
    }
    let answer = Answer::to(post("").body(format!("{many}secret=x"))).await;
    assert_eq!(answer.status, 200);
    let within = "x".repeat(9_900);
    assert_eq!(Answer::to(post(&format!("?secret={within}"))).await.status, 200);
}

/// The response to a client that writes `request` verbatim.
async fn raw(app: &TestApp, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    read.expect("it does not hang").unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected() {
    let app = TestApp::start().await;
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    tokio::time::pause();
    let requests = "GET / HTTP/1.1\r\nHost: x.example\r\n\r\n".repeat(5_000);
    // More responses than fit into all buffers on the way.
    let written = tokio::time::timeout(Duration::from_secs(25), stream.write_all(requests.as_bytes())).await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    let reset = stream.write_all(b"GET").await.and(stream.flush().await);
    assert!(reset.is_err() || matches!(written, Ok(Err(_))), "{written:?} {reset:?}");
}

#[tokio::test]
async fn malformed_requests_are_refused_and_do_not_hang() {
    let app = TestApp::start().await;
    let long_query = "x".repeat(70_000);
    let tail = "Connection: close\r\nContent-Length: 0\r\n\r\n";
    for (line_and_host, status) in [
        ("POST /api/v1/share?secret=%zz HTTP/1.1\r\nHost: x.example", "400"),
        ("POST /api/v1/share?secret=<a> HTTP/1.1\r\nHost: x.example", "400"),
        ("POST /api/v1/share?secret=\"a\" HTTP/1.1\r\nHost: x.example", "400"),
        ("POST /api/v1/share?secret=a b HTTP/1.1\r\nHost: x.example", "400"),
        ("POST /a/../../b HTTP/1.1\r\nHost: x.example", "404"),
        ("POST /api/v1/share/../share HTTP/1.1\r\nHost: x.example", "404"),
        ("POST /%2e%2e/%00/%ff HTTP/1.1\r\nHost: x.example", "404"),
        ("POST /api/v1/secret/%3Cscript%3E HTTP/1.1\r\nHost: x.example", "404"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nHost: <x>", "400"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nHost: x.example:port", "400"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nHost: ", "400"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nHost: x y", "400"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nX-Forwarded-Proto: <>\r\nHost: x.example", "200"),
        ("POST /api/v1/share?secret=a HTTP/1.1\r\nUser-Agent: \u{e9}\r\nHost: x.example", "200"),
        (&format!("POST /api/v1/share?secret={long_query} HTTP/1.1\r\nHost: x.example"), "414"),
        ("NONSENSE", "400"),
    ] {
        let answer = raw(&app, format!("{line_and_host}\r\n{tail}").as_bytes()).await;
        let got = answer.split(' ').nth(1).unwrap_or_default();
        assert_eq!(got, status, "{}: {answer}", &line_and_host[..line_and_host.len().min(90)]);
    }
    assert_eq!(app.anonymous().get("/api/v1/status").await.status, 200, "it is still there");
}
