//! E-mail addresses.

use crate::address::domain::is_label;
use email_address::Options;
use std::fmt;
use std::str::FromStr;

/// An address that a mail can be sent to: an RFC 5321 dot-string of ASCII, `@`, and a
/// host name of at least two labels. Quoted local parts, comments, address literals and
/// display names are refused. So nothing in a header needs escaping; SES accepts no
/// others anyway.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses an address; `None` if it does not have that form.
    pub fn parse(text: &str) -> Option<Self> {
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let address = email_address::EmailAddress::parse_with_options(text, options).ok()?;
        let good = text.is_ascii()
            && !address.local_part().contains('"')
            && address.domain().split('.').all(is_label)
            && text.len() <= 254;
        good.then(|| Self(text.to_owned()))
    }

    /// The address, in the case in which it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in lower case, for comparisons and keys. No mail host in use
    /// distinguishes case.
    pub fn normalised(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// An abbreviation by which its owner recognises the address and others do not
    /// learn it: the first two characters of the local part, five stars, `@`, the first
    /// character of the domain, five stars, the last label. `tom@myspace.com` becomes
    /// `to*****@m*****.com`.
    pub fn obscured(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let last_label = domain.rsplit_once('.').map_or(domain, |(_, label)| label);
        let start = &local[..local.len().min(2)];
        let first = &domain[..domain.len().min(1)];
        format!("{start}*****@{first}*****.{last_label}")
    }
}

/// Prints the obscured form, so that no address gets into a log by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.obscured())
    }
}

impl FromStr for EmailAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("'{text}' is not an e-mail address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obscured_addresses_have_the_form_that_clients_expect() {
        for (address, obscured) in [
            ("tom@myspace.com", "to*****@m*****.com"),
            ("a@example.org", "a*****@e*****.org"),
            ("user@mail.example.co.uk", "us*****@m*****.uk"),
            ("jo@example.technology", "jo*****@e*****.technology"),
            ("user+tag@example.com", "us*****@e*****.com"),
        ] {
            assert_eq!(EmailAddress::parse(address).unwrap().obscured(), obscured);
        }
    }

    #[test]
    fn addresses_that_need_escaping_are_refused() {
        let long = format!("a@{}com", "abcdefgh.".repeat(30));
        for bad in [
            "",
            "tom",
            "@example.com",
            "tom@",
            "tom@localhost",
            "tom@@example.com",
            "tom@example..com",
            "a b@example.com",
            "\"a b\"@example.com",
            "Tom <tom@example.com>",
            "tom@[127.0.0.1]",
            "tom@example.com, jo@example.com",
            "tom@example.com\r\nBcc: jo@example.com",
            "tom@exa_mple.com",
            "tóm@example.com",
            "tom@exämple.com",
            " tom@example.com",
            "tom@example.com ",
            ".tom@example.com",
            "tom.@example.com",
            "<tom@example.com>",
            &long,
        ] {
            assert!(EmailAddress::parse(bad).is_none(), "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_address_cannot_leave_its_header(text in ".*") {
            if let Some(address) = EmailAddress::parse(&text) {
                assert!(address.as_str().bytes().all(|byte| byte.is_ascii_graphic() && !b"\",:;<>()[]\\".contains(&byte)));
                assert!(!address.obscured().is_empty());
            }
        }
    }
}
