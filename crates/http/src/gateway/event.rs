//! What API Gateway sends a function: the HTTP API event, payload format 2.0
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>),
//! and of that only what is read here.
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

/// A request, as the gateway hands it over. Whatever is missing or null is empty.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Event {
    /// The path, percent-decoded by the gateway.
    #[serde(deserialize_with = "or_empty")]
    pub raw_path: String,
    /// The query as it was sent.
    #[serde(deserialize_with = "or_empty")]
    pub raw_query_string: String,
    /// Header values by name; several of one name are joined by commas.
    pub headers: Option<HashMap<String, String>>,
    /// The body, as text or in base64.
    pub body: Option<String>,
    /// Is the body in base64?
    #[serde(deserialize_with = "or_empty")]
    pub is_base64_encoded: bool,
    /// What the gateway knows of the request.
    #[serde(deserialize_with = "or_empty")]
    pub request_context: RequestContext,
}

/// What the gateway knows of a request.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestContext {
    /// The host the request came in on.
    #[serde(deserialize_with = "or_empty")]
    pub domain_name: String,
    /// Method and address.
    #[serde(deserialize_with = "or_empty")]
    pub http: HttpContext,
}

/// Method and address of a request.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpContext {
    /// In upper case.
    #[serde(deserialize_with = "or_empty")]
    pub method: String,
    /// The client's address, as the gateway saw it.
    #[serde(deserialize_with = "or_empty")]
    pub source_ip: String,
}

/// Null is as good as missing.
fn or_empty<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl Event {
    /// The value of a header; names compare without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?;
        let found = headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body's bytes; taken out, so that no copy stays in the event.
    ///
    /// # Errors
    /// [`Error::IncorrectPayload`] if it is not the base64 it claims to be.
    pub fn take_body(&mut self) -> Result<Zeroizing<Vec<u8>>> {
        let mut body = Zeroizing::new(self.body.take().unwrap_or_default());
        if !self.is_base64_encoded {
            return Ok(Zeroizing::new(std::mem::take(&mut *body).into_bytes()));
        }
        let decoded = STANDARD.decode(body.as_bytes()).map_err(|_| Error::IncorrectPayload)?;
        Ok(Zeroizing::new(decoded))
    }
}
