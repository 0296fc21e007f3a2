//! Accounts, their tokens, and who is calling.
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

    /// The caller as the creator of a secret.
    pub(crate) fn creator(&self) -> Creator {
        self.account().map_or(Creator::Anonymous, |account| Creator::Account(account.email.clone()))
    }

    pub(crate) fn owns(&self, domain: &Domain) -> bool {
        self.account().is_some_and(|account| account.domains.contains(domain))
    }
}

/// Who made a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creator {
    /// A caller without an account.
    Anonymous,
    /// The account of this address.
    Account(EmailAddress),
}

impl Creator {
    /// The wire's and the table's word for a creator without an account.
    const ANONYMOUS: &str = "anon";

    /// The address of the account, or `anon`.
    pub fn custid(&self) -> &str {
        match self {
            Self::Anonymous => Self::ANONYMOUS,
            Self::Account(email) => email.as_str(),
        }
    }

    /// The creator that [`Creator::custid`] names; `None` if it is neither.
    pub(crate) fn parse(custid: &str) -> Option<Self> {
        // No address is `anon`: an address has an @.
        if custid == Self::ANONYMOUS {
            return Some(Self::Anonymous);
        }
        EmailAddress::parse(custid).map(Self::Account)
    }
}
