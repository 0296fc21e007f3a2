//! HTTP Basic credentials (RFC 7617): the user name is the account's address, the
//! password its API token.

use crate::gateway::function::Request;
use crate::routes;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use readonce_core::account::Caller;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::limits::{LimitedAction, Limits};
use readonce_core::table::Table;
use readonce_core::verbs::authenticate::Credentials;
use readonce_core::verbs::authenticate::authenticate;
use readonce_core::{Error, Result};
use zeroize::Zeroizing;

/// Some clients omit the padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Identifies the caller, as the route requires. A request without an Authorization
/// header is anonymous if the route permits that. Bad credentials are refused even
/// there.
///
/// Refused credentials are counted by client address after the look-up. This count
/// refuses nothing else: valid credentials pass, regardless of other requests from the
/// same address. A header that cannot be parsed causes no request to the table and is
/// not counted.
///
/// # Errors
/// [`Error::NotAuthorized`]; [`Error::TooManyAttempts`] in its place after too many
/// refusals; [`Error::Unavailable`].
pub async fn caller(request: &Request, table: &Table, limits: &Limits) -> Result<Caller> {
    if request.route.credentials == routes::Credentials::Ignored {
        return Ok(Caller::Anonymous);
    }
    let Some(header) = request.event.header("authorization") else {
        let required = request.route.credentials == routes::Credentials::Required;
        return if required { Err(Error::NotAuthorized) } else { Ok(Caller::Anonymous) };
    };
    let credentials = parse(header).ok_or(Error::NotAuthorized)?;
    let caller = authenticate(table, &credentials, request.call.deadline).await;
    if let Err(Error::NotAuthorized) = caller {
        let action = LimitedAction::FailedCredentials;
        limits.by_address(table, action, &request.client(), request.call).await?;
    }
    caller
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
    fn malformed_credentials_are_refused() {
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
