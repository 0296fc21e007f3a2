//! The requests that this crate sends to AWS, with their names in the log.

use crate::aws;
use crate::deadline::Deadline;
use crate::error::Result;
use aws_sdk_dynamodb::operation::RequestId;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error as StdError;
use std::fmt;

/// A kind of request; its `Display` is its name in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Reads the row of one account.
    GetAccount,
    /// Stores a new account.
    PutAccount,
    /// Changes an account.
    UpdateAccount,
    /// Deletes an account.
    DeleteAccount,
    /// Reads all accounts.
    ScanAccounts,
    /// Reads a secret, or only its state.
    GetSecret,
    /// Reads the states of many secrets.
    BatchGetSecrets,
    /// Stores a new secret.
    PutSecret,
    /// Ends a secret: claim, burn, expiry or withdrawal.
    UpdateSecret,
    /// Reads a receipt.
    GetReceipt,
    /// Reads many receipts.
    BatchGetReceipts,
    /// Stores a new receipt.
    PutReceipt,
    /// Marks a receipt as viewed.
    UpdateReceipt,
    /// Stores an entry of an account's recent list.
    PutRecentEntry,
    /// Reads a page of an account's recent list.
    QueryRecent,
    /// Reads or replaces the key under which client addresses are counted.
    UpdateAddressKey,
    /// Increments a counter, or takes an increment back; with the counter's name.
    Count(&'static str),
    /// Opens a connection to the table.
    WarmUp,
    /// Generates a data key.
    GenerateDataKey,
    /// Unwraps a data key.
    Decrypt,
    /// Sends a mail.
    SendEmail,
}

impl Operation {
    /// Sends a request and waits for its answer until the deadline.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) if the request fails for any
    /// reason, or is not answered in time.
    pub(crate) async fn send<T, E>(
        self,
        deadline: Deadline,
        request: impl Future<Output = Result<T, E>>,
    ) -> Result<T>
    where
        E: StdError + ProvideErrorMetadata + RequestId,
    {
        let request = Box::pin(request);
        let answer = async { request.await.map_err(|error| aws::unavailable(self, &error)) };
        deadline.run(self, answer).await
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::GetAccount => "DynamoDB GetItem (account)",
            Self::PutAccount => "DynamoDB PutItem (account)",
            Self::UpdateAccount => "DynamoDB UpdateItem (account)",
            Self::DeleteAccount => "DynamoDB DeleteItem (account)",
            Self::ScanAccounts => "DynamoDB Scan (accounts)",
            Self::GetSecret => "DynamoDB GetItem (secret)",
            Self::BatchGetSecrets => "DynamoDB BatchGetItem (secrets)",
            Self::PutSecret => "DynamoDB PutItem (secret)",
            Self::UpdateSecret => "DynamoDB UpdateItem (secret)",
            Self::GetReceipt => "DynamoDB GetItem (receipt)",
            Self::BatchGetReceipts => "DynamoDB BatchGetItem (receipts)",
            Self::PutReceipt => "DynamoDB PutItem (receipt)",
            Self::UpdateReceipt => "DynamoDB UpdateItem (receipt)",
            Self::PutRecentEntry => "DynamoDB PutItem (recent)",
            Self::QueryRecent => "DynamoDB Query (recent)",
            Self::UpdateAddressKey => "DynamoDB UpdateItem (address key)",
            Self::Count(name) => return write!(formatter, "DynamoDB UpdateItem ({name})"),
            Self::WarmUp => "DynamoDB GetItem (warm-up)",
            Self::GenerateDataKey => "KMS GenerateDataKey",
            Self::Decrypt => "KMS Decrypt",
            Self::SendEmail => "SES SendEmail",
        };
        formatter.write_str(name)
    }
}
