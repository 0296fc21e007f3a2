//! The key under which client addresses are counted; it changes every day.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | `address-key`, `address-key` |
//! | `day` | N | number of the day since 1970 that it is for |
//! | `key` | B | 32 random bytes |
//! | `expires_at` | N | end of the day, Unix seconds |
//!
//! There is one row, so the first write of a day destroys the key of the day before. A
//! write also replaces the key after a clock was wrong by more than a day. Otherwise
//! that clock's key would be used until its own day has come.

use crate::aws;
use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::Result;
use crate::random;
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::time::{DAY_SECONDS, UnixTime};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use zeroize::Zeroizing;

const NAME: &str = "address-key";

impl Table {
    /// The key of a day. The first request of a day creates it, in the same write. A
    /// request for a day that has just ended gets the current key.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn address_key(&self, day: i64, deadline: Deadline) -> Result<Zeroizing<[u8; 32]>> {
        deadline.run(Operation::UpdateAddressKey, self.address_key_now(day)).await
    }

    async fn address_key_now(&self, day: i64) -> Result<Zeroizing<[u8; 32]>> {
        let candidate = Zeroizing::new(random::bytes::<32>());
        let day_ends = UnixTime::from_seconds((day + 1) * DAY_SECONDS);
        let update = self
            .dynamodb
            .update_item()
            .table_name(&self.name)
            .key(PARTITION_KEY, row::text(NAME))
            .key(SORT_KEY, row::text(NAME))
            .update_expression("SET #key = :candidate, #day = :day, #ttl = :end")
            .condition_expression("attribute_not_exists(pk) OR #day < :day OR #day > :next")
            .expression_attribute_names("#key", "key")
            .expression_attribute_names("#day", "day")
            .expression_attribute_names("#ttl", TTL_ATTRIBUTE)
            .expression_attribute_values(":candidate", row::bytes(&*candidate))
            .expression_attribute_values(":day", row::number(day))
            .expression_attribute_values(":next", row::number(day + 1))
            .expression_attribute_values(":end", row::time(day_ends))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(error) = update.send().await else { return Ok(candidate) };
        match error.as_service_error() {
            // Another request was first, or our own earlier attempt whose answer was lost.
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                let found = failed.item().cloned().unwrap_or_default();
                Row::new(found).array("key").map(Zeroizing::new)
            }
            _ => Err(aws::unavailable(Operation::UpdateAddressKey, &error)),
        }
    }
}
