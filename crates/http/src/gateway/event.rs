//! The events that API Gateway sends to a function: HTTP API, payload format 2.0
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>).
//! Only the fields that are used are parsed.
//!
//! The event is ours, while the loop and the context of a call come from `lambda_http`.
//! That crate's `ApiGatewayV2httpRequest` keeps a secret where nobody can wipe it: it
//! parses `queryStringParameters`, a decoded copy of the query, and can itself be copied,
//! printed and written out. It also refuses a whole event, which the client sees as a 500,
//! for a header with a control character in its value (`user-agent: a\u{7f}b`), or for null
//! as `isBase64Encoded` or `requestContext` (a test in tests/api/events.rs).
//!
//! Events are not turned into `http::Request`s either. That conversion builds a URI from
//! client input: the path, which the gateway has already percent-decoded and which may
//! therefore hold `?`, `#` or blanks, the raw query and the Host header. It can fail, and
//! in the usual crate it panics. Nothing here needs a URI.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use readonce_core::{Error, Result};
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use zeroize::Zeroizing;

/// A request in the gateway's form. Missing and null fields are empty.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Event {
    /// The path, percent-decoded by the gateway.
    #[serde(deserialize_with = "or_empty")]
    pub raw_path: String,
    /// The query as it was sent, percent-encoded, without `?`.
    #[serde(deserialize_with = "or_empty")]
    pub raw_query_string: String,
    /// Header values by name; repeated headers are joined by commas. `None` without
    /// headers.
    pub headers: Option<HashMap<String, String>>,
    /// The body, as text or in base64; `None` without a body.
    pub body: Option<String>,
    /// Whether the body is in base64.
    #[serde(deserialize_with = "or_empty")]
    pub is_base64_encoded: bool,
    /// Host, method and client address of the request.
    #[serde(deserialize_with = "or_empty")]
    pub request_context: RequestContext,
}

/// Properties of a request that the gateway determines itself.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestContext {
    /// The host that received the request; a client cannot choose it freely.
    #[serde(deserialize_with = "or_empty")]
    pub domain_name: String,
    /// Method and client address.
    #[serde(deserialize_with = "or_empty")]
    pub http: HttpContext,
}

/// Method and client address of a request.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpContext {
    /// The HTTP method, in upper case.
    #[serde(deserialize_with = "or_empty")]
    pub method: String,
    /// The client's IP address, as the gateway saw it.
    #[serde(deserialize_with = "or_empty")]
    pub source_ip: String,
}

/// Treats null like a missing field.
fn or_empty<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl Event {
    /// The value of a header, compared without case; `None` if it was not sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?;
        let found = headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Takes the body out and decodes it, so that no copy stays in the event.
    ///
    /// # Errors
    /// [`Error::IncorrectPayload`] if it is marked as base64 but is not.
    pub fn take_body(&mut self) -> Result<Zeroizing<Vec<u8>>> {
        let mut body = Zeroizing::new(self.body.take().unwrap_or_default());
        if !self.is_base64_encoded {
            return Ok(Zeroizing::new(std::mem::take(&mut *body).into_bytes()));
        }
        let decoded = STANDARD.decode(body.as_bytes()).map_err(|_| Error::IncorrectPayload)?;
        Ok(Zeroizing::new(decoded))
    }
}
