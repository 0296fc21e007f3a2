//! Reading the parameters of any query and body.
//!
//! An input is a line with the query, a line with the Content-Type (empty for
//! none), and the body.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use readonce_core::Error;
use readonce_fuzz::wait_for;
use readonce_http::gateway::event::Event;
use readonce_http::request::parameters::Parameters;

fuzz_target!(|data: &[u8]| {
    let mut lines = data.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (Ok(query), Ok(content_type), body) = (str::from_utf8(line()), str::from_utf8(line()), line()) else {
        return;
    };
    let event = |query: &str, body: &[u8], in_base64: bool| Event {
        raw_query_string: query.to_owned(),
        headers: Some([("Content-Type".to_owned(), content_type.to_owned())].into()),
        // As the gateway does, which base64 may also come from for text.
        is_base64_encoded: in_base64,
        body: Some(if in_base64 {
            STANDARD.encode(body)
        } else {
            String::from_utf8_lossy(body).into_owned()
        }),
        ..Event::default()
    };
    let read = Read::of(event(query, body, true));
    assert_eq!(read, Read::of(event(query, body, true)), "the same twice");
    if str::from_utf8(body).is_ok() {
        assert_eq!(read, Read::of(event(query, body, false)), "the same in base64");
    }
    let Some(read) = read else { return };
    let of_query = Read::of(event(query, b"", false)).expect("a query that was read with a body");
    let of_body = Read::of(event("", body, true)).expect("a body that was read with a query");
    assert_eq!(read.secret, of_body.secret.or(of_query.secret), "the body wins");
    assert_eq!(read.ttl, of_body.ttl.or(of_query.ttl), "the body wins");
    let sent_bytes = query.len() + body.len();
    for text in read.secret.iter().chain(&read.ttl).chain(&read.recipients) {
        // A byte that is no UTF-8 becomes a character of three bytes.
        assert!(text.chars().count() <= sent_bytes, "more came out than went in");
        assert!(text.len() <= sent_bytes * 3, "more came out than went in");
        assert!(!text.contains('\0'), "NUL is dropped");
    }
});

/// What can be seen of what was read.
#[derive(Debug, PartialEq)]
struct Read {
    secret: Option<String>,
    ttl: Option<String>,
    share_domain: Option<String>,
    recipients: Vec<String>,
    has_passphrase: bool,
    length: Option<String>,
    character_sets: Option<readonce_core::secret::generated_value::CharacterSets>,
    is_deliberate: bool,
}

impl Read {
    fn of(mut event: Event) -> Option<Self> {
        let mut parameters = match wait_for(Parameters::read(&mut event)) {
            Ok(parameters) => parameters,
            Err(Error::IncorrectPayload) => return None,
            Err(other) => panic!("the wrong refusal: {other}"),
        };
        assert!(event.body.is_none(), "no copy stays in the event");
        let options = parameters.take_create_options();
        let mut recipients = options.recipients;
        // Members of a JSON object have no order.
        recipients.sort();
        Some(Self {
            secret: parameters.take_secret().map(|text| text.expose().to_owned()),
            ttl: options.ttl,
            share_domain: options.share_domain,
            recipients,
            has_passphrase: options.passphrase.is_some(),
            length: parameters.take_length(),
            character_sets: parameters.take_character_sets().ok(),
            is_deliberate: parameters.is_deliberate(),
        })
    }
}
