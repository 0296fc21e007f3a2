//! Who is calling, by any Authorization header.
//!
//! An input is a header's value; one that begins with `:` is what a client
//! would encode.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use libfuzzer_sys::fuzz_target;
use readonce_core::Error;
use readonce_core::account::Caller;
use readonce_core::call::Call;
use readonce_core::limits::{LimitSettings, Limits};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_fuzz::fixture::{self, EMAIL, TABLE, TOKEN};
use readonce_fuzz::wait_for;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::Request;
use readonce_http::request::credentials::caller;
use readonce_http::routes;
use std::sync::LazyLock;
use std::time::Duration;

static ACCOUNTS: LazyLock<Table> =
    LazyLock::new(|| Table::new(fixture::aws().config().dynamodb_client(), TABLE));

fuzz_target!(|data: &[u8]| {
    match (data, str::from_utf8(data)) {
        ([b':', pair @ ..], _) => {
            let is_ours = is_ours(pair);
            for encoded in [STANDARD.encode(pair), STANDARD_NO_PAD.encode(pair)] {
                for scheme in ["Basic ", "basic  "] {
                    assert_eq!(is_let_in(&format!("{scheme}{encoded}")), is_ours, "{pair:?}");
                }
                assert!(!is_let_in(&format!("Bearer {encoded}")));
            }
        }
        (_, Ok(header)) => {
            let is_ours = decoded(header).is_some_and(|pair| is_ours(&pair));
            assert!(!is_let_in(header) || is_ours, "{header}");
        }
        _ => {}
    }
});

/// Does this header let its sender in?
fn is_let_in(header: &str) -> bool {
    let headers = Some([("authorization".to_owned(), header.to_owned())].into());
    let request = Request {
        route: routes::find("GET", "/api/v1/authcheck").expect("a route").0,
        key: String::new(),
        event: Event { headers, ..Event::default() },
        call: Call::new(UnixTime::from_seconds(1_700_000_000), Duration::from_secs(19)),
    };
    let no_limits = Limits::new(LimitSettings::default());
    match wait_for(caller(&request, &ACCOUNTS, &no_limits)) {
        Ok(Caller::SignedIn(_)) => true,
        Ok(Caller::Anonymous) => panic!("a header that is not good is not nobody's"),
        Err(Error::NotAuthorized) => false,
        Err(other) => panic!("the wrong refusal: {other}"),
    }
}

/// User and password of a Basic header, as RFC 7617 has it.
fn decoded(header: &str) -> Option<Vec<u8>> {
    let scheme = header.get(..6).filter(|scheme| scheme.eq_ignore_ascii_case("basic "))?;
    let encoded = header[scheme.len()..].trim_matches(' ');
    STANDARD_NO_PAD.decode(encoded.trim_end_matches('=')).ok()
}

/// Case matters neither in an address nor in hexadecimal digits.
fn is_ours(pair: &[u8]) -> bool {
    pair.eq_ignore_ascii_case(format!("{EMAIL}:{TOKEN}").as_bytes())
}
