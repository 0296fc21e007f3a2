//! Who may do how much.

pub mod ttl;

use crate::time::DAY_SECONDS;
use std::fmt;
use std::str::FromStr;

/// The largest secret any plan may allow, in bytes. A table row holds at most
/// 400 KB (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>),
/// and the row has more in it than the text.
pub const MAX_SECRET_BYTES: usize = 350_000;

/// What a plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The largest secret, in bytes.
    pub size_limit_bytes: usize,
    /// The longest life, in seconds.
    pub maximum_ttl_seconds: i64,
}

/// Written as `BYTES:SECONDS`, for example `10000:604800`.
impl FromStr for Plan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not a plan: write BYTES:SECONDS, like 10000:604800");
        let (bytes, seconds) = text.split_once(':').ok_or_else(wrong)?;
        let plan = Self {
            size_limit_bytes: bytes.parse().map_err(|_| wrong())?,
            maximum_ttl_seconds: seconds.parse().map_err(|_| wrong())?,
        };
        if !(1..=MAX_SECRET_BYTES).contains(&plan.size_limit_bytes) {
            return Err(format!("'{text}': a plan's size is 1 to {MAX_SECRET_BYTES} bytes"));
        }
        if plan.maximum_ttl_seconds < ttl::MINIMUM_SECONDS {
            return Err(format!("'{text}': a plan's ttl is at least {} seconds", ttl::MINIMUM_SECONDS));
        }
        Ok(plan)
    }
}

/// The plan an account is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanName {
    /// The plan of every account, unless the operator says otherwise.
    Basic,
    /// The larger plan.
    Identity,
}

impl PlanName {
    /// As the table and the command line write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Identity => "identity",
        }
    }
}

impl fmt::Display for PlanName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for PlanName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "basic" => Ok(Self::Basic),
            "identity" => Ok(Self::Identity),
            _ => Err(format!("'{text}' is not a plan: basic or identity")),
        }
    }
}

/// All plans of a stack.
#[derive(Clone, Copy, Debug)]
pub struct Plans {
    /// Callers without an account; `None` if they may not create.
    pub anonymous: Option<Plan>,
    /// Accounts on the basic plan.
    pub basic: Plan,
    /// Accounts on the identity plan.
    pub identity: Plan,
}

impl Plans {
    /// The plan of that name.
    pub fn named(&self, name: PlanName) -> Plan {
        match name {
            PlanName::Basic => self.basic,
            PlanName::Identity => self.identity,
        }
    }
}

impl Default for Plans {
    fn default() -> Self {
        let plan =
            |size_limit_bytes, days| Plan { size_limit_bytes, maximum_ttl_seconds: days * DAY_SECONDS };
        Self { anonymous: Some(plan(10_000, 7)), basic: plan(10_000, 14), identity: plan(100_000, 30) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_bytes_and_seconds() {
        assert_eq!("10000:604800".parse(), Ok(Plans::default().anonymous.unwrap()));
        for bad in ["", "10000", "0:60", "10000:59", "350001:60", "1e3:60", "-1:60", "10000:604800:1"] {
            assert!(bad.parse::<Plan>().is_err(), "{bad}");
        }
    }
}
