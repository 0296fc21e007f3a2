//! Accounts, their tokens, and callers.
//!
//! [`row`] stores an account, [`entry_row`] the entries of its list of recent receipts,
//! which `entry_key` seals.

pub(crate) mod entry_key;
pub mod entry_row;
pub mod row;
pub mod token;

use crate::account::entry_key::EntryKey;
use crate::account::token::{ApiToken, TokenHash};
use crate::address::domain::Domain;
use crate::address::email::EmailAddress;
use crate::plan::PlanName;
use crate::time::UnixTime;

/// An account, created by the operator.
#[derive(Clone, Debug)]
pub struct Account {
    /// Address of the account, in the case the operator typed; the user name of the
    /// API.
    pub email: EmailAddress,
    /// Plan of the account; sets the maximum size and ttl of its secrets.
    pub plan: PlanName,
    /// Custom domains that its links may carry; usually empty.
    pub domains: Vec<Domain>,
    /// `true` if the account is disabled: every call with its credentials is refused.
    pub disabled: bool,
    /// Creation time. A recreated account has a later one.
    pub created: UnixTime,
    /// SHA-256 of its API token; see [`ApiToken::hash`].
    pub token_hash: TokenHash,
}

impl Account {
    /// A new, enabled account without custom domains.
    pub fn new(email: EmailAddress, plan: PlanName, token: &ApiToken, now: UnixTime) -> Self {
        Self { email, plan, domains: Vec::new(), disabled: false, created: now, token_hash: token.hash() }
    }
}

/// The caller of a use case.
pub enum Caller {
    /// A caller without credentials.
    Anonymous,
    /// A caller with a valid token of an enabled account.
    SignedIn(Box<SignedIn>),
}

/// An authenticated account, with the key of its recent list.
pub struct SignedIn {
    /// The account, as read from its row during this call.
    pub account: Account,
    /// Opens the entries of the account's recent list; derived from the token.
    pub(crate) entry_key: EntryKey,
}

impl Caller {
    /// The account; `None` for an anonymous caller.
    pub fn account(&self) -> Option<&Account> {
        self.signed_in().map(|signed_in| &signed_in.account)
    }

    /// The account with its entry key; `None` for an anonymous caller.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(signed_in) => Some(signed_in),
        }
    }

    /// The caller as the creator of a secret.
    pub(crate) fn creator(&self) -> Creator {
        self.account().map_or(Creator::Anonymous, |account| Creator::Account(account.email.clone()))
    }

    pub(crate) fn owns(&self, domain: &Domain) -> bool {
        self.account().is_some_and(|account| account.domains.contains(domain))
    }
}

/// The creator of a secret, as its receipt stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creator {
    /// A caller without an account; stored as `anon`.
    Anonymous,
    /// The address of an account.
    Account(EmailAddress),
}

impl Creator {
    /// `custid` of a creator without an account, in answers and in the table.
    const ANONYMOUS: &str = "anon";

    /// The `custid` of the API: the address of the account, or `anon`.
    pub fn custid(&self) -> &str {
        match self {
            Self::Anonymous => Self::ANONYMOUS,
            Self::Account(email) => email.as_str(),
        }
    }

    /// Parses a [`Creator::custid`]; `None` if it is neither an address nor `anon`.
    pub(crate) fn parse(custid: &str) -> Option<Self> {
        // No address is `anon`: an address has an @.
        if custid == Self::ANONYMOUS {
            return Some(Self::Anonymous);
        }
        EmailAddress::parse(custid).map(Self::Account)
    }
}
