//! The key under which clients' addresses are counted, one for each day.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | `address-key`, number of the day since 1970 |
//! | `key` | B | 32 random bytes |
//! | `expires_at` | N | end of the day, Unix seconds |

use super::row;
use super::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::aws;
use crate::error::Result;
use crate::limits::DAY_SECONDS;
use crate::random;
use crate::time::UnixTime;
use aws_sdk_dynamodb::types::ReturnValue;
use zeroize::Zeroizing;

const PARTITION: &str = "address-key";

impl Table {
    /// The key of a day. Whoever asks first makes it, in the same write.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn address_key(&self, day: i64) -> Result<Zeroizing<[u8; 32]>> {
        let candidate = Zeroizing::new(random::bytes::<32>());
        let day_ends = UnixTime::from_seconds((day + 1) * DAY_SECONDS);
        let update = self
            .dynamodb
            .update_item()
            .table_name(&self.name)
            .key(PARTITION_KEY, row::text(PARTITION))
            .key(SORT_KEY, row::text(day.to_string()))
            .update_expression("SET #key = if_not_exists(#key, :candidate), #ttl = :end")
            .expression_attribute_names("#key", "key")
            .expression_attribute_names("#ttl", TTL_ATTRIBUTE)
            .expression_attribute_values(":candidate", row::bytes(&*candidate))
            .expression_attribute_values(":end", row::time(day_ends))
            .return_values(ReturnValue::AllNew);
        let answer = update
            .send()
            .await
            .map_err(|error| aws::unavailable("DynamoDB UpdateItem (address key)", &error))?;
        row::Row::new(answer.attributes.unwrap_or_default()).array("key").map(Zeroizing::new)
    }
}
