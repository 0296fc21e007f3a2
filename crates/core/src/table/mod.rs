//! The one table, and every access to it.
//!
//! Partition key `pk`, sort key `sk`, both strings; `expires_at` is the TTL
//! attribute. DynamoDB deletes expired rows up to days late, so every read and
//! every condition compares times with now. A row must also not vanish while
//! somebody still goes by it: secrets, receipts and counters have 15 minutes from
//! their own end to their `expires_at`.
//!
//! | row | `pk` | `sk` | file |
//! |---|---|---|---|
//! | secret | `secret#`hash of the secret key | `secret` | [`secret::claim::row`](crate::secret::claim::row) |
//! | receipt | `receipt#`hash of the metadata key | `receipt` | [`receipt::row`](crate::receipt::row) |
//! | account | `account#`address in lower case | `account` | [`account::row`](crate::account::row) |
//! | recent entry | `recent#`address in lower case | `recent#`time`#`hash | [`account::entry_row`](crate::account::entry_row) |
//! | counters | `counter#`partition key of the owner | thing`#`window | [`counter`] |
//! | key of the day | `address-key` | `address-key` | `limits::address_key` |
//!
//! What stands before `#` in `pk` is what roles are given by (`dynamodb:LeadingKeys` in
//! template.yaml).
//!
//! Every write is one conditional write on one row. There are no transactions:
//! two at a time cancel each other, which the SDK does not retry and no
//! emulator shows.

mod batch;
pub mod counter;
pub(crate) mod departure;
pub(crate) mod row;

use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::Result;
use aws_sdk_dynamodb::Client;

/// The name of the partition key attribute.
pub const PARTITION_KEY: &str = "pk";
/// The name of the sort key attribute.
pub const SORT_KEY: &str = "sk";
/// The name of the attribute that holds a row's end for DynamoDB's TTL.
pub const TTL_ATTRIBUTE: &str = "expires_at";

/// A handle on the table.
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) dynamodb: Client,
    pub(crate) name: String,
}

impl Table {
    /// A handle on the table of that name.
    pub fn new(dynamodb: Client, name: impl Into<String>) -> Self {
        Self { dynamodb, name: name.into() }
    }

    /// Opens a connection to the table, for the first request to find.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn touch(&self, deadline: Deadline) -> Result<()> {
        let get = self.dynamodb.get_item().table_name(&self.name);
        // A row that is never there; each role may read it.
        let get = get.key(PARTITION_KEY, row::text("warm-up")).key(SORT_KEY, row::text("warm-up"));
        Operation::WarmUp.send(deadline, get.send()).await?;
        Ok(())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}
