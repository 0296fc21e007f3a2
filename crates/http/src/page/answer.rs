//! A page as an answer.

use super::layout::Layout;
use crate::gateway::event::Event;
use crate::gateway::reply::Reply;
use crate::request::negotiation;
use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use zeroize::Zeroizing;

/// Room for a page, so that rendering one does not leave copies of a secret
/// behind in memory that was outgrown.
const ROOM_BYTES: usize = 48 * 1024;

/// The answer with that page. `secret_bytes` is the size of the text in it that
/// must leave no copy.
pub(super) fn html(layout: &Layout, status: u16, view: &impl Template, secret_bytes: usize) -> Reply {
    // A character takes six bytes at most when it is escaped.
    let mut text = Zeroizing::new(String::with_capacity(ROOM_BYTES + secret_bytes * 6));
    view.render_into(&mut *text).expect("our templates call nothing that can fail");
    Reply { status, headers: Vec::new(), body: text, compressed: None }
        .with_header("content-type", "text/html; charset=utf-8")
        .with_header("content-security-policy", layout.policy())
        .with_header("cross-origin-opener-policy", "same-origin")
}

/// A file that is the same for everybody.
pub(super) fn file(content_type: &str, text: String) -> Reply {
    Reply { status: 200, headers: Vec::new(), body: Zeroizing::new(text), compressed: None }
        .with_header("content-type", content_type)
        .with_header("cache-control", "public, max-age=86400")
}

/// The answer compressed, if the client takes that. Only for pages that no
/// secret is in: a secret's length after compression together with text that
/// somebody else has chosen tells about the secret (BREACH).
pub(super) fn compressed(mut reply: Reply, event: &Event) -> Reply {
    if negotiation::takes_gzip(event) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let written = encoder.write_all(reply.body.as_bytes()).and_then(|()| encoder.finish());
        reply.compressed = Some(written.expect("a vector takes every byte"));
        reply = reply.with_header("content-encoding", "gzip");
    }
    reply.with_header("vary", "accept-encoding, accept-language")
}
