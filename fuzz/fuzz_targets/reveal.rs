//! Revealing from a row that somebody has changed: the text as it was shared,
//! or nothing.
#![no_main]

use arbitrary::Arbitrary;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use readonce_core::time::UnixTime;
use readonce_fuzz::fixture::{self, EXPIRED, LOCKED, NOW, OPEN, PASSPHRASE, RECEIVED, SHARE_DOMAIN, TEXT};
use readonce_fuzz::service::Service;
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use serde_json::{Value, json};
use std::sync::LazyLock;

static SERVICE: LazyLock<Service> = LazyLock::new(Service::default);

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    secret: Secret,
    passphrase: Option<Word<'a>>,
    seconds_later: i32,
    changes: Vec<(Attribute, Change<'a>)>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Secret {
    Open,
    Locked,
    Received,
    Expired,
}

#[derive(Arbitrary, Debug)]
enum Word<'a> {
    Right,
    Other(&'a str),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Attribute {
    Version,
    State,
    Ends,
    ReceiptEnds,
    ShareDomain,
    Salt,
    Nonce,
    Ciphertext,
    DataKey,
    Verifier,
}

impl Attribute {
    fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::State => "state",
            Self::Ends => "ends",
            Self::ReceiptEnds => "receipt_ends",
            Self::ShareDomain => "share_domain",
            Self::Salt => "salt",
            Self::Nonce => "nonce",
            Self::Ciphertext => "ciphertext",
            Self::DataKey => "data_key",
            Self::Verifier => "verifier",
        }
    }
}

#[derive(Arbitrary, Debug)]
enum Change<'a> {
    Removed,
    Text(&'a str),
    Number(i64),
    Digits(&'a str),
    Bytes(&'a [u8]),
    Byte {
        at: u16,
        xor: u8,
    },
    Length(u16),
    /// That of the other secret that can be revealed.
    Other,
    /// Back as it was.
    Before,
}

fuzz_target!(|input: Input<'_>| {
    let name = match input.secret {
        Secret::Open => OPEN,
        Secret::Locked => LOCKED,
        Secret::Received => RECEIVED,
        Secret::Expired => EXPIRED,
    };
    let before = fixture::secret_row(&SERVICE.aws, name);
    let other = fixture::secret_row(&SERVICE.aws, if name == OPEN { LOCKED } else { OPEN });
    let mut row = before.clone();
    for (attribute, change) in &input.changes {
        let attribute = attribute.name();
        match changed(attribute, change, &row, &before, &other) {
            Some(value) => drop(row.insert(attribute.to_owned(), value)),
            None => drop(row.remove(attribute)),
        }
    }
    SERVICE.aws.put(row.clone());
    let passphrase = match input.passphrase {
        None => "",
        Some(Word::Right) => PASSPHRASE,
        Some(Word::Other(text)) => text,
    };
    let now = UnixTime::from_seconds(NOW.seconds().saturating_add(input.seconds_later.into()));
    let (reply, calls) = SERVICE.answer(event(name, passphrase), now, []);
    SERVICE.aws.put(before.clone());
    let claims = calls.iter().filter(|call| call.body["ExpressionAttributeValues"].get(":claim").is_some());
    if reply.status != 200 {
        assert!([404, 429, 500, 503].contains(&reply.status), "{}", reply.status);
        assert!(!reply.body.contains(TEXT));
        assert_eq!(claims.count(), 0, "what does not open is not claimed");
        return;
    }
    assert_eq!(claims.count(), 1, "what is revealed was claimed");
    let body: Value = serde_json::from_str(&reply.body).expect("an answer is JSON");
    assert_eq!(
        (&body["value"], &body["share_domain"]),
        (&json!(TEXT), &json!(format!("https://{SHARE_DOMAIN}")))
    );
    for sealed in ["version", "salt", "nonce", "ciphertext", "ends", "share_domain", "verifier", "data_key"] {
        assert_eq!(value(&row, sealed), value(&before, sealed), "{sealed} was changed");
    }
    assert!(now.seconds() < NOW.seconds() + fixture::TTL_SECONDS, "it was over");
    assert!(name == OPEN || passphrase == PASSPHRASE && name == LOCKED, "{name} with {passphrase:?}");
});

/// The attribute as it stands in the row from now on.
fn changed(
    attribute: &str,
    change: &Change<'_>,
    row: &serde_json::Map<String, Value>,
    before: &serde_json::Map<String, Value>,
    other: &serde_json::Map<String, Value>,
) -> Option<Value> {
    let bytes = || STANDARD.decode(row.get(attribute)?["B"].as_str()?).ok();
    let stored = |bytes: Vec<u8>| json!({ "B": STANDARD.encode(bytes) });
    match change {
        Change::Removed => None,
        Change::Text(text) => Some(json!({ "S": text })),
        Change::Number(number) => Some(json!({ "N": number.to_string() })),
        Change::Digits(digits) => Some(json!({ "N": digits })),
        Change::Bytes(bytes) => Some(stored(bytes.to_vec())),
        Change::Byte { at, xor } => {
            let mut bytes = bytes()?;
            let at = usize::from(*at) % bytes.len().max(1);
            *bytes.get_mut(at)? ^= xor;
            Some(stored(bytes))
        }
        Change::Length(length) => {
            let mut bytes = bytes()?;
            bytes.resize((*length).into(), 0);
            Some(stored(bytes))
        }
        Change::Other => other.get(attribute).cloned(),
        Change::Before => before.get(attribute).cloned(),
    }
}

/// What an attribute says: a number may be written in several ways.
fn value(row: &serde_json::Map<String, Value>, attribute: &str) -> Option<Value> {
    let value = row.get(attribute)?;
    let number = value["N"].as_str().and_then(|digits| digits.parse::<i64>().ok());
    Some(number.map_or_else(|| value.clone(), Value::from))
}

fn event(name: &str, passphrase: &str) -> Event {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("passphrase", passphrase).finish();
    Event {
        raw_path: format!("/api/v1/secret/{}", fixture::secret_key(name).expose()),
        body: Some(body),
        request_context: RequestContext {
            domain_name: "eu.example.com".to_owned(),
            http: HttpContext { method: "POST".to_owned(), source_ip: "192.0.2.1".to_owned() },
        },
        ..Event::default()
    }
}
