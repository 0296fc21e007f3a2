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
/// Rows on the first page: more than the list shows, as some receipts may be gone.
/// Later pages have no limit but DynamoDB's megabyte.
const FIRST_PAGE: i32 = 200;

/// An entry of the recent list as it is stored: a sealed metadata key.
pub struct RecentEntry {
    pub(crate) sort_key: String,
    pub(crate) version: u8,
    pub(crate) nonce: [u8; 12],
    pub(crate) ciphertext: Vec<u8>,
}

/// A page of an account's entries, and the start of the next page.
pub struct RecentPage {
    pub(crate) entries: Vec<RecentEntry>,
    pub(crate) next: Option<NextPage>,
}

/// The key after which the next page starts, as DynamoDB returned it.
pub struct NextPage(row::Attributes);

/// The sort key of a receipt's entry. Entries sort by creation time.
pub(crate) fn entry_sort_key(created: UnixTime, id: &ReceiptId) -> String {
    let hash = id.as_str().rsplit_once('#').map_or("", |(_, hash)| hash);
    format!("{}#{hash}", start(created))
}

fn start(time: UnixTime) -> String {
    format!("{PREFIX}{:012}", time.seconds().max(0))
}

impl Table {
    /// Stores an entry, which expires at `ends`.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable): the entry may have been
    /// stored.
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
                // The sort key contains the hash of a random key. So an existing row was
                // written by an earlier attempt of ours whose answer was lost.
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(aws::unavailable(Operation::PutRecentEntry, &error)),
            },
        }
    }

    /// Unexpired entries that were created since then, newest first.
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
