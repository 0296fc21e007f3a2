//! What the command-line client reads: links, servers, lifetimes, and the
//! answers of a server that is no friend.
//!
//! An input is a text; all readers get the same.
#![no_main]

// The client is a program without a library, so its modules are taken as they
// are; of its HTTP client they need the URL, which is this crate's.
extern crate url as reqwest;
#[expect(dead_code, reason = "the program uses the rest")]
#[path = "../../crates/cli/src/server/link.rs"]
mod link;
#[path = "../../crates/cli/src/options/ttl.rs"]
mod ttl;
#[expect(dead_code, reason = "the program uses the rest")]
#[path = "../../crates/cli/src/call/wire.rs"]
mod wire;

/// Where the client's own modules look for it.
mod server {
    pub(crate) use crate::link;
}

use libfuzzer_sys::fuzz_target;
use link::{BaseUrl, LinkKind, LinkOrKey, PlainHttp, is_key, is_plain};
use ttl::Ttl;
use url::{Host, Url};
use wire::{Receipt, Refusal};

fuzz_target!(|text: &str| {
    server(text);
    place(text, LinkKind::Secret);
    place(text, LinkKind::Receipt);
    lifetime(text);
    answer(text);
});

fn server(text: &str) {
    let Ok(base) = BaseUrl::parse(text, PlainHttp::ThisMachineOnly) else { return };
    assert_is_safe(&base);
    // Of several, the last /api/v1 is the API's.
    if !base.to_string().ends_with("/api/v1") {
        let again = BaseUrl::parse(&base.to_string(), PlainHttp::ThisMachineOnly);
        assert_eq!(again.as_ref(), Ok(&base), "it reads as it was written");
    }
    assert!(BaseUrl::parse(text, PlainHttp::Anywhere).is_ok(), "who allows more refuses no more");
    let endpoint = base.endpoint(&["private", "a/../b", "burn"]);
    assert!(endpoint.path().ends_with("/api/v1/private/a%2F..%2Fb/burn"), "{endpoint}");
    let place = LinkOrKey::parse(&base.secret_link("abc123"), LinkKind::Secret, PlainHttp::ThisMachineOnly);
    let place = place.unwrap_or_else(|error| panic!("our own link does not read: {error}"));
    assert_eq!((place.key.as_str(), place.base), ("abc123", Some(base)));
}

fn place(text: &str, wanted: LinkKind) {
    let Ok(place) = LinkOrKey::parse(text, wanted, PlainHttp::ThisMachineOnly) else { return };
    assert!(is_key(&place.key), "{} is no key", place.key);
    // A line break within a link is where a mail has broken it.
    let unbroken = text.replace(['\t', '\r', '\n'], "");
    assert!(unbroken.contains(&place.key), "the key is the one in the link");
    let Some(base) = place.base else { return };
    assert_is_safe(&base);
    if wanted == LinkKind::Secret {
        assert!(
            LinkOrKey::parse(text, LinkKind::Receipt, PlainHttp::ThisMachineOnly).is_err(),
            "one kind or the other"
        );
        let link = base.secret_link(&place.key);
        let again = LinkOrKey::parse(&link, wanted, PlainHttp::ThisMachineOnly).expect("our own link reads");
        assert_eq!((again.key, again.base), (place.key, Some(base)));
    }
}

/// Over TLS or on this machine, and without credentials.
fn assert_is_safe(base: &BaseUrl) {
    let url = Url::parse(&base.to_string()).expect("a server's URL is a URL");
    let is_loopback = match url.host() {
        Some(Host::Domain(host)) => host == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    assert!(url.scheme() == "https" || url.scheme() == "http" && is_loopback, "{url}");
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    assert!(url.query().is_none() && url.fragment().is_none(), "{url}");
    assert_eq!(base.is_this_machine(), is_loopback);
}

fn lifetime(text: &str) {
    match Ttl::parse(text) {
        Ok(ttl) => assert!(ttl.seconds() > 0),
        Err(error) => assert!(!error.contains('\n') && error.len() < 200, "{error}"),
    }
    if let Ok(seconds) = text.parse::<u32>() {
        assert_eq!(Ttl::parse(text).map(Ttl::seconds).ok(), Some(u64::from(seconds)).filter(|s| *s > 0));
    }
}

/// Nothing of an answer can end a line on a terminal, steer it, or mean something to a
/// shell.
fn answer(text: &str) {
    if let Ok(receipt) = serde_json::from_str::<Receipt>(text) {
        for key in receipt.key().into_iter().chain(receipt.secret_key()) {
            assert!(is_key(key));
        }
        if let Some(link) = &receipt.secret_url {
            let written = link.base.secret_link(&link.key);
            assert!(written.bytes().all(|byte| is_plain(byte) || matches!(byte, b'[' | b']')), "{written}");
        }
        for word in receipt.state.iter().chain(&receipt.share_domain) {
            assert!(!word.is_empty() && word.bytes().all(is_plain), "{word:?}");
        }
        for text in &receipt.recipient {
            assert!(!text.is_empty() && !text.chars().any(char::is_control), "{text:?}");
        }
    }
    if let Ok(Refusal { message: Some(message) }) = serde_json::from_str(text) {
        assert!(!message.chars().any(char::is_control), "{message:?}");
    }
}
