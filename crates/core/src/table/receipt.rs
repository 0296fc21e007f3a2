//! The receipt's row: what the creator may know of a secret. What became of the
//! secret is in the secret's own row, so that reading a receipt can never
//! disturb a reveal.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | [`ReceiptId`](crate::key::ReceiptId), `receipt` |
//! | `created` | N | Unix seconds |
//! | `ends` | N | end of the secret |
//! | `expires_at` | N | end of the receipt |
//! | `custid` | S | the creator's address, or `anon` |
//! | `recipient` | S | obscured address; absent without one |
//! | `site` | S | origin of the link |
//! | `share_domain` | S | domain of the link, or empty |
//! | `passphrase_required` | BOOL | |

use super::row;
use super::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::aws;
use crate::error::{Error, Result};
use crate::receipt::Receipt;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;

const SORT: &str = "receipt";

impl Table {
    /// Stores a new receipt.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: then it may be stored or not.
    pub async fn put_receipt(&self, receipt: &Receipt) -> Result<()> {
        let mut attributes = row::item([
            (PARTITION_KEY, row::text(receipt.metadata_key.receipt_id().as_str())),
            (SORT_KEY, row::text(SORT)),
            ("created", row::time(receipt.created)),
            ("ends", row::time(receipt.secret_ends())),
            (TTL_ATTRIBUTE, row::time(receipt.ends())),
            ("custid", row::text(&receipt.custid)),
            ("site", row::text(receipt.site.as_str())),
            ("share_domain", row::text(&receipt.share_domain)),
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
                if failed.item() == Some(&attributes) =>
            {
                Ok(())
            }
            Some(PutItemError::ConditionalCheckFailedException(_)) => {
                Err(Error::internal("the row of a new random key was there already"))
            }
            _ => Err(aws::unavailable("DynamoDB PutItem (receipt)", &error)),
        }
    }
}
