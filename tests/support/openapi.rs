//! Compares answers with the description of the API.

use crate::caller::Answer;
use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use readonce_http::api::status::OPENAPI;
use readonce_http::routes;
use reqwest::Url;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(OPENAPI).expect("the description is JSON"));
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The parsed description.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// Fails the test if the description does not include this answer. Refusals of the
/// gateway itself are exempt, and so are pages.
pub(crate) fn assert_described(method: &str, url: &Url, answer: &Answer) {
    let path = url.path();
    let is_page = !path.starts_with("/api/") || url.query_pairs().any(|(name, _)| name == "page");
    if is_page || !answer.headers.contains_key("x-robots-tag") {
        return;
    }
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    let is_written_by_hand = path.trim_end_matches('/').ends_with("openapi.json");
    assert!(is_written_by_hand || !answer.body.contains('\n'), "not compact: {}", answer.body);
    let path = percent_decode_str(path).decode_utf8_lossy();
    let Some((route, _)) = routes::find(method, &path) else {
        assert_eq!(
            (answer.status, method == "HEAD" || answer.body == r#"{"error":"Not Found"}"#),
            (404, true)
        );
        return;
    };
    let name = format!("{} {} {}", route.method, route.path, answer.status);
    let operation = &DOCUMENT["paths"][route.path][route.method.to_lowercase()];
    let response = resolved(&operation["responses"][answer.status.to_string()]);
    assert!(response.is_object(), "{name} is not described: {}", answer.body);
    for (header, described) in response["headers"].as_object().into_iter().flatten() {
        let is_there = answer.headers.contains_key(header.to_lowercase());
        assert!(is_there || described["required"] != true, "{name} has no header {header}");
    }
    // The gateway's own answers have none, so the description cannot require it.
    let has_retry_after = answer.headers.contains_key("retry-after");
    assert_eq!(has_retry_after, [429, 503].contains(&answer.status), "{name}");
    if method == "HEAD" {
        assert_eq!(answer.body, "", "{name}");
        return;
    }
    let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let validator =
        Arc::clone(validators.entry(name.clone()).or_insert_with(|| Arc::new(validator(response))));
    drop(validators);
    let errors: Vec<String> = validator
        .iter_errors(&answer.json())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name} is described otherwise: {errors:?}");
}

fn validator(response: &Value) -> Validator {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [response["content"]["application/json"]["schema"]],
        "components": DOCUMENT["components"],
    });
    jsonschema::validator_for(&schema).expect("the description's schemas are schemas")
}

/// Follows a `$ref`.
fn resolved(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => DOCUMENT.pointer(pointer).unwrap_or(&Value::Null),
        None => value,
    }
}
