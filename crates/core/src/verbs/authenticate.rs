//! Authenticate: identify the caller.

use crate::account::entry_key::EntryKey;
use crate::account::token::ApiToken;
use crate::account::{Caller, SignedIn};
use crate::address::email::EmailAddress;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::table::Table;

/// User name and password of a request.
pub struct Credentials {
    /// Address of the account; the user name.
    pub email: EmailAddress,
    /// API token of the account; the password.
    pub token: ApiToken,
}

/// Identifies the caller. An unknown account takes the same steps as a wrong token; see
/// [`Table::account_with_token`].
///
/// # Errors
/// [`Error::NotAuthorized`], [`Error::Unavailable`].
pub async fn authenticate(table: &Table, credentials: &Credentials, deadline: Deadline) -> Result<Caller> {
    let presented = credentials.token.hash();
    match table.account_with_token(&credentials.email, &presented, deadline).await? {
        Some(account) if !account.disabled => {
            let entry_key = EntryKey::of(&credentials.token);
            Ok(Caller::SignedIn(Box::new(SignedIn { account, entry_key })))
        }
        _ => Err(Error::NotAuthorized),
    }
}
