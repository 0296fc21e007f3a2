//! Origins of links.

use crate::address::domain::{Domain, is_label};
use std::fmt;
use std::str::FromStr;

/// An origin: scheme, host, and port if it is not the scheme's own, as in
/// `https://eu.example.com` or `http://127.0.0.1:3000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site(String);

impl Site {
    /// The `https` origin of a domain.
    pub fn of_domain(domain: &Domain) -> Self {
        Self(format!("https://{domain}"))
    }

    /// The origin of the host that a request names; `None` unless it is a valid
    /// authority.
    pub fn of_request_host(scheme: Scheme, host: &str) -> Option<Self> {
        format!("{}://{host}", scheme.as_str()).parse().ok()
    }

    /// Whether `host` is the host of this site.
    pub fn is_host(&self, host: &str) -> bool {
        self.host().eq_ignore_ascii_case(host)
    }

    /// The host, without scheme and port.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        let (host, _) = split_port(authority);
        host
    }

    /// The origin, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Site {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let wrong = || {
            format!("'{text}' is not a site's URL: write it like https://secrets.example.com, without a path")
        };
        let (scheme, authority) = origin.split_once("://").ok_or_else(wrong)?;
        let (host, port) = split_port(authority);
        let good_host = host.split('.').all(is_label) || is_bracketed_ipv6(host);
        let good_port = port.is_none_or(is_port);
        if !matches!(scheme, "http" | "https") || authority.len() > 260 || !good_host || !good_port {
            return Err(wrong());
        }
        Ok(Self(origin.to_ascii_lowercase()))
    }
}

/// Splits `host:port` into host and port. An IPv6 host keeps its brackets.
pub fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// 1 to 65535, digits only: a parsed number may have a plus sign, a port may not.
fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_bracketed_ipv6(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok())
}

/// Scheme of a site's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Without TLS; only the local server uses it.
    Http,
    /// With TLS; the only scheme on AWS.
    Https,
}

impl Scheme {
    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// Determines the site of a request.
#[derive(Clone, Debug)]
pub enum SiteRule {
    /// All links carry this origin.
    Fixed(Site),
    /// Links carry the host of the request, with this scheme.
    RequestHost(Scheme),
}

impl SiteRule {
    /// The site of a request to `host`; `None` if that is not a valid host.
    pub fn site(&self, host: &str) -> Option<Site> {
        match self {
            Self::Fixed(site) => Some(site.clone()),
            Self::RequestHost(scheme) => Site::of_request_host(*scheme, host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_sites() {
        for (text, host) in [
            ("https://eu.example.com", "eu.example.com"),
            ("https://EU.example.com/", "eu.example.com"),
            ("http://127.0.0.1:3000", "127.0.0.1"),
            ("http://localhost", "localhost"),
            ("http://[::1]:3000", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(text.parse::<Site>().unwrap().host(), host);
        }
    }

    #[test]
    fn malformed_origins_are_not_sites() {
        for bad in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://example.com/path",
            "https://user@example.com",
            "https://example.com:0",
            "https://example.com:+80",
            "https://example.com:99999",
            "https://example.com:",
            "https://exa mple.com",
            "https://example.com?x",
            "https://example.com#x",
            "https://a\"b.com",
            "https://a<b.com",
            "http://[::1",
            "https://example..com",
        ] {
            assert!(bad.parse::<Site>().is_err(), "{bad}");
        }
    }
}
