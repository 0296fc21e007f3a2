//! The requests of the matrix: every endpoint, in every variant that makes other calls
//! to AWS.

use super::scene::{Keys, PASSPHRASE, Prepared, TEXT, TTL_SECONDS};
use readonce_tests::caller::Form;
use readonce_tests::stage::Request;

/// A request of a caller.
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Seconds between the preparations and the request.
    pub(super) seconds_later: i64,
    pub(super) request: fn(&Prepared) -> Request,
}

/// The purpose of a request, which determines its invariants.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Creates a secret.
    Creates,
    /// Reveals the secret of these keys.
    Reveals(fn(&Prepared) -> &Keys),
    /// Burns the secret of these keys.
    Burns(fn(&Prepared) -> &Keys),
    /// Leaves the secret open.
    Reads(fn(&Prepared) -> &Keys),
    /// Finds that the secret has expired.
    FindsExpired(fn(&Prepared) -> &Keys),
}

const SHARE: &str = "/api/v1/share";
const GENERATE: &str = "/api/v1/generate";
const RECENT: &str = "/api/v1/private/recent";
const NO_SECRET: &str = "/api/v1/secret/0000000000000000000000000000000";
const MAILED: &Form<'_> = &[("secret", TEXT), ("recipient", "jo@example.com")];
const RIGHT: &Form<'_> = &[("passphrase", PASSPHRASE)];
const WRONG: &Form<'_> = &[("passphrase", "wrong")];
const DELIBERATE: &Form<'_> = &[("deliberate", "yes")];

fn open(prepared: &Prepared) -> &Keys {
    &prepared.open
}

fn locked(prepared: &Prepared) -> &Keys {
    &prepared.locked
}

fn short(prepared: &Prepared) -> &Keys {
    &prepared.short
}

fn reveal(keys: &Keys, form: &Form<'_>) -> Request {
    Request::post(format!("/api/v1/secret/{}", keys.secret), form)
}

fn receipt(keys: &Keys) -> Request {
    Request::get(format!("/api/v1/private/{}", keys.metadata))
}

fn burn(keys: &Keys, form: &Form<'_>) -> Request {
    Request::post(format!("/api/v1/private/{}/burn", keys.metadata), form)
}

/// Limits are on in all scenarios; the calls without limits are a subset. None sets
/// a passphrase: that makes no call, and takes a quarter of a second each time.
pub(super) const SCENARIOS: &[Scenario] = &[
    now("share, without an account", Kind::Creates, |_| Request::post(SHARE, &[("secret", TEXT)])),
    now("share with a recipient, with an account", Kind::Creates, |p| p.tom(Request::post(SHARE, MAILED))),
    now("generate, without an account", Kind::Creates, |_| Request::post(GENERATE, &[])),
    now("generate with a recipient, with an account", Kind::Creates, |p| {
        p.tom(Request::post(GENERATE, &[("recipient", "jo@example.com")]))
    }),
    now("share from the page", Kind::Creates, |_| Request::post(SHARE, &[("secret", TEXT)]).of_page()),
    now("reveal, without an account", Kind::Reveals(open), |p| reveal(&p.open, &[])),
    now("reveal, with an account", Kind::Reveals(open), |p| p.tom(reveal(&p.open, &[]))),
    now("reveal with a passphrase", Kind::Reveals(locked), |p| reveal(&p.locked, RIGHT)),
    now("reveal with a passphrase, with an account", Kind::Reveals(locked), |p| {
        p.tom(reveal(&p.locked, RIGHT))
    }),
    now("reveal with a wrong passphrase", Kind::Reads(locked), |p| reveal(&p.locked, WRONG)),
    now("reveal of what is not there", Kind::Reads(open), |_| Request::post(NO_SECRET, &[])),
    now("reveal from the page", Kind::Reveals(open), |p| reveal(&p.open, DELIBERATE).of_page()),
    now("reveal from the page, not deliberately", Kind::Reads(open), |p| reveal(&p.open, &[]).of_page()),
    now("receipt, without an account", Kind::Reads(open), |p| receipt(&p.open)),
    now("receipt, with an account", Kind::Reads(open), |p| p.tom(receipt(&p.open))),
    late("receipt of a secret that has ended", Kind::FindsExpired(short), |p| receipt(&p.short)),
    now("burn, without an account", Kind::Burns(open), |p| burn(&p.open, &[])),
    now("burn with a passphrase, with an account", Kind::Burns(locked), |p| p.tom(burn(&p.locked, RIGHT))),
    now("burn with a wrong passphrase", Kind::Reads(locked), |p| burn(&p.locked, WRONG)),
    now("burn from the page", Kind::Burns(open), |p| burn(&p.open, DELIBERATE).of_page()),
    now("recent", Kind::Reads(open), |p| p.tom(Request::get(RECENT))),
    late("recent, one secret having ended", Kind::FindsExpired(short), |p| p.tom(Request::get(RECENT))),
    now("status, without an account", Kind::Reads(open), |_| Request::get("/api/v1/status")),
    now("status, with an account", Kind::Reads(open), |p| p.tom(Request::get("/api/v1/status"))),
    now("authcheck", Kind::Reads(open), |p| p.tom(Request::get("/api/v1/authcheck"))),
    now("authcheck with a wrong token", Kind::Reads(open), |_| {
        Request::get("/api/v1/authcheck").signed_in("tom@example.com", "abcdef")
    }),
    now("description of the API", Kind::Reads(open), |_| Request::get("/api/v1/openapi.json")),
    now("page to create a link", Kind::Reads(open), |_| Request::get("/")),
    now("page about it", Kind::Reads(open), |_| Request::get("/about")),
    now("robots.txt", Kind::Reads(open), |_| Request::get("/robots.txt")),
    now("icon", Kind::Reads(open), |_| Request::get("/favicon.svg")),
    now("page of a secret", Kind::Reads(open), |p| Request::get(format!("/secret/{}", p.open.secret))),
    now("page of a receipt", Kind::Reads(open), |p| Request::get(format!("/private/{}", p.open.metadata))),
];

const fn now(name: &'static str, kind: Kind, request: fn(&Prepared) -> Request) -> Scenario {
    Scenario { name, kind, seconds_later: 0, request }
}

const fn late(name: &'static str, kind: Kind, request: fn(&Prepared) -> Request) -> Scenario {
    Scenario { name, kind, seconds_later: TTL_SECONDS, request }
}
