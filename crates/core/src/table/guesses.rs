//! How often somebody has tried a passphrase.
//!
//! One row per secret and window of ten minutes, counted up before bcrypt runs,
//! in one write, so that many tries at once are counted like many in a row.
//! Nothing is destroyed by guessing: the next window starts at nought.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | [`SecretId`], `guesses#`number of the window |
//! | `attempts` | N | how many so far |
//! | `expires_at` | N | end of the window, Unix seconds |

use super::row;
use super::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::aws;
use crate::error::{Error, Result};
use crate::key::SecretId;
use crate::time::UnixTime;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValue;

/// Length of a window, in seconds.
pub const WINDOW_SECONDS: i64 = 600;
/// Attempts in one window.
pub const MOST_ATTEMPTS: i64 = 5;

/// An attempt that was counted.
#[derive(Debug)]
pub struct Attempt {
    window: i64,
}

impl Table {
    /// Counts an attempt on the secret's passphrase. A retry after a lost answer
    /// may count it twice, which costs a guess and lets nobody have one more.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] if this window has had its share;
    /// [`Error::Unavailable`].
    pub async fn count_attempt(&self, id: &SecretId, now: UnixTime) -> Result<Attempt> {
        let window = now.seconds().div_euclid(WINDOW_SECONDS);
        let window_ends = UnixTime::from_seconds((window + 1) * WINDOW_SECONDS);
        let update = self.update_attempts(id, window, 1);
        let update = update
            .update_expression("ADD attempts :change SET #ttl = :end")
            .expression_attribute_names("#ttl", TTL_ATTRIBUTE)
            .expression_attribute_values(":end", row::time(window_ends))
            .return_values(ReturnValue::UpdatedNew);
        let answer =
            update.send().await.map_err(|error| aws::unavailable("DynamoDB UpdateItem (guesses)", &error))?;
        let attempts = row::Row::new(answer.attributes.unwrap_or_default()).number("attempts")?;
        if attempts > MOST_ATTEMPTS {
            return Err(Error::TooManyAttempts { retry_after_seconds: window_ends.since(now) });
        }
        Ok(Attempt { window })
    }

    /// Gives back an attempt whose passphrase was right, but which failed on
    /// our side. Asked once only: a retry after a lost answer would give back
    /// two.
    ///
    /// # Errors
    /// [`Error::Unavailable`]; then the attempt stays counted.
    pub async fn give_back_attempt(&self, id: &SecretId, attempt: Attempt) -> Result<()> {
        let once = aws_sdk_dynamodb::config::Builder::new().retry_config(RetryConfig::disabled());
        let update = self.update_attempts(id, attempt.window, -1);
        let update =
            update.update_expression("ADD attempts :change").condition_expression("attribute_exists(pk)");
        let sent = update.customize().config_override(once).send().await;
        sent.map_err(|error| aws::unavailable("DynamoDB UpdateItem (guesses)", &error))?;
        Ok(())
    }

    fn update_attempts(&self, id: &SecretId, window: i64, change: i64) -> UpdateItemFluentBuilder {
        self.dynamodb
            .update_item()
            .table_name(&self.name)
            .key(PARTITION_KEY, row::text(id.as_str()))
            .key(SORT_KEY, row::text(format!("guesses#{window}")))
            .expression_attribute_values(":change", row::number(change))
    }
}
