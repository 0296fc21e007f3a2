//! The same parameters in every encoding: each comes out as it went in.
#![no_main]

use arbitrary::Arbitrary;
use form_urlencoded::Serializer;
use libfuzzer_sys::{Corpus, fuzz_target};
use readonce_core::Error;
use readonce_core::secret::passphrase::MAX_LENGTH;
use readonce_fuzz::wait_for;
use readonce_http::gateway::event::Event;
use readonce_http::request::parameters::Parameters;
use serde_json::json;

const BOUNDARY: &str = "boundary-4e1f";

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    encoding: Encoding,
    /// Before or after the one that counts, in a Content-Type that was sent
    /// twice.
    other_content_type: Option<&'a str>,
    secret: &'a str,
    ttl: &'a str,
    passphrase: &'a str,
    share_domain: &'a str,
    length: &'a str,
    recipients: Vec<&'a str>,
    unknown: (&'a str, &'a str),
    query: Vec<(&'a str, &'a str)>,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Query,
    Form,
    FormWithoutType,
    Json,
    Multipart,
}

const KNOWN: &[&str] = &[
    "secret",
    "ttl",
    "passphrase",
    "recipient",
    "recipient[]",
    "share_domain",
    "length",
    "character_sets",
    "deliberate",
];

fuzz_target!(|input: Input<'_>| -> Corpus {
    if KNOWN.contains(&input.unknown.0) {
        return Corpus::Reject;
    }
    let Some(mut event) = event(&input) else { return Corpus::Reject };
    let mut parameters = wait_for(Parameters::read(&mut event)).expect("a good body is read");
    let expected = |text: &str| Some(text.replace('\0', ""));
    assert_eq!(parameters.take_secret().map(|text| text.expose().to_owned()), expected(input.secret));
    assert_eq!(parameters.take_length(), expected(input.length));
    let options = parameters.take_create_options();
    assert_eq!(options.ttl, expected(input.ttl));
    assert_eq!(options.share_domain, expected(input.share_domain));
    // The query's, if the body has none.
    let of_query = input.query.iter().filter(|(name, _)| matches!(*name, "recipient" | "recipient[]"));
    let of_query = of_query.map(|(_, recipient)| *recipient);
    let recipients: Vec<&str> = match input.encoding {
        Encoding::Query => input.recipients.clone(),
        _ if input.recipients.is_empty() => of_query.collect(),
        _ => input.recipients.clone(),
    };
    let recipients: Vec<String> = recipients.into_iter().filter_map(expected).collect();
    assert_eq!(options.recipients, recipients);
    // A passphrase cannot be read, but counted.
    let characters = input.passphrase.chars().filter(|character| *character != '\0').count();
    match options.passphrase {
        None => assert_eq!(characters, 0),
        Some(passphrase) if characters > MAX_LENGTH => {
            assert!(matches!(passphrase.check_new(0), Err(Error::PassphraseTooLong)));
        }
        Some(passphrase) => {
            assert!(passphrase.check_new(characters).is_ok());
            assert!(matches!(
                passphrase.check_new(characters + 1),
                Err(Error::PassphraseTooShort { minimum }) if minimum == characters + 1
            ));
        }
    }
    Corpus::Keep
});

/// The request of a client that knows how to encode; `None` for what has no
/// encoding.
fn event(input: &Input<'_>) -> Option<Event> {
    let mut pairs = vec![
        input.unknown,
        ("secret", input.secret),
        ("ttl", input.ttl),
        ("passphrase", input.passphrase),
        ("share_domain", input.share_domain),
        ("length", input.length),
    ];
    pairs.extend(input.recipients.iter().map(|recipient| ("recipient", *recipient)));
    let form = |pairs: &[(&str, &str)]| Serializer::new(String::new()).extend_pairs(pairs).finish();
    let (content_type, body) = match input.encoding {
        Encoding::Query => {
            return Some(Event { raw_query_string: form(&pairs), ..Event::default() });
        }
        Encoding::Form => (Some("application/x-www-form-urlencoded".to_owned()), form(&pairs)),
        Encoding::FormWithoutType => (None, form(&pairs)),
        Encoding::Json => {
            let mut body = json!({
                "secret": input.secret,
                "ttl": input.ttl,
                "passphrase": input.passphrase,
                "share_domain": input.share_domain,
                "length": input.length,
            });
            if !input.recipients.is_empty() {
                body["recipient"] = json!(input.recipients);
            }
            if body.get(input.unknown.0).is_none() {
                body[input.unknown.0] = json!(input.unknown.1);
            }
            (Some("application/json".to_owned()), body.to_string())
        }
        Encoding::Multipart => {
            let name = input.unknown.0;
            let is_quotable = name.chars().all(|letter| letter.is_ascii_alphanumeric());
            if !is_quotable || pairs.iter().any(|(_, value)| value.contains(BOUNDARY)) {
                return None;
            }
            let part = |(name, value): &(&str, &str)| {
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let parts: String = pairs.iter().map(part).collect();
            (Some(format!("multipart/form-data; boundary={BOUNDARY}")), format!("{parts}--{BOUNDARY}--\r\n"))
        }
    };
    let content_type = match (content_type, input.other_content_type) {
        // One that could be read would count before ours.
        (Some(ours), Some(other)) if !other.contains('/') => Some(format!("{other},{ours}")),
        (ours, _) => ours,
    };
    let headers = content_type.map(|content_type| [("content-type".to_owned(), content_type)].into());
    // The body wins over whatever the query says.
    let query = form(&input.query);
    Some(Event { raw_query_string: query, headers, body: Some(body), ..Event::default() })
}
