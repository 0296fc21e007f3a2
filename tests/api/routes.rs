//! Each route does what its row in the route table says.

use readonce_core::limits::LimitedAction;
use readonce_core::table::counter::Rate;
use readonce_http::routes::{Credentials, ROUTES, Route};
use readonce_tests::app::TestApp;
use readonce_tests::caller::{Answer, Basic, Caller};

/// Calls a route with an unknown key and with a body that any route accepts.
async fn call(caller: &Caller, route: &Route, headers: &[(&str, &str)]) -> Answer {
    let path = route.path.replace("{key}", &"0".repeat(31));
    let mut request = caller.request(route.method, &path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::to(if route.method == "POST" { request.body("secret=x") } else { request }).await
}

#[tokio::test]
async fn a_route_refuses_pages_of_other_sites_if_its_row_says_so() {
    let app = TestApp::start().await;
    for route in ROUTES {
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
            &[("origin", "https://evil.example")],
        ] {
            let answer = call(&app.anonymous(), route, headers).await;
            let is_refused = answer.status == 403;
            assert_eq!(is_refused, route.same_site, "{} {}: {}", route.method, route.path, answer.status);
        }
    }
}

/// Every route that changes anything refuses them, except reading a receipt, which
/// needs its key.
#[test]
fn a_route_that_writes_refuses_pages_of_other_sites() {
    for route in ROUTES.iter().filter(|route| route.method != "GET") {
        let is_look = route.path.ends_with("{key}") && route.function == "receipt";
        assert_eq!(route.same_site, !is_look, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn a_route_takes_the_credentials_that_its_row_names() {
    let app = TestApp::start().await;
    let wrong = Basic { user: "nobody@example.com".to_owned(), password: "00".repeat(32) };
    let wrong = Caller::new(app.origin(), Some(wrong));
    for route in ROUTES {
        let refused = async |caller: &Caller| call(caller, route, &[]).await.status == 401;
        let found = (refused(&app.anonymous()).await, refused(&wrong).await);
        let expected = match route.credentials {
            Credentials::Ignored => (false, false),
            Credentials::Optional => (false, true),
            Credentials::Required => (true, true),
        };
        assert_eq!(found, expected, "{} {}: (without, with wrong ones)", route.method, route.path);
    }
}

#[tokio::test]
async fn a_route_counts_what_its_row_names_and_nothing_else() {
    for action in [None, Some(LimitedAction::Creation), Some(LimitedAction::FruitlessReveal)] {
        for route in ROUTES.iter().filter(|route| route.limit == action) {
            let app = TestApp::start_with(|settings| {
                let once = Some(Rate { most: 1, window_seconds: 86_400 });
                settings.limits.creations = once;
                settings.limits.reveals = once;
            })
            .await;
            let caller = app.anonymous();
            let first = call(&caller, route, &[]).await.status;
            let second = call(&caller, route, &[]).await.status;
            assert_ne!(first, 429, "{} {}", route.method, route.path);
            assert_eq!(second == 429, action.is_some(), "{} {}: {second}", route.method, route.path);
        }
    }
}
