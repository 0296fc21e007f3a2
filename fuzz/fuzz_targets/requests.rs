//! Requests as clients and browsers make them, on an AWS that fails at will:
//! what comes back, and what goes into the table.
#![no_main]

use arbitrary::Arbitrary;
use form_urlencoded::Serializer;
use libfuzzer_sys::{Corpus, fuzz_target};
use readonce_core::time::UnixTime;
use readonce_fuzz::answers::{assert_documented, contains};
use readonce_fuzz::aws::{Behaviour, Call};
use readonce_fuzz::fixture::{self, EMAIL, NOW, PASSPHRASE, TEXT, TOKEN};
use readonce_fuzz::service::{FRIENDLY_ORIGIN, Service, basic};
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use readonce_http::gateway::reply::Reply;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;
use url::Url;

static SERVICE: LazyLock<Service> = LazyLock::new(Service::default);

/// Appended to what must not come back, so that no other text has it.
const CANARY: &str = "canary7d3f0b61";
/// The same in a token, which has hexadecimal digits only.
const TOKEN_CANARY: &str = "ca4a27d3f0b6155e";

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    endpoint: Endpoint,
    key: Key<'a>,
    is_json: bool,
    is_in_query: bool,
    secret: Option<&'a str>,
    ttl: Option<&'a str>,
    passphrase: Option<Word<'a>>,
    recipients: Vec<&'a str>,
    share_domain: Option<&'a str>,
    length: Option<&'a str>,
    character_sets: Option<&'a str>,
    is_deliberate: bool,
    unknown: Option<&'a str>,
    credentials: Credentials<'a>,
    page: Option<Page<'a>>,
    sec_fetch_site: Option<Fetch>,
    origin: Origin<'a>,
    domain_name: Host<'a>,
    source_ip: &'a str,
    seconds_later: i16,
    behaviours: Vec<Behaviour>,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
enum Endpoint {
    Share,
    Generate,
    Reveal,
    Receipt,
    Burn,
    Recent,
    AuthCheck,
    SecretPage,
    ReceiptPage,
    Home,
}

#[derive(Arbitrary, Debug)]
enum Key<'a> {
    OfMetadata(u8),
    OfSecret(u8),
    Other(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Word<'a> {
    Right,
    Other(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Credentials<'a> {
    None,
    Right,
    WrongToken,
    Other(&'a str, &'a str),
}

#[derive(Arbitrary, Debug)]
struct Page<'a> {
    language: &'a str,
    accept_language: &'a str,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Fetch {
    SameOrigin,
    CrossSite,
}

#[derive(Arbitrary, Debug)]
enum Origin<'a> {
    None,
    Friendly,
    Other(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Host<'a> {
    Ours,
    Open,
    Other(&'a str),
}

fuzz_target!(|input: Input<'_>| -> Corpus {
    let given = format!("{input:?}");
    if fixture::is_given_away(&given) || [CANARY, TOKEN_CANARY].iter().any(|canary| given.contains(canary)) {
        return Corpus::Reject;
    }
    let (method, path) = (method(&input), path(&input));
    let event = event(&input, method, &path);
    let now = UnixTime::from_seconds(NOW.seconds() + i64::from(input.seconds_later));
    let (reply, calls) = SERVICE.answer(event, now, input.behaviours.iter().copied());
    assert_documented(method, &path, &reply);
    for secret in [CANARY, TOKEN_CANARY, TOKEN, PASSPHRASE] {
        assert!(!reply.body.contains(secret), "{secret} is in an answer: {}", *reply.body);
        for call in &calls {
            assert!(!contains(&call.body, secret), "{secret} is sent to AWS in {}", call.operation);
        }
    }
    if reply.body.contains(TEXT) {
        assert_eq!((input.endpoint, reply.status), (Endpoint::Reveal, 200), "only a reveal reveals");
        let claims =
            calls.iter().filter(|call| call.body["ExpressionAttributeValues"].get(":claim").is_some());
        assert_ne!(claims.count(), 0, "what is revealed was claimed");
    }
    if reply.status == 200
        && matches!(input.endpoint, Endpoint::Share | Endpoint::Generate)
        && let Ok(created) = serde_json::from_str(&reply.body)
    {
        let is_any_host = matches!(input.domain_name, Host::Other(_));
        assert_created(&created, &reply, &calls, is_any_host);
    }
    Corpus::Keep
});

/// The links of what was made are URLs, and the table knows neither key.
fn assert_created(created: &Value, reply: &Reply, calls: &[Call], is_any_host: bool) {
    for (url, key) in [("secret_url", "secret_key"), ("metadata_url", "metadata_key")] {
        let (url, key) = (text(created, url), text(created, key));
        // A host may look like one and still be none, such as a.1; nobody can
        // have called that. But its form is a URI's.
        let parsed: http::Uri = url.parse().unwrap_or_else(|error| panic!("{url} is no link: {error}"));
        assert!(parsed.path().ends_with(&format!("/{key}")), "{url} does not lead to {key}");
        assert!(is_any_host || Url::parse(url).is_ok(), "{url} is no link");
        for call in calls.iter().filter(|call| call.operation != "SendEmail") {
            assert!(!contains(&call.body, key), "a key is sent to AWS in {}", call.operation);
        }
    }
    for call in calls.iter().filter(|call| call.operation == "SendEmail") {
        assert!(!contains(&call.body, text(created, "metadata_key")), "the receipt's key is mailed");
    }
    assert!(created["ttl"].as_i64().is_some_and(|ttl| (60..=30 * 86_400).contains(&ttl)), "{}", *reply.body);
}

fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().expect("share answers with texts")
}

fn method(input: &Input<'_>) -> &'static str {
    match input.endpoint {
        Endpoint::Share | Endpoint::Generate | Endpoint::Reveal | Endpoint::Burn => "POST",
        Endpoint::Receipt if input.is_in_query => "HEAD",
        _ => "GET",
    }
}

fn path(input: &Input<'_>) -> String {
    let name = |index: u8| fixture::ALL[usize::from(index) % fixture::ALL.len()];
    let key = match input.key {
        Key::OfMetadata(index) => name(index).to_owned(),
        Key::OfSecret(index) => fixture::secret_key(name(index)).expose().to_owned(),
        Key::Other(text) => text.to_owned(),
    };
    match input.endpoint {
        Endpoint::Share => "/api/v1/share".to_owned(),
        Endpoint::Generate => "/api/v1/generate".to_owned(),
        Endpoint::Reveal => format!("/api/v1/secret/{key}"),
        Endpoint::Receipt => format!("/api/v1/private/{key}"),
        Endpoint::Burn => format!("/api/v1/receipt/{key}/burn"),
        Endpoint::Recent => "/api/v1/private/recent".to_owned(),
        Endpoint::AuthCheck => "/api/v1/authcheck".to_owned(),
        Endpoint::SecretPage => format!("/secret/{key}"),
        Endpoint::ReceiptPage => format!("/receipt/{key}"),
        Endpoint::Home => "/".to_owned(),
    }
}

fn event(input: &Input<'_>, method: &str, path: &str) -> Event {
    let form = |pairs: &[(&str, String)]| Serializer::new(String::new()).extend_pairs(pairs).finish();
    let parameters = parameters(input);
    let mut query = if input.is_in_query { form(&parameters) } else { String::new() };
    let mut headers = HashMap::new();
    let mut header = |name: &str, value: &str| headers.insert(name.to_owned(), value.to_owned());
    let body = match (input.is_in_query, input.is_json) {
        (true, _) => None,
        (false, false) => Some(form(&parameters)),
        (false, true) => {
            header("content-type", "application/json");
            let mut members: HashMap<&str, Value> =
                parameters.into_iter().map(|(name, value)| (name, json!(value))).collect();
            if !input.recipients.is_empty() {
                members.insert("recipient", json!(input.recipients));
            }
            Some(json!(members).to_string())
        }
    };
    if let Some(page) = &input.page {
        header("accept", "text/html");
        header("accept-language", page.accept_language);
        query = format!("page={}&{query}", page.language.replace(['&', '%'], ""));
    }
    let credentials = match input.credentials {
        Credentials::None => None,
        Credentials::Right => Some(basic(EMAIL, TOKEN)),
        Credentials::WrongToken => Some(basic(EMAIL, TOKEN_CANARY)),
        Credentials::Other(user, password) => Some(basic(user, &format!("{password}{CANARY}"))),
    };
    if let Some(credentials) = &credentials {
        header("authorization", credentials);
    }
    match input.sec_fetch_site {
        None => None,
        Some(Fetch::SameOrigin) => header("sec-fetch-site", "same-origin"),
        Some(Fetch::CrossSite) => header("sec-fetch-site", "cross-site"),
    };
    match input.origin {
        Origin::None => None,
        Origin::Friendly => header("origin", FRIENDLY_ORIGIN),
        Origin::Other(origin) => header("origin", origin),
    };
    let domain_name = match input.domain_name {
        Host::Ours => "eu.example.com",
        Host::Open => "open.example.com",
        Host::Other(host) => host,
    };
    Event {
        raw_path: path.to_owned(),
        raw_query_string: query,
        headers: Some(headers),
        body,
        is_base64_encoded: false,
        request_context: RequestContext {
            domain_name: domain_name.to_owned(),
            http: HttpContext { method: method.to_owned(), source_ip: input.source_ip.to_owned() },
        },
    }
}

fn parameters(input: &Input<'_>) -> Vec<(&'static str, String)> {
    let with_canary = |text: &str| format!("{text}{CANARY}");
    let mut parameters = Vec::new();
    let mut add = |name, value: Option<String>| parameters.extend(value.map(|value| (name, value)));
    add("secret", input.secret.map(with_canary));
    add("ttl", input.ttl.map(str::to_owned));
    add(
        "passphrase",
        input.passphrase.as_ref().map(|word| match word {
            Word::Right => PASSPHRASE.to_owned(),
            Word::Other(text) => with_canary(text),
        }),
    );
    for recipient in &input.recipients {
        add("recipient", Some((*recipient).to_owned()));
    }
    add("share_domain", input.share_domain.map(str::to_owned));
    add("length", input.length.map(str::to_owned));
    add("character_sets", input.character_sets.map(str::to_owned));
    add("deliberate", input.is_deliberate.then(|| "yes".to_owned()));
    add("unknown", input.unknown.map(with_canary));
    parameters
}
