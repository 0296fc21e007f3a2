//! Accounts, their tokens, and who is calling.

pub mod entry_row;
pub mod row;

use crate::address::domain::Domain;
use crate::address::email::EmailAddress;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::plan::PlanName;
use crate::random;
use crate::table::Table;
use crate::time::UnixTime;
use crate::verbs::recent::EntryKey;
use aws_lc_rs::{constant_time, digest};
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

const TOKEN_LABEL: &[u8] = b"readonce v1 api token";
const TOKEN_BYTES: usize = 32;
const LONGEST_TOKEN: usize = 256;

/// Someone the operator knows.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who: also the user name of the API.
    pub email: EmailAddress,
    /// What they may do.
    pub plan: PlanName,
    /// Hosts their links may carry.
    pub domains: Vec<Domain>,
    /// Turned off: every call with its credentials is refused.
    pub disabled: bool,
    /// When it was made.
    pub created: UnixTime,
    /// The hash of its token.
    pub token_hash: TokenHash,
}

impl Account {
    /// A new account, let in, without hosts of its own.
    pub fn new(email: EmailAddress, plan: PlanName, token: &ApiToken, now: UnixTime) -> Self {
        Self { email, plan, domains: Vec::new(), disabled: false, created: now, token_hash: token.hash() }
    }
}

/// Who is calling.
pub enum Caller {
    /// Nobody in particular.
    Anonymous,
    /// The holder of an account's token.
    SignedIn(Box<SignedIn>),
}

/// The holder of an account's token.
pub struct SignedIn {
    /// Whose.
    pub account: Account,
    /// What the entries of its recent list are sealed under.
    pub(crate) entry_key: EntryKey,
}

impl Caller {
    /// The account, if there is one.
    pub fn account(&self) -> Option<&Account> {
        self.signed_in().map(|signed_in| &signed_in.account)
    }

    /// The account and what its token opens, if there is one.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(signed_in) => Some(signed_in),
        }
    }

    pub(crate) fn owns(&self, domain: &Domain) -> bool {
        self.account().is_some_and(|account| account.domains.contains(domain))
    }
}

/// An API token: hexadecimal digits, since that every known client accepts.
#[derive(ZeroizeOnDrop)]
pub struct ApiToken(String);

impl ApiToken {
    /// A new token: 32 random bytes.
    pub fn random() -> Self {
        let bytes = Zeroizing::new(random::bytes::<TOKEN_BYTES>());
        let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is below 16");
        Self(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    /// Reads a token; `None` if it is not made of hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let good =
            (1..=LONGEST_TOKEN).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        good.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The digits.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// SHA-256(`"readonce v1 api token"` ‖ digits). A random token of 256 bits
    /// cannot be guessed from its hash, so no slow hash is needed.
    pub fn hash(&self) -> TokenHash {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(TOKEN_LABEL);
        context.update(self.0.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        TokenHash(hash)
    }
}

/// What is stored of a token. It has no `==`: see [`TokenHash::matches`].
#[derive(Clone)]
pub struct TokenHash([u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenHash(..)")
    }
}

impl TokenHash {
    /// What an unknown account's token is compared with: the hash of no token that
    /// anybody could find.
    pub(crate) const NONE: Self = Self([0; 32]);

    /// Reads a stored hash; `None` if it is none.
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it is stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Compares in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

/// User name and password of a request.
pub struct Credentials {
    /// The account's address.
    pub email: EmailAddress,
    /// Its token.
    pub token: ApiToken,
}

/// Finds out who is calling. An unknown account takes the same steps as a
/// wrong token: see [`Table::account_with_token`].
///
/// # Errors
/// [`Error::NotAuthorized`], [`Error::Unavailable`].
pub async fn authenticate(table: &Table, credentials: &Credentials, deadline: Deadline) -> Result<Caller> {
    let presented = credentials.token.hash();
    let account = table.account_with_token(&credentials.email, &presented);
    match deadline.run("DynamoDB GetItem (account)", account).await? {
        Some(account) if !account.disabled => {
            let entry_key = EntryKey::of(&credentials.token);
            Ok(Caller::SignedIn(Box::new(SignedIn { account, entry_key })))
        }
        _ => Err(Error::NotAuthorized),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_64_hexadecimal_digits() {
        let token = ApiToken::random();
        assert_eq!(token.expose().len(), 64);
        let again = ApiToken::parse(&token.expose().to_uppercase()).unwrap();
        assert!(again.hash().matches(&token.hash()));
        assert!(!ApiToken::random().hash().matches(&token.hash()));
    }

    #[test]
    fn what_is_not_hexadecimal_is_not_a_token() {
        for bad in ["", "xyz", "12 34", "١٢", &"a".repeat(257)] {
            assert!(ApiToken::parse(bad).is_none(), "{bad}");
        }
    }
}
