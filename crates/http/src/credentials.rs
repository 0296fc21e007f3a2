//! HTTP Basic credentials (RFC 7617): user = the account's address, password =
//! its API token.

use crate::event::Event;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use readonce_core::account::{self, ApiToken, Caller, Credentials};
use readonce_core::deadline::Deadline;
use readonce_core::email::EmailAddress;
use readonce_core::table::Table;
use readonce_core::{Error, Result};
use zeroize::Zeroizing;

/// Some clients leave the padding away.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Who is calling. Without an Authorization header that is nobody in
/// particular; a header that is not good is refused even where nobody in
/// particular may call.
///
/// # Errors
/// [`Error::NotAuthorized`], [`Error::Unavailable`].
pub async fn caller(event: &Event, table: &Table, deadline: Deadline) -> Result<Caller> {
    match event.header("authorization") {
        None => Ok(Caller::Anonymous),
        Some(header) => {
            let credentials = parse(header).ok_or(Error::NotAuthorized)?;
            account::authenticate(table, &credentials, deadline).await
        }
    }
}

fn parse(header: &str) -> Option<Credentials> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = Zeroizing::new(BASE64.decode(encoded.trim_matches(' ')).ok()?);
    let (user, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some(Credentials { email: EmailAddress::parse(user)?, token: ApiToken::parse(password)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_read() {
        // tom@example.com:0a1b
        for header in [
            "Basic dG9tQGV4YW1wbGUuY29tOjBhMWI=",
            "basic dG9tQGV4YW1wbGUuY29tOjBhMWI=",
            "BASIC  dG9tQGV4YW1wbGUuY29tOjBhMWI",
        ] {
            let credentials = parse(header).unwrap();
            assert_eq!(credentials.email.as_str(), "tom@example.com");
            assert_eq!(credentials.token.expose(), "0a1b");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for header in [
            "",
            " ",
            "Basic",
            "Basic ",
            "Basic Og==",
            "Bearer dG9tQGV4YW1wbGUuY29tOjBhMWI=",
            "dG9tQGV4YW1wbGUuY29tOjBhMWI=",
            "Basic !!!",
            "Basic dG9tQGV4YW1wbGUuY29t",
            "Basic /////w==",
            "Basic dG9tQGV4YW1wbGUuY29tOjBhMWI=,Basic Og==",
        ] {
            assert!(parse(header).is_none(), "{header}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_panics(header in ".*", pair in ".*") {
            let _ = parse(&header);
            let _ = parse(&format!("Basic {}", BASE64.encode(pair)));
        }
    }
}
