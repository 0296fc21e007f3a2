//! Plans: maximum sizes and lifetimes.

pub mod ttl;

use crate::time::DAY_SECONDS;
use std::fmt;
use std::str::FromStr;

/// Upper bound of every plan's maximum size, in bytes. A table row holds at most 400 KB
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>),
/// and the row contains more than the text.
pub const MAX_SECRET_BYTES: usize = 350_000;

/// The limits of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Maximum size of a secret, in UTF-8 bytes.
    pub size_limit_bytes: usize,
    /// Maximum ttl of a secret, in seconds.
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

/// The plan of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanName {
    /// The default plan of an account.
    Basic,
    /// A plan with higher limits by default.
    Identity,
}

impl PlanName {
    /// The name in the table and on the command line: `basic` or `identity`.
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

/// All plans of a deployment.
#[derive(Clone, Copy, Debug)]
pub struct Plans {
    /// Plan of callers without an account; `None` if they may not create secrets.
    pub anonymous: Option<Plan>,
    /// Plan of accounts with [`PlanName::Basic`].
    pub basic: Plan,
    /// Plan of accounts with [`PlanName::Identity`].
    pub identity: Plan,
}

impl Plans {
    /// The limits of a named plan.
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
