//! Counters of attempts in fixed windows of time.
//!
//! There is one row per owner, action and window. One write increments it before the
//! action, so parallel attempts are counted like successive ones. Counts reset only
//! when their window ends.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | `counter#` ‖ the owner, name of the action ‖ `#` ‖ number of the window |
//! | `attempts` | N | attempts so far |
//! | `expires_at` | N | end of the window, and 15 minutes, Unix seconds |
//!
//! The prefix separates counters from the counted accounts and secrets, so that a role
//! can allow writing the one and not the other.
//!
//! | action | owner |
//! |---|---|
//! | `guesses` | the secret whose passphrase is tried, [`SecretId`](crate::secret::key::SecretId) |
//! | `creations`, `reveals` (that find no open secret), `failed-credentials` | `address#` ‖ base64url(HMAC-SHA-256(key of the day, network)), see [`limits`](crate::limits) |
//! | `mails`, `lists` | the account |

use super::row;
use super::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::aws;
use crate::aws::operation::Operation;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::time::{DAY_SECONDS, UnixTime};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use std::str::FromStr;

const PREFIX: &str = "counter#";

/// At most `most` events per fixed window of `window_seconds`. Windows start at
/// multiples of their length since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Maximum number of attempts per window.
    pub most: i64,
    /// Length of a window, in seconds; it divides a day.
    pub window_seconds: i64,
}

/// Identifies a counter, and sets its maximum.
pub struct Counter {
    /// Partition key of the counted account, secret or address, without `counter#`.
    pub owner: String,
    /// Name of the counted action, for example `guesses`.
    pub name: &'static str,
    /// Maximum and window of the counter.
    pub rate: Rate,
}

/// A counted attempt, which can be given back.
#[derive(Debug)]
pub struct CountedAttempt {
    window: i64,
}

impl Table {
    /// Increments a counter. A retry after a lost answer may count twice; that costs
    /// the owner one attempt and never grants an extra one.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] if the maximum of this window is reached;
    /// [`Error::Unavailable`].
    pub async fn count(&self, counter: &Counter, call: Call) -> Result<CountedAttempt> {
        let operation = Operation::Count(counter.name);
        call.deadline.run(operation, self.count_now(counter, 1, call.now)).await
    }

    /// Refuses what [`Table::count`] would refuse, and counts nothing. A write, too: the
    /// roles that count may not read a count.
    ///
    /// # Errors
    /// Those of [`Table::count`].
    pub async fn check_count(&self, counter: &Counter, call: Call) -> Result<()> {
        let operation = Operation::Count(counter.name);
        call.deadline.run(operation, self.count_now(counter, 0, call.now)).await.map(drop)
    }

    async fn count_now(&self, counter: &Counter, change: i64, now: UnixTime) -> Result<CountedAttempt> {
        let Rate { most, window_seconds } = counter.rate;
        let window = now.seconds().div_euclid(window_seconds);
        let window_ends = UnixTime::from_seconds((window + 1) * window_seconds);
        let update = self
            .update_counter(counter, window, change)
            .update_expression("ADD attempts :change SET #ttl = :end")
            .condition_expression("attribute_not_exists(attempts) OR attempts < :most")
            .expression_attribute_names("#ttl", TTL_ATTRIBUTE)
            .expression_attribute_values(":end", row::ttl(window_ends))
            .expression_attribute_values(":most", row::number(most));
        let Err(error) = update.send().await else { return Ok(CountedAttempt { window }) };
        Err(match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => {
                Error::TooManyAttempts { retry_after_seconds: window_ends.since(now) }
            }
            _ => aws::unavailable(Operation::Count(counter.name), &error),
        })
    }

    /// Takes an increment back, because the counted action failed on our side. Sent
    /// only once: a retry after a lost answer would give back two.
    ///
    /// # Errors
    /// [`Error::Unavailable`]; the attempt may then stay counted.
    pub async fn give_back(
        &self,
        counter: &Counter,
        attempt: CountedAttempt,
        deadline: Deadline,
    ) -> Result<()> {
        let once = aws_sdk_dynamodb::config::Builder::new().retry_config(RetryConfig::disabled());
        let update = self
            .update_counter(counter, attempt.window, -1)
            .update_expression("ADD attempts :change")
            .condition_expression("attribute_exists(pk)");
        let sent = update.customize().config_override(once).send();
        Operation::Count(counter.name).send(deadline, sent).await?;
        Ok(())
    }

    fn update_counter(&self, counter: &Counter, window: i64, change: i64) -> UpdateItemFluentBuilder {
        self.dynamodb
            .update_item()
            .table_name(&self.name)
            .key(PARTITION_KEY, row::text(format!("{PREFIX}{}", counter.owner)))
            .key(SORT_KEY, row::text(format!("{}#{window}", counter.name)))
            .expression_attribute_values(":change", row::number(change))
    }
}

/// Written as `COUNT:SECONDS`, for example `100:3600`.
///
/// The window must divide a day, so that no window spans two address keys.
impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not a limit: write COUNT:SECONDS, like 100:3600");
        let (most, window_seconds) = text.split_once(':').ok_or_else(wrong)?;
        let rate = Self {
            most: most.parse().map_err(|_| wrong())?,
            window_seconds: window_seconds.parse().map_err(|_| wrong())?,
        };
        if rate.most < 1 {
            return Err(format!("'{text}': a limit's count is at least 1"));
        }
        if rate.window_seconds < 1 || DAY_SECONDS % rate.window_seconds != 0 {
            return Err(format!("'{text}': a limit's seconds are those of a day, or a whole part of it"));
        }
        Ok(rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_count_and_a_part_of_a_day() {
        assert_eq!("100:3600".parse(), Ok(Rate { most: 100, window_seconds: 3_600 }));
        assert_eq!("1:86400".parse(), Ok(Rate { most: 1, window_seconds: 86_400 }));
        for bad in ["", "100", "0:3600", "-1:3600", "100:0", "100:-60", "100:7000", "100:172800", "1:2:3"] {
            assert!(bad.parse::<Rate>().is_err(), "{bad}");
        }
    }
}
