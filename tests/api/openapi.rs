//! The description of the API. That every answer matches it is checked by the support
//! code whenever a test receives one.

use readonce_http::routes::ROUTES;
use readonce_tests::{TestApp, openapi};
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test]
async fn the_description_is_served_as_it_is() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/v1/openapi.json").await;
    assert_eq!(answer.status, 200);
    assert_eq!(&answer.json(), openapi::document());
    assert!(answer.json()["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(app.faults.take_calls(), [""; 0], "it asks nobody");
}

#[test]
fn it_describes_every_route_and_no_other() {
    let in_code: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| route.function != "page")
        .map(|route| (route.path.to_owned(), route.method.to_lowercase()))
        .collect();
    let paths = openapi::document()["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (path.clone(), method.clone()))
        })
        .collect();
    assert_eq!(described, in_code);
}

/// The description of an operation, without its name.
fn operation(path: &str, method: &str) -> Value {
    let mut operation = openapi::document()["paths"][path][method].clone();
    operation.as_object_mut().unwrap().remove("operationId");
    operation
}

#[test]
fn an_alias_has_the_description_of_its_target() {
    assert_eq!(operation("/api/v1/create", "post"), operation("/api/v1/share", "post"));
    for alias in ["metadata", "receipt"] {
        for (end, method) in [("recent", "get"), ("{key}", "get"), ("{key}", "post"), ("{key}/burn", "post")]
        {
            let described = operation(&format!("/api/v1/{alias}/{end}"), method);
            assert_eq!(described, operation(&format!("/api/v1/private/{end}"), method), "{alias} {end}");
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let paths = openapi::document()["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|methods| methods.as_object().unwrap().values());
    let names: Vec<&str> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}
