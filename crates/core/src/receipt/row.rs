//! The receipt's row: the creator's view of a secret. The outcome of the secret is in
//! the secret's own row, so that reading a receipt can never disturb a reveal.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | [`ReceiptId`], `receipt` |
//! | `version` | N | format version of the row, now 1 |
//! | `created` | N | Unix seconds |
//! | `ends` | N | end of the secret |
//! | `expires_at` | N | end of the receipt, and 15 minutes |
//! | `custid` | S | the creator's address, or `anon` |
//! | `recipient` | S | obscured address; absent without one |
//! | `site` | S | origin of the link |
//! | `share_domain` | S | domain of the link, or empty |
//! | `passphrase_required` | BOOL | |
//! | `viewed` | N | when it was first looked at; absent until then |

use crate::account::Creator;
use crate::address::domain::Domain;
use crate::address::row::{share_domain, take_share_domain};
use crate::aws;
use crate::aws::operation::Operation;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::receipt::{Receipt, State};
use crate::secret::key::{MetadataKey, ReceiptId};
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::time::UnixTime;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use std::collections::HashMap;

const SORT: &str = "receipt";
/// The format version that is written. Every earlier version can still be read.
const FORMAT_VERSION: u8 = 1;

impl Table {
    /// Stores a new receipt.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: the receipt may have been stored.
    pub async fn put_receipt(&self, receipt: &Receipt, deadline: Deadline) -> Result<()> {
        deadline.run(Operation::PutReceipt, self.put_receipt_now(receipt)).await
    }

    async fn put_receipt_now(&self, receipt: &Receipt) -> Result<()> {
        let mut attributes = row::item([
            (PARTITION_KEY, row::text(receipt.metadata_key.receipt_id().as_str())),
            (SORT_KEY, row::text(SORT)),
            row::version(FORMAT_VERSION),
            ("created", row::time(receipt.created)),
            ("ends", row::time(receipt.secret_ends())),
            (TTL_ATTRIBUTE, row::ttl(receipt.ends())),
            ("custid", row::text(receipt.creator.custid())),
            ("site", row::text(receipt.site.as_str())),
            share_domain(receipt.share_domain.as_ref()),
            ("passphrase_required", row::flag(receipt.passphrase_required)),
        ]);
        if let Some(recipient) = &receipt.recipient {
            attributes.insert("recipient".to_owned(), row::text(recipient));
        }
        let put = self.dynamodb.put_item().table_name(&self.name).set_item(Some(attributes.clone()));
        let put = put.condition_expression("attribute_not_exists(pk)");
        let put = put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(error) = put.send().await else { return Ok(()) };
        match error.as_service_error() {
            // Our own first attempt, whose answer was lost.
            Some(PutItemError::ConditionalCheckFailedException(failed))
                if failed.item().is_some_and(|found| is_ours(found, attributes)) =>
            {
                Ok(())
            }
            Some(PutItemError::ConditionalCheckFailedException(_)) => {
                Err(Error::internal("the row of a new random key was there already"))
            }
            _ => Err(aws::unavailable(Operation::PutReceipt, &error)),
        }
    }

    /// Reads a receipt's row, whether the receipt has ended or not.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn stored_receipt(&self, id: &ReceiptId, deadline: Deadline) -> Result<Option<StoredReceipt>> {
        let get = self.dynamodb.get_item().table_name(&self.name).consistent_read(true);
        let get = get.key(PARTITION_KEY, row::text(id.as_str())).key(SORT_KEY, row::text(SORT));
        let answer = Operation::GetReceipt.send(deadline, get.send()).await?;
        answer.item.map(StoredReceipt::from_attributes).transpose()
    }

    /// Reads the rows of at most 100 receipts; the result is by partition key.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn stored_receipts(
        &self,
        ids: &[ReceiptId],
        deadline: Deadline,
    ) -> Result<HashMap<String, StoredReceipt>> {
        let ids = ids.iter().map(ReceiptId::as_str);
        let rows = self.rows(ids, SORT, None, Operation::BatchGetReceipts, deadline).await?;
        let stored = |(id, attributes)| Ok((id, StoredReceipt::from_attributes(attributes)?));
        rows.into_iter().map(stored).collect()
    }

    /// Marks a receipt as viewed, unless it already is.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn mark_viewed(&self, id: &ReceiptId, call: Call) -> Result<()> {
        call.deadline.run(Operation::UpdateReceipt, self.mark_viewed_now(id, call.now)).await
    }

    async fn mark_viewed_now(&self, id: &ReceiptId, now: UnixTime) -> Result<()> {
        let update = self.dynamodb.update_item().table_name(&self.name);
        let update = update.key(PARTITION_KEY, row::text(id.as_str())).key(SORT_KEY, row::text(SORT));
        let update = update
            .update_expression("SET viewed = :now")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(viewed)")
            .expression_attribute_values(":now", row::time(now));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(aws::unavailable(Operation::UpdateReceipt, &error)),
            },
        }
    }
}

/// Whether the row that was found is the one that was put. Its creator may have viewed
/// it since: the list of recent receipts has its key before the creation is answered.
fn is_ours(found: &row::Attributes, mut put: row::Attributes) -> bool {
    put.extend(found.get("viewed").map(|at| ("viewed".to_owned(), at.clone())));
    *found == put
}

/// A receipt as it is stored: without its keys, which the table does not hold.
pub struct StoredReceipt {
    created: UnixTime,
    ends: UnixTime,
    creator: Creator,
    recipient: Option<String>,
    site: String,
    share_domain: Option<Domain>,
    passphrase_required: bool,
    viewed: Option<UnixTime>,
}

impl StoredReceipt {
    fn from_attributes(attributes: row::Attributes) -> Result<Self> {
        let mut row = Row::new(attributes);
        match row.version_or_first()? {
            1 => Self::read_v1(row),
            other => Err(row::unknown_version(other)),
        }
    }

    fn read_v1(mut row: Row) -> Result<Self> {
        Ok(Self {
            created: row.time("created")?,
            ends: row.time("ends")?,
            creator: Creator::parse(&row.text("custid")?)
                .ok_or_else(|| Error::internal("a receipt's creator is none"))?,
            recipient: if row.has("recipient") { Some(row.text("recipient")?) } else { None },
            site: row.text("site")?,
            share_domain: take_share_domain(&mut row)?,
            passphrase_required: row.flag("passphrase_required")?,
            viewed: if row.has("viewed") { Some(row.time("viewed")?) } else { None },
        })
    }

    /// Adds the keys, which only the receipt's holder knows. The state is as far as
    /// this row knows it.
    ///
    /// # Errors
    /// [`Error::Internal`] if the stored site is invalid.
    pub(crate) fn into_receipt(self, metadata_key: MetadataKey) -> Result<Receipt> {
        let site = self.site.parse().map_err(|_| Error::internal("a receipt's site is none"))?;
        let ttl_seconds = self.ends.since(self.created);
        Ok(Receipt {
            recipient: self.recipient,
            share_domain: self.share_domain,
            passphrase_required: self.passphrase_required,
            state: self.viewed.map_or(State::New, State::Viewed),
            ..Receipt::new(metadata_key, self.creator, self.created, ttl_seconds, site)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::email::EmailAddress;
    use crate::aws::fake::FakeAws;
    use serde_json::{Value, json};
    use std::time::Duration;

    const METADATA_KEY: &str = "0123456789abcdefghijklmnopqrstu";

    async fn read(row: Value) -> Result<Option<Receipt>> {
        let aws = FakeAws::new(move |_| json!({ "Item": row }));
        let table = Table::new(aws.config().dynamodb_client(), "secrets");
        let key = MetadataKey::parse(METADATA_KEY).unwrap();
        let stored = table.stored_receipt(&key.receipt_id(), Deadline::after(Duration::from_mins(1))).await?;
        stored.map(|stored| stored.into_receipt(key)).transpose()
    }

    fn row_of_version_1() -> Value {
        serde_json::from_str(include_str!("../../testdata/receipt_row_v1.json")).unwrap()
    }

    /// A row written by hand from the specification of version 1. All later releases
    /// must read it.
    #[tokio::test]
    async fn a_row_of_version_1_can_be_read() {
        let mut first = row_of_version_1();
        // Rows had no version at first.
        first.as_object_mut().unwrap().remove("version");
        for row in [row_of_version_1(), first] {
            let receipt = read(row).await.unwrap().unwrap();
            assert_eq!(receipt.creator, Creator::Account(EmailAddress::parse("Tom@example.com").unwrap()));
            assert_eq!((receipt.created.seconds(), receipt.ttl_seconds), (1_700_000_000, 3_600));
            assert_eq!(receipt.recipient.as_deref(), Some("jo*****@e*****.org"));
            assert_eq!(receipt.share_domain, Domain::parse("secrets.example.com"));
            assert!(receipt.passphrase_required);
            assert_eq!(receipt.state, State::Viewed(UnixTime::from_seconds(1_700_000_060)));
        }
    }

    #[tokio::test]
    async fn a_row_of_an_unknown_version_is_refused() {
        let mut row = row_of_version_1();
        row["version"] = json!({ "N": "2" });
        assert!(matches!(read(row).await, Err(Error::Internal(_))));
    }
}
