//! The entries of an account's recent list.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk` | S | `recent#` ‖ the account's address in lower case |
//! | `sk` | S | `recent#` ‖ creation, Unix seconds in 12 digits ‖ `#` ‖ hash of the metadata key, as in the receipt's `pk` |
//! | `version` | N | format version of the seal |
//! | `nonce`, `ciphertext` | B | see `account::entry_key` |
//! | `expires_at` | N | end of the receipt, or 30 days after its creation |

use crate::aws;
use crate::aws::operation::Operation;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::Result;
use crate::secret::key::ReceiptId;
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::time::UnixTime;
use aws_sdk_dynamodb::operation::put_item::PutItemError;

const PREFIX: &str = "recent#";
/// Entries that are read at first: a few more than are shown. Who has more that
/// are gone gets them by the megabyte.
const FIRST_PAGE: i32 = 200;

/// A sealed entry.
pub struct RecentEntry {
    pub(crate) sort_key: String,
    pub(crate) version: u8,
    pub(crate) nonce: [u8; 12],
    pub(crate) ciphertext: Vec<u8>,
}

/// Some of an account's entries, and where the next ones begin.
pub struct RecentPage {
    pub(crate) entries: Vec<RecentEntry>,
    pub(crate) next: Option<NextPage>,
}

/// Where the next page begins.
pub struct NextPage(row::Attributes);

/// The sort key of a receipt's entry: entries sort by time.
pub(crate) fn entry_sort_key(created: UnixTime, id: &ReceiptId) -> String {
    let hash = id.as_str().rsplit_once('#').map_or("", |(_, hash)| hash);
    format!("{}#{hash}", start(created))
}

fn start(time: UnixTime) -> String {
    format!("{PREFIX}{:012}", time.seconds().max(0))
}

impl Table {
    /// Stores an entry, until `ends`.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable): then it may be stored or not.
    pub async fn put_recent_entry(
        &self,
        partition: &str,
        entry: &RecentEntry,
        ends: UnixTime,
        deadline: Deadline,
    ) -> Result<()> {
        deadline.run(Operation::PutRecentEntry, self.put_recent_entry_now(partition, entry, ends)).await
    }

    async fn put_recent_entry_now(&self, partition: &str, entry: &RecentEntry, ends: UnixTime) -> Result<()> {
        let attributes = row::item([
            (PARTITION_KEY, row::text(partition)),
            (SORT_KEY, row::text(&entry.sort_key)),
            row::version(entry.version),
            ("nonce", row::bytes(&entry.nonce)),
            ("ciphertext", row::bytes(&entry.ciphertext)),
            (TTL_ATTRIBUTE, row::time(ends)),
        ]);
        let put = self.dynamodb.put_item().table_name(&self.name).set_item(Some(attributes));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                // The hash of a random key is in the row's key: what is there is
                // what an attempt of ours has written whose answer was lost.
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(aws::unavailable(Operation::PutRecentEntry, &error)),
            },
        }
    }

    /// Entries made since then that have not ended, newest first.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn recent_entries(
        &self,
        partition: &str,
        since: UnixTime,
        from: Option<NextPage>,
        call: Call,
    ) -> Result<RecentPage> {
        let query = self
            .dynamodb
            .query()
            .table_name(&self.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :oldest AND :newest")
            .filter_expression("#ttl > :now")
            .expression_attribute_names("#ttl", TTL_ATTRIBUTE)
            .expression_attribute_values(":pk", row::text(partition))
            .expression_attribute_values(":oldest", row::text(start(since)))
            .expression_attribute_values(":newest", row::text(format!("{PREFIX}~")))
            .expression_attribute_values(":now", row::time(call.now))
            .scan_index_forward(false)
            .set_limit(from.is_none().then_some(FIRST_PAGE))
            .set_exclusive_start_key(from.map(|page| page.0));
        let answer = Operation::QueryRecent.send(call.deadline, query.send()).await?;
        let entries = answer.items.unwrap_or_default().into_iter().map(from_attributes);
        Ok(RecentPage {
            entries: entries.collect::<Result<_>>()?,
            next: answer.last_evaluated_key.filter(|key| !key.is_empty()).map(NextPage),
        })
    }
}

fn from_attributes(attributes: row::Attributes) -> Result<RecentEntry> {
    let mut row = Row::new(attributes);
    Ok(RecentEntry {
        sort_key: row.text(SORT_KEY)?,
        version: row.version()?,
        nonce: row.array("nonce")?,
        ciphertext: row.bytes("ciphertext")?,
    })
}
