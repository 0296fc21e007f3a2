//! The route table: all paths, with the requirements of each.

use readonce_core::limits::LimitedAction;

/// The action of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Stores the caller's text.
    Share,
    /// Generates a value and stores it.
    Generate,
    /// Reveals a secret and destroys it.
    Reveal,
    /// Reads a receipt.
    Receipt,
    /// Destroys a secret unread.
    Burn,
    /// Lists the account's recent receipts.
    Recent,
    /// Answers that the service is up.
    Status,
    /// Checks the caller's credentials.
    AuthCheck,
    /// Serves the OpenAPI description of this API.
    OpenApi,
    /// Serves a page, or a file for crawlers and browsers.
    Page(Page),
}

/// Pages and their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Form that creates a link.
    Home,
    /// Destination of a link; reveals the secret.
    Secret,
    /// Receipt of a secret, for its creator.
    Receipt,
    /// Explains how a secret is kept safe.
    About,
    /// `robots.txt`
    Robots,
    /// `favicon.svg` and `favicon.ico`
    Icon,
}

/// The treatment of credentials on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Credentials are not read.
    Ignored,
    /// Valid credentials identify an account, bad ones get 401, and none are required.
    Optional,
    /// Missing or bad credentials get 401.
    Required,
}

/// A method on a path, with its requirements.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// HTTP method in upper case. Routes that answer GET also answer HEAD.
    pub method: &'static str,
    /// Path; its segment `{key}` matches any non-empty segment.
    pub path: &'static str,
    /// The action of the route.
    pub endpoint: Endpoint,
    /// Name of the function that serves it, as in `functions/`.
    pub function: &'static str,
    /// Whether calls that a page of another site makes through its visitor's browser
    /// are refused.
    pub same_site: bool,
    /// Treatment of credentials.
    pub credentials: Credentials,
    /// Action that is counted by client address for callers without an account; `None`
    /// if none is.
    pub limit: Option<LimitedAction>,
}

/// Every route of the API. The first match counts.
pub const ROUTES: &[Route] = &[
    route("POST", "/api/v1/share", Endpoint::Share),
    route("POST", "/api/v1/create", Endpoint::Share),
    route("POST", "/api/v1/generate", Endpoint::Generate),
    route("POST", "/api/v1/secret/{key}", Endpoint::Reveal),
    route("GET", "/api/v1/private/recent", Endpoint::Recent),
    route("GET", "/api/v1/metadata/recent", Endpoint::Recent),
    route("GET", "/api/v1/receipt/recent", Endpoint::Recent),
    route("GET", "/api/v1/private/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/private/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/private/{key}/burn", Endpoint::Burn),
    route("GET", "/api/v1/metadata/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/metadata/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/metadata/{key}/burn", Endpoint::Burn),
    route("GET", "/api/v1/receipt/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/receipt/{key}", Endpoint::Receipt),
    route("POST", "/api/v1/receipt/{key}/burn", Endpoint::Burn),
    route("GET", "/api/v1/status", Endpoint::Status),
    route("GET", "/api/v1/authcheck", Endpoint::AuthCheck),
    route("GET", "/api/v1/openapi.json", Endpoint::OpenApi),
    route("GET", "/", Endpoint::Page(Page::Home)),
    route("GET", "/secret/{key}", Endpoint::Page(Page::Secret)),
    route("GET", "/private/{key}", Endpoint::Page(Page::Receipt)),
    route("GET", "/receipt/{key}", Endpoint::Page(Page::Receipt)),
    route("GET", "/about", Endpoint::Page(Page::About)),
    route("GET", "/robots.txt", Endpoint::Page(Page::Robots)),
    route("GET", "/favicon.svg", Endpoint::Page(Page::Icon)),
    route("GET", "/favicon.ico", Endpoint::Page(Page::Icon)),
];

/// A route with its endpoint's requirements, which are the same on all its paths.
const fn route(method: &'static str, path: &'static str, endpoint: Endpoint) -> Route {
    use Credentials::{Ignored, Optional, Required};
    use LimitedAction::{Creation, FruitlessReveal};
    // function, same site, credentials, limit
    let (function, same_site, credentials, limit) = match endpoint {
        Endpoint::Share => ("share", true, Optional, Some(Creation)),
        Endpoint::Generate => ("generate", true, Optional, Some(Creation)),
        Endpoint::Reveal => ("reveal", true, Optional, Some(FruitlessReveal)),
        Endpoint::Receipt => ("receipt", false, Optional, None),
        Endpoint::Burn => ("receipt", true, Optional, None),
        Endpoint::Recent => ("receipt", false, Required, None),
        Endpoint::Status => ("status", false, Optional, None),
        Endpoint::AuthCheck => ("status", false, Required, None),
        Endpoint::OpenApi => ("status", false, Ignored, None),
        Endpoint::Page(_) => ("page", false, Ignored, None),
    };
    Route { method, path, endpoint, function, same_site, credentials, limit }
}

/// Finds the route of a request, and the segment that matches `{key}` in its path.
///
/// A trailing slash is ignored.
pub fn find<'a>(method: &str, path: &'a str) -> Option<(&'static Route, &'a str)> {
    let method = if method == "HEAD" { "GET" } else { method };
    let path = without_slash(path);
    let mut candidates = ROUTES.iter().filter(|route| route.method == method);
    candidates.find_map(|route| key_in(path, route.path).map(|key| (route, key)))
}

/// The path without one trailing slash.
fn without_slash(path: &str) -> &str {
    path.strip_suffix('/').filter(|rest| !rest.is_empty() && !rest.ends_with('/')).unwrap_or(path)
}

/// The methods that a path takes, in upper case; empty if it is on no route.
///
/// Those of the first route that fits, so `/private/recent` takes no POST, although it
/// would fit `/private/{key}`.
pub fn methods(path: &str) -> Vec<&'static str> {
    let path = without_slash(path);
    let Some(first) = ROUTES.iter().find(|route| key_in(path, route.path).is_some()) else {
        return Vec::new();
    };
    let of_path = ROUTES.iter().filter(|route| route.path == first.path);
    of_path
        .flat_map(|route| if route.method == "GET" { &["GET", "HEAD"][..] } else { &["POST"][..] })
        .copied()
        .collect()
}

/// The segment that matches `{key}` if `path` matches `pattern`; empty if `pattern` has
/// no `{key}`.
fn key_in<'a>(path: &'a str, pattern: &str) -> Option<&'a str> {
    let Some((prefix, suffix)) = pattern.split_once("{key}") else { return (path == pattern).then_some("") };
    let key = path.strip_prefix(prefix)?.strip_suffix(suffix)?;
    (!key.is_empty() && !key.contains('/')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(method: &str, path: &str) -> Option<Endpoint> {
        find(method, path).map(|(route, _)| route.endpoint)
    }

    #[test]
    fn routes_are_found() {
        assert_eq!(endpoint("POST", "/api/v1/share"), Some(Endpoint::Share));
        assert_eq!(endpoint("POST", "/api/v1/create/"), Some(Endpoint::Share));
        assert_eq!(endpoint("GET", "/api/v1/status"), Some(Endpoint::Status));
        assert_eq!(endpoint("HEAD", "/api/v1/status"), Some(Endpoint::Status));
        assert_eq!(find("POST", "/api/v1/secret/abc/").map(|(_, key)| key), Some("abc"));
        assert_eq!(endpoint("GET", "/api/v1/private/abc"), Some(Endpoint::Receipt));
        assert_eq!(endpoint("GET", "/api/v1/receipt/recent/"), Some(Endpoint::Recent));
        assert_eq!(endpoint("POST", "/api/v1/metadata/abc"), Some(Endpoint::Receipt));
        assert_eq!(
            find("POST", "/api/v1/receipt/abc/burn").map(|(route, key)| (route.endpoint, key)),
            Some((Endpoint::Burn, "abc"))
        );
        assert_eq!(endpoint("GET", "/"), Some(Endpoint::Page(Page::Home)));
        assert_eq!(endpoint("HEAD", "/secret/abc/"), Some(Endpoint::Page(Page::Secret)));
        assert_eq!(find("POST", "/api/v1/secret/a?b#c d").map(|(_, key)| key), Some("a?b#c d"));
    }

    #[test]
    fn unknown_paths_have_no_route() {
        for (method, path) in [
            ("GET", "/api/v1/share"),
            ("GET", "/api/v1/secret/abc"),
            ("HEAD", "/api/v1/secret/abc"),
            ("PUT", "/api/v1/share"),
            ("GET", "/api/v1/private/abc/burn"),
            ("HEAD", "/api/v1/private/abc/burn"),
            ("DELETE", "/api/v1/private/abc"),
            ("post", "/api/v1/share"),
            ("POST", "/api/v1/share//"),
            ("POST", "/api/v1/secret/"),
            ("POST", "/api/v1/secret"),
            ("POST", "/api/v1/secret/a/b"),
            ("POST", "/a/../api/v1/share"),
            ("POST", "api/v1/share"),
            ("POST", ""),
            ("", "/"),
            ("GET", ""),
            ("GET", "//"),
            ("POST", "/"),
            ("POST", "/secret/abc"),
        ] {
            assert_eq!(endpoint(method, path), None, "{method} {path}");
        }
    }
}
