//! Host names that a link may carry in place of the site's own.

use crate::error::Result;
use std::fmt;
use std::str::FromStr;

/// Top-level labels that never lead to a public host (RFC 6761, RFC 6762, RFC 7686, RFC
/// 9476).
const SPECIAL_USE: &[&str] = &["alt", "arpa", "internal", "invalid", "local", "localhost", "onion", "test"];

/// Maximum length of a host name, in characters (RFC 1035).
const MAX_HOST: usize = 253;

/// A public host name in lower case, without port or trailing dot. It has at least two
/// labels of letters, digits and hyphens (RFC 1123). The last label is neither a number
/// nor reserved for special use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Parses a bare host; `None` unless it is a public host name.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_HOST {
            return None;
        }
        let host = text.to_ascii_lowercase();
        let labels: Vec<&str> = host.split('.').collect();
        let last = *labels.last()?;
        let public = labels.len() >= 2
            && labels.iter().all(|label| is_label(label))
            && !last.bytes().all(|byte| byte.is_ascii_digit())
            && !SPECIAL_USE.contains(&last);
        public.then_some(Self(host))
    }

    /// The host name, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Domain {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| {
            format!("'{text}' is not a public host name: write the bare host, like secrets.example.com")
        })
    }
}

/// 1 to 63 letters, digits and inner hyphens.
pub(crate) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_host_names_are_domains() {
        for good in
            ["secrets.example.com", "a.b", "x-1.example.co.uk", "xn--mnchen-3ya.de", "SECRETS.Example.COM"]
        {
            assert_eq!(Domain::parse(good).unwrap().as_str(), good.to_lowercase());
        }
    }

    #[test]
    fn malformed_host_names_are_not_domains() {
        let long_label = format!("{}.com", "a".repeat(64));
        let long_host = format!("{}com", "abcdefgh.".repeat(30));
        for bad in [
            "",
            "localhost",
            "com",
            "10.0.0.1",
            "::1",
            "[::1]",
            "a..b",
            ".a.b",
            "a.b.",
            "-a.b",
            "a-.b",
            "a_b.com",
            "a b.com",
            "münchen.de",
            "example.com:8443",
            "https://example.com",
            "example.com/x",
            "x@example.com",
            "printer.local",
            "x.test",
            "a.b\r\nx: y",
            &long_label,
            &long_host,
        ] {
            assert!(Domain::parse(bad).is_none(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_domain_is_safe_in_a_url(text in ".*") {
            if let Some(domain) = Domain::parse(&text) {
                assert!(domain.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'));
            }
        }
    }
}
