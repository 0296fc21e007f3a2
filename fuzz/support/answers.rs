//! What must hold of every answer, whatever was sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use readonce_http::api::status::OPENAPI;
use readonce_http::gateway::reply::Reply;
use readonce_http::routes::{self, Endpoint, Page};
use serde_json::Value;
use std::io::Read as _;
use std::sync::LazyLock;

static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(OPENAPI).expect("the description is JSON"));

/// Statuses that pages may have: those of the README's table, but not the one
/// for bugs.
const STATUSES: [u16; 9] = [200, 400, 401, 403, 404, 413, 429, 502, 503];

/// Fails if an answer is not one that README.md and openapi.json know of.
///
/// # Panics
/// Then.
pub fn assert_documented(method: &str, path: &str, reply: &Reply) {
    let status = reply.status;
    assert!(STATUSES.contains(&status), "status {status} to {method} {path:?}");
    let headers = reply.all_headers();
    for (name, value) in &headers {
        assert!(http::HeaderValue::try_from(value).is_ok(), "{name} cannot be sent: {value:?}");
    }
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers.contains_key("retry-after"), [429, 503].contains(&status), "{status} to {path:?}");
    let route = routes::find(method, path).map(|(route, _)| route);
    let is_file =
        matches!(route.map(|route| route.endpoint), Some(Endpoint::Page(Page::Robots | Page::Icon)));
    if !is_file {
        assert_eq!(headers["cache-control"], "no-store");
    }
    if let Some(compressed) = &reply.compressed {
        let mut text = String::new();
        GzDecoder::new(compressed.as_slice()).read_to_string(&mut text).expect("it is compressed text");
        assert_eq!(text, *reply.body);
    }
    if !headers["content-type"].starts_with("application/json") {
        return;
    }
    let is_head = method == "HEAD";
    assert!(is_head || serde_json::from_str::<Value>(&reply.body).is_ok(), "not JSON: {}", *reply.body);
    if let Some(route) = route.filter(|route| !matches!(route.endpoint, Endpoint::Page(_))) {
        let operation = &DESCRIPTION["paths"][route.path][route.method.to_lowercase()];
        let described = &operation["responses"][status.to_string()];
        assert!(described.is_object(), "{method} {} does not know of {status}", route.path);
    }
}

/// Is `needle` in a call's body, as text or as bytes?
pub fn contains(body: &Value, needle: &str) -> bool {
    match body {
        Value::String(text) => {
            let bytes = STANDARD.decode(text).unwrap_or_default();
            text.contains(needle) || bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        }
        Value::Array(values) => values.iter().any(|value| contains(value, needle)),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.contains(needle) || contains(value, needle))
        }
        _ => false,
    }
}
