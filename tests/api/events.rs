//! API Gateway's own events, passed to the functions' handlers.

use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use readonce_core::call::Call;
use readonce_core::time::UnixTime;
use readonce_http::api::generate::GenerateFunction;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::api::share::ShareFunction;
use readonce_http::api::status::StatusFunction;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::{self, Function};
use readonce_http::gateway::reply::Reply;
use readonce_tests::TestApp;
use readonce_tests::lambda::event;
use serde_json::{Value, json};
use std::time::Duration;

async fn handle(function: &impl Function, event: Value) -> Reply {
    let event: Event = serde_json::from_value(event).expect("whatever the gateway sends can be read");
    function::handle(function, event, Call::new(UnixTime::now(), Duration::from_secs(19)), false).await
}

fn text(reply: &Reply, name: &str) -> String {
    let json: Value = serde_json::from_str(&reply.body).unwrap();
    json[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", *reply.body)).to_owned()
}

struct Functions {
    share: ShareFunction,
    generate: GenerateFunction,
    reveal: RevealFunction,
    status: StatusFunction,
}

/// As on Lambda: without a site URL, so links carry the gateway's host over TLS.
async fn functions() -> (TestApp, Functions) {
    let app = TestApp::start_with(|settings| {
        settings.site =
            readonce_core::address::site::SiteRule::RequestHost(readonce_core::address::site::Scheme::Https);
    })
    .await;
    let functions = Functions {
        share: ShareFunction::new(&app.settings, &app.aws).unwrap(),
        generate: GenerateFunction::new(&app.settings, &app.aws).unwrap(),
        reveal: RevealFunction::new(&app.settings, &app.aws).unwrap(),
        status: StatusFunction::new(&app.settings, &app.aws).unwrap(),
    };
    (app, functions)
}

#[tokio::test]
async fn a_secret_goes_through_the_functions() {
    let (_app, functions) = functions().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let shared =
        handle(&functions.share, event("POST", "/api/v1/share", "", &form, Some("secret=a+b"))).await;
    let key = text(&shared, "secret_key");
    assert_eq!(text(&shared, "secret_url"), format!("https://eu.readonce.example/secret/{key}"));
    let path = format!("/api/v1/secret/{key}");
    let revealed = handle(&functions.reveal, event("POST", &path, "", &[], None)).await;
    assert_eq!(text(&revealed, "value"), "a b");
    assert_eq!(text(&revealed, "share_domain"), "https://eu.readonce.example");
    assert_eq!(handle(&functions.reveal, event("POST", &path, "", &[], None)).await.status, 404);
    let generated =
        handle(&functions.generate, event("POST", "/api/v1/generate", "length=20", &[], None)).await;
    assert_eq!(text(&generated, "value").len(), 20);
    let up = handle(&functions.status, event("GET", "/api/v1/status", "", &[], None)).await;
    assert_eq!(up.status, 200);
}

#[tokio::test]
async fn a_body_in_base64_is_decoded() {
    let (_app, functions) = functions().await;
    let mut base64 = event("POST", "/api/v1/share", "", &[], Some("c2VjcmV0PWErYg=="));
    base64["isBase64Encoded"] = json!(true);
    let key = text(&handle(&functions.share, base64.clone()).await, "secret_key");
    let revealed =
        handle(&functions.reveal, event("POST", &format!("/api/v1/secret/{key}"), "", &[], None)).await;
    assert_eq!(text(&revealed, "value"), "a b");
    base64["body"] = json!("not base64!");
    let refused = handle(&functions.share, base64).await;
    assert_eq!((refused.status, text(&refused, "message").as_str()), (400, "Incorrect payload format"));
}

#[tokio::test]
async fn a_function_serves_its_own_routes_only() {
    let (_app, functions) = functions().await;
    let share = || event("POST", "/api/v1/share", "secret=x", &[], None);
    let status = || event("GET", "/api/v1/status", "", &[], None);
    for reply in [
        handle(&functions.generate, share()).await,
        handle(&functions.reveal, share()).await,
        handle(&functions.status, share()).await,
        handle(&functions.share, status()).await,
    ] {
        assert_eq!((reply.status, reply.body.as_str()), (404, r#"{"error":"Not Found"}"#));
    }
}

#[tokio::test]
async fn no_event_makes_a_function_panic() {
    let (_app, functions) = functions().await;
    let huge = "x".repeat(70_000);
    let mut without_host = event("POST", "/api/v1/share", "secret=x", &[], None);
    without_host["requestContext"]["domainName"] = json!("");
    let events = [
        (json!({}), 404),
        (json!({ "headers": null, "body": null }), 404),
        (without_host, 400),
        (event("POST", "/api/v1/share", "secret=<\"'> b", &[], None), 200),
        (event("POST", "/api/v1/share", "secret=%", &[], None), 400),
        (event("POST", "/api/v1/share", &format!("secret={huge}"), &[], None), 413),
        (
            event(
                "POST",
                "/api/v1/share",
                "secret=x",
                &[("host", "<>"), ("x-forwarded-proto", "\u{0}")],
                None,
            ),
            200,
        ),
        (event("POST", "/api/v1/share", "secret=x", &[("user-agent", "\u{e9}\r\n")], None), 200),
        (event("POST", "/a/../../b", "", &[], None), 404),
        (event("POST", "/api/v1/share#fragment?x", "", &[], None), 404),
        (event("POST", "", "", &[], None), 404),
        (event("\u{0}", "/api/v1/share", "", &[], None), 404),
    ];
    for (event, status) in events {
        let reply = handle(&functions.share, event.clone()).await;
        assert_eq!(reply.status, status, "{event}: {}", *reply.body);
    }
    // The gateway decodes the path before it hands it over.
    let key = "a?b#c d\"e\u{1F511}";
    let reply =
        handle(&functions.reveal, event("POST", &format!("/api/v1/secret/{key}"), "", &[], None)).await;
    assert_eq!((reply.status, text(&reply, "secret_key").as_str()), (404, key));
}

/// Two of the reasons for our own event type; its module names the third.
#[test]
fn the_event_of_lambda_http_refuses_what_ours_reads() {
    let refuses = |event: &Value| serde_json::from_value::<ApiGatewayV2httpRequest>(event.clone()).is_err();
    let good = event("POST", "/api/v1/share", "secret=x", &[("user-agent", "curl")], None);
    assert!(!refuses(&good));
    for value in ["a\u{1}b", "a\u{7f}b"] {
        assert!(refuses(&event("GET", "/", "", &[("user-agent", value)], None)), "{value:?}");
    }
    for field in ["/requestContext", "/requestContext/http", "/requestContext/timeEpoch", "/isBase64Encoded"]
    {
        let mut null = good.clone();
        let (parent, name) = field.rsplit_once('/').unwrap();
        null.pointer_mut(parent).unwrap()[name] = json!(null);
        assert!(refuses(&null), "null as {field}");
    }
}

/// The gateway omits missing fields; other senders of its events write null.
#[tokio::test]
async fn null_fields_of_an_event_count_as_missing() {
    let (_app, functions) = functions().await;
    for (field, query, body, status) in [
        ("/rawQueryString", "", Some("secret=x"), 200),
        ("/headers", "secret=x", None, 200),
        ("/body", "secret=x", None, 200),
        ("/isBase64Encoded", "secret=x", None, 200),
        ("/requestContext/http/sourceIp", "secret=x", None, 200),
        ("/requestContext/domainName", "secret=x", None, 400),
        ("/requestContext/http/method", "secret=x", None, 404),
        ("/requestContext/http", "secret=x", None, 404),
        ("/requestContext", "secret=x", None, 404),
        ("/rawPath", "secret=x", None, 404),
    ] {
        let mut null = event("POST", "/api/v1/share", query, &[], body);
        let (parent, name) = field.rsplit_once('/').unwrap();
        null.pointer_mut(parent).unwrap()[name] = json!(null);
        assert_eq!(handle(&functions.share, null.clone()).await.status, status, "{field}");
        null.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        assert_eq!(handle(&functions.share, null).await.status, status, "without {field}");
    }
}

#[tokio::test]
async fn a_call_on_a_custom_domain_links_to_it() {
    let (app, _) = functions().await;
    let mut settings = app.settings.clone();
    settings.site =
        readonce_core::address::site::SiteRule::Fixed("https://eu.readonce.example".parse().unwrap());
    settings.create.open_domains = vec!["secrets.example.com".parse().unwrap()];
    let share = ShareFunction::new(&settings, &app.aws).unwrap();
    for (domain_name, origin) in [
        ("secrets.example.com", "https://secrets.example.com"),
        ("eu.readonce.example", "https://eu.readonce.example"),
        // The unqualified host, which leads to the active region.
        ("readonce.example", "https://eu.readonce.example"),
    ] {
        let mut event = event("POST", "/api/v1/share", "secret=x", &[], None);
        event["requestContext"]["domainName"] = json!(domain_name);
        let reply = handle(&share, event).await;
        assert_eq!(text(&reply, "secret_url"), format!("{origin}/secret/{}", text(&reply, "secret_key")));
    }
}

/// A function that panics.
struct Panics;

impl Function for Panics {
    fn serves(&self, _: &str) -> bool {
        true
    }

    async fn answer(&self, _: function::Request) -> readonce_core::Result<Reply> {
        panic!("a bug")
    }

    async fn warm_up(&self, _: Call) {}
}

#[tokio::test]
async fn a_panic_is_answered() {
    let reply = handle(&Panics, event("GET", "/api/v1/status", "", &[], None)).await;
    assert_eq!(
        (reply.status, reply.body.as_str()),
        (500, r#"{"message":"An unexpected error occurred :["}"#)
    );
}
