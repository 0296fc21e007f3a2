//! An answer, in the form API Gateway takes from a function (payload format
//! 2.0).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// An answer to a client.
pub struct Reply {
    /// HTTP status code.
    pub status: u16,
    /// Headers in addition to those of every answer; see [`Reply::all_headers`].
    pub headers: Vec<(&'static str, String)>,
    /// The uncompressed body: JSON, unless a header says otherwise.
    pub body: Zeroizing<String>,
    /// The gzip form of the body, sent in its place. Must be `None` if the body
    /// contains a secret.
    pub compressed: Option<Vec<u8>>,
}

impl Reply {
    /// An answer with `body` as compact JSON.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        let body =
            serde_json::to_string(body).expect("our wire types are strings, numbers and lists of them");
        Self { status, headers: Vec::new(), body: Zeroizing::new(body), compressed: None }
    }

    /// The body as it goes over the wire, compressed or not.
    pub fn bytes(&self) -> &[u8] {
        self.compressed.as_deref().unwrap_or(self.body.as_bytes())
    }

    /// Removes the body, as an answer to HEAD requires.
    pub fn drop_body(&mut self) {
        self.body = Zeroizing::default();
        self.compressed = None;
    }

    /// An answer whose JSON is already written.
    pub fn written_json(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: Zeroizing::new(body.to_owned()), compressed: None }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// All headers. Every answer is JSON by default. It must not be stored and, if a
    /// browser shows it, nothing in it may be executed, framed or indexed.
    pub fn all_headers(&self) -> BTreeMap<&'static str, String> {
        let mut headers = BTreeMap::from([
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            // Two years. Browsers ignore it without TLS, so it does not affect the local
            // server. It does not cover subdomains, which may belong to somebody else.
            ("strict-transport-security", "max-age=63072000".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("x-robots-tag", "noindex, nofollow".to_owned()),
        ]);
        headers.extend(self.headers.iter().cloned());
        headers
    }
}

/// The answer as API Gateway parses it.
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
