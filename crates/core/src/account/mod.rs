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

    pub(crate) fn owns(&self, domain: &Domain) -> bool {
        self.account().is_some_and(|account| account.domains.contains(domain))
    }
}

/// What the wire calls a creator without an account.
pub const ANONYMOUS: &str = "anon";

/// Who made it, as the wire writes it.
pub(crate) fn custid(caller: &Caller) -> String {
    caller.account().map_or(ANONYMOUS, |account| account.email.as_str()).to_owned()
}
