//! An answer, in the form API Gateway takes from a function (payload format
//! 2.0).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What a client gets.
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Headers beside those every answer has.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, unless the headers say otherwise.
    pub body: Zeroizing<String>,
    /// The body compressed, which then goes out in its place. Never of a body
    /// with a secret in it.
    pub compressed: Option<Vec<u8>>,
}

impl Reply {
    /// An answer with `body` as compact JSON.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        let body =
            serde_json::to_string(body).expect("our wire types are strings, numbers and lists of them");
        Self { status, headers: Vec::new(), body: Zeroizing::new(body), compressed: None }
    }

    /// The bytes that go over the wire.
    pub fn bytes(&self) -> &[u8] {
        self.compressed.as_deref().unwrap_or(self.body.as_bytes())
    }

    /// As HEAD is answered: without a body.
    pub fn drop_body(&mut self) {
        self.body = Zeroizing::default();
        self.compressed = None;
    }

    /// An answer with JSON that is written already.
    pub fn written_json(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: Zeroizing::new(body.to_owned()), compressed: None }
    }

    /// With one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// All headers: every answer is JSON, none may be kept, and nothing in one
    /// may be run, framed or indexed, should a browser show it.
    pub fn all_headers(&self) -> BTreeMap<&'static str, String> {
        let mut headers = BTreeMap::from([
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            // Two years. Browsers heed it over TLS only, so that the local
            // server does no harm by it. Not for subdomains, which may be
            // somebody else's.
            ("strict-transport-security", "max-age=63072000".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("x-robots-tag", "noindex, nofollow".to_owned()),
        ]);
        headers.extend(self.headers.iter().cloned());
        headers
    }
}

/// As API Gateway reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GatewayResponse {
    status_code: u16,
    headers: BTreeMap<&'static str, String>,
    body: String,
    is_base64_encoded: bool,
}

impl From<Reply> for GatewayResponse {
    fn from(mut reply: Reply) -> Self {
        Self {
            status_code: reply.status,
            headers: reply.all_headers(),
            is_base64_encoded: reply.compressed.is_some(),
            body: match &reply.compressed {
                Some(compressed) => STANDARD.encode(compressed),
                None => std::mem::take(&mut *reply.body),
            },
        }
    }
}
