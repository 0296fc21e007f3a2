//! The single table, and every access to it.
//!
//! Partition key `pk`, sort key `sk`, both strings; `expires_at` is the TTL attribute.
//! DynamoDB deletes expired rows up to days late, so every read and every condition
//! compares times with now. A row must not disappear while a request still depends on
//! it: secrets, receipts and counters have 15 minutes from their own end to their
//! `expires_at`.
//!
//! | row | `pk` | `sk` | file |
//! |---|---|---|---|
//! | secret | `secret#`hash of the secret key | `secret` | [`secret::claim::row`](crate::secret::claim::row) |
//! | receipt | `receipt#`hash of the metadata key | `receipt` | [`receipt::row`](crate::receipt::row) |
//! | account | `account#`address in lower case | `account` | [`account::row`](crate::account::row) |
//! | recent entry | `recent#`address in lower case | `recent#`time`#`hash | [`account::entry_row`](crate::account::entry_row) |
//! | counters | `counter#`partition key of the owner | action`#`window | [`counter`] |
//! | key of the day | `address-key` | `address-key` | `limits::address_key` |
//!
//! Roles are granted access by the part of `pk` before `#` (`dynamodb:LeadingKeys` in
//! template.yaml).
//!
//! Every write is one conditional write on one row. There are no transactions: two at a
//! time cancel each other, the SDK does not retry that, and no emulator reproduces it.

mod batch;
pub mod counter;
pub(crate) mod departure;
pub(crate) mod row;

use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::Result;
use aws_sdk_dynamodb::Client;

/// Name of the partition key attribute.
pub const PARTITION_KEY: &str = "pk";
/// Name of the sort key attribute.
pub const SORT_KEY: &str = "sk";
/// Name of the TTL attribute, in Unix seconds.
pub const TTL_ATTRIBUTE: &str = "expires_at";

/// A handle on the table.
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) dynamodb: Client,
    pub(crate) name: String,
}

impl Table {
    /// A handle on the table `name`; sends no request.
    pub fn new(dynamodb: Client, name: impl Into<String>) -> Self {
        Self { dynamodb, name: name.into() }
    }

    /// Opens a connection to the table, so that the first request need not wait for it.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn touch(&self, deadline: Deadline) -> Result<()> {
        let get = self.dynamodb.get_item().table_name(&self.name);
        // A row that never exists; each role may read it.
        let get = get.key(PARTITION_KEY, row::text("warm-up")).key(SORT_KEY, row::text("warm-up"));
        Operation::WarmUp.send(deadline, get.send()).await?;
        Ok(())
    }

    /// The name of the table, without ARN or region.
    pub fn name(&self) -> &str {
        &self.name
    }
}
