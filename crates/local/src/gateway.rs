//! API Gateway's part before a function sees a request: limits, and
//! the event.
//!
//! Limits: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use readonce_http::gateway::reply::Reply;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

/// Request line and headers together, in bytes.
const HEAD_LIMIT: usize = 10_240;
/// The body, in bytes: what Lambda takes of an event.
const BODY_LIMIT: usize = 6 * 1024 * 1024;
/// Bytes read beyond the limit, so that the client gets to read the refusal.
const DRAIN_LIMIT: usize = 64 * 1024 * 1024;
/// Maximum duration of receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// The event of a request, or the gateway's own refusal.
pub async fn event(request: Request<Incoming>, client: IpAddr) -> Result<Event, Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    if head_size(&head) > HEAD_LIMIT {
        return Err(refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "Request Header Fields Too Large"));
    }
    let body = match tokio::time::timeout(BODY_TIMEOUT, read(body)).await {
        Ok(Ok(body)) => body,
        Ok(Err(refusal)) => return Err(refusal),
        Err(_) => return Err(refusal(StatusCode::REQUEST_TIMEOUT, "Request Timeout")),
    };
    let (body, is_base64_encoded) = match String::from_utf8(body) {
        Ok(text) => (text, false),
        Err(error) => (STANDARD.encode(error.as_bytes()), true),
    };
    let headers = joined(&head.headers);
    Ok(Event {
        raw_path: percent_decode_str(head.uri.path()).decode_utf8_lossy().into_owned(),
        raw_query_string: head.uri.query().unwrap_or_default().to_owned(),
        request_context: RequestContext {
            domain_name: headers.get("host").cloned().unwrap_or_default(),
            http: HttpContext { method: head.method.to_string(), source_ip: client.to_string() },
        },
        headers: Some(headers),
        body: Some(body).filter(|body| !body.is_empty()),
        is_base64_encoded,
    })
}

/// The answer as it goes over the wire.
pub fn response(reply: &Reply) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.all_headers() {
        response = response.header(name, value);
    }
    let body = Full::new(Bytes::copy_from_slice(reply.bytes()));
    response.body(body).unwrap_or_else(|_| refusal(StatusCode::BAD_GATEWAY, "Internal Server Error"))
}

async fn read(mut body: Incoming) -> Result<Vec<u8>, Response<Full<Bytes>>> {
    let mut bytes = Vec::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| refusal(StatusCode::BAD_REQUEST, "Bad Request"))?;
        let Some(data) = frame.data_ref() else { continue };
        size += data.len();
        if size > DRAIN_LIMIT {
            break;
        }
        if size <= BODY_LIMIT {
            bytes.extend_from_slice(data);
        }
    }
    if size > BODY_LIMIT {
        return Err(refusal(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"));
    }
    Ok(bytes)
}

/// Bytes of the request line and the headers.
fn head_size(head: &Parts) -> usize {
    let path = head.uri.path_and_query().map_or(0, |path| path.as_str().len());
    let headers = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len());
    head.method.as_str().len() + path + headers.sum::<usize>()
}

/// Headers of one name are joined by commas.
fn joined(headers: &HeaderMap) -> HashMap<String, String> {
    let mut joined: HashMap<String, String> = HashMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let all = joined.entry(name.as_str().to_owned()).or_default();
        if !all.is_empty() {
            all.push(',');
        }
        all.push_str(&value);
    }
    joined
}

fn refusal(status: StatusCode, message: &str) -> Response<Full<Bytes>> {
    let body = format!("{{\"message\":\"{message}\"}}");
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    response
}
