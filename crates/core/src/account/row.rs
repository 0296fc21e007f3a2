//! The account's row.
//!
//! | attribute | type | what |
//! |---|---|---|
//! | `pk`, `sk` | S | `account#`address in lower case, `account` |
//! | `version` | N | format version of the row, now 1 |
//! | `email` | S | the address as it was given |
//! | `plan` | S | `basic` or `identity` |
//! | `token_hash` | B | see [`ApiToken::hash`](crate::account::token::ApiToken::hash) |
//! | `domains` | SS | hosts its links may carry; absent if none |
//! | `disabled` | BOOL | refused although its token is right |
//! | `created` | N | Unix seconds |

use crate::account::Account;
use crate::account::entry_key::EntryOwner;
use crate::account::token::TokenHash;
use crate::address::domain::Domain;
use crate::address::email::EmailAddress;
use crate::aws;
use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::plan::PlanName;
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, Table};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;

const SORT: &str = "account";
const PREFIX: &str = "account#";
/// The format version that is written. Every earlier version can still be read.
const FORMAT_VERSION: u8 = 1;
const TOKEN_HASH: &str = "token_hash";

/// A change to an account, made by the operator.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// Replaces the plan.
    Plan(PlanName),
    /// Replaces the token; the old one stops working with this write.
    Token(TokenHash),
    /// `true` disables the account, `false` enables it again.
    Disabled(bool),
    /// Permits one more custom domain.
    AddDomain(Domain),
    /// Withdraws one custom domain.
    RemoveDomain(Domain),
}

impl Table {
    /// Reads an account, disabled or not. Only the operator's commands call this and
    /// the methods below that take no deadline: an operator waits, or presses Ctrl-C.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn account(&self, email: &EmailAddress) -> Result<Option<Account>> {
        let row =
            self.account_row(email).await.map_err(|error| aws::unavailable(Operation::GetAccount, &error))?;
        row.map(from_attributes).transpose()
    }

    /// Reads an account, disabled or not, if `presented` is the hash of its token.
    ///
    /// Refusals take the same time whether or not the account exists: the hash of an
    /// unknown account is compared too, and a row is parsed only after its hash has
    /// matched. A row whose hash is missing or malformed matches nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn account_with_token(
        &self,
        email: &EmailAddress,
        presented: &TokenHash,
        deadline: Deadline,
    ) -> Result<Option<Account>> {
        let row = Operation::GetAccount.send(deadline, self.account_row(email)).await?;
        let stored = row.as_ref().and_then(|row| row.get(TOKEN_HASH)).and_then(|hash| hash.as_b().ok());
        let stored = stored.and_then(|hash| TokenHash::from_stored(hash.as_ref()));
        let matches = stored.unwrap_or(TokenHash::NONE).matches(presented);
        row.filter(|_| matches).map(from_attributes).transpose()
    }

    async fn account_row(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<row::Attributes>, SdkError<GetItemError>> {
        // A consistent read, so that a rotated token is refused at once.
        let get = self.dynamodb.get_item().table_name(&self.name).consistent_read(true);
        let get = get.key(PARTITION_KEY, partition(email)).key(SORT_KEY, row::text(SORT));
        Ok(get.send().await?.item)
    }

    /// Creates an account. `false` if one with that address exists; it is left
    /// unchanged.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn create_account(&self, account: &Account) -> Result<bool> {
        let put = self.dynamodb.put_item().table_name(&self.name).set_item(Some(to_attributes(account)));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(aws::unavailable(Operation::PutAccount, &error)),
            },
        }
    }

    /// Changes an account. `false` if it does not exist.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn change_account(&self, email: &EmailAddress, change: &AccountChange) -> Result<bool> {
        let (expression, name, value) = match change {
            AccountChange::Plan(plan) => ("SET #name = :value", "plan", row::text(plan.as_str())),
            AccountChange::Token(hash) => ("SET #name = :value", TOKEN_HASH, row::bytes(hash.as_bytes())),
            AccountChange::Disabled(disabled) => ("SET #name = :value", "disabled", row::flag(*disabled)),
            AccountChange::AddDomain(domain) => ("ADD #name :value", "domains", one_text(domain)),
            AccountChange::RemoveDomain(domain) => ("DELETE #name :value", "domains", one_text(domain)),
        };
        let update = self.dynamodb.update_item().table_name(&self.name);
        let update = update.key(PARTITION_KEY, partition(email)).key(SORT_KEY, row::text(SORT));
        let update = update.update_expression(expression).condition_expression("attribute_exists(pk)");
        let update =
            update.expression_attribute_names("#name", name).expression_attribute_values(":value", value);
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(aws::unavailable(Operation::UpdateAccount, &error)),
            },
        }
    }

    /// Deletes an account. `false` if it did not exist.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn delete_account(&self, email: &EmailAddress) -> Result<bool> {
        let delete = self.dynamodb.delete_item().table_name(&self.name);
        let delete = delete.key(PARTITION_KEY, partition(email)).key(SORT_KEY, row::text(SORT));
        let delete = delete.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld);
        let answer =
            delete.send().await.map_err(|error| aws::unavailable(Operation::DeleteAccount, &error))?;
        Ok(answer.attributes.is_some())
    }

    /// All accounts, by address. This scans the whole table, so only the operator's
    /// command line calls it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        let scan = self.dynamodb.scan().table_name(&self.name).consistent_read(true);
        let scan = scan.filter_expression("begins_with(pk, :prefix) AND sk = :sort");
        let scan = scan.expression_attribute_values(":prefix", row::text(PREFIX));
        let scan = scan.expression_attribute_values(":sort", row::text(SORT));
        let mut items = scan.into_paginator().items().send();
        let mut accounts = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| aws::unavailable(Operation::ScanAccounts, &error))?;
            accounts.push(from_attributes(item)?);
        }
        accounts.sort_by_key(|account| account.email.normalised());
        Ok(accounts)
    }
}

impl Account {
    /// The account as the seal of its recent entries binds it.
    pub(crate) fn entry_owner(&self) -> EntryOwner {
        EntryOwner { partition: self.partition(), account_created: self.created }
    }

    /// The partition key of the account's row.
    pub(crate) fn partition(&self) -> String {
        partition_of(&self.email)
    }

    /// The partition key of the account's recent entries. It differs from the account's
    /// own, so that a function's role can allow writing entries but not accounts.
    pub(crate) fn recent_partition(&self) -> String {
        format!("recent#{}", self.email.normalised())
    }
}

fn partition_of(email: &EmailAddress) -> String {
    format!("{PREFIX}{}", email.normalised())
}

fn partition(email: &EmailAddress) -> AttributeValue {
    row::text(partition_of(email))
}

fn one_text(domain: &Domain) -> AttributeValue {
    AttributeValue::Ss(vec![domain.to_string()])
}

fn to_attributes(account: &Account) -> row::Attributes {
    let mut attributes = row::item([
        (PARTITION_KEY, partition(&account.email)),
        (SORT_KEY, row::text(SORT)),
        row::version(FORMAT_VERSION),
        ("email", row::text(account.email.as_str())),
        ("plan", row::text(account.plan.as_str())),
        (TOKEN_HASH, row::bytes(account.token_hash.as_bytes())),
        ("disabled", row::flag(account.disabled)),
        ("created", row::time(account.created)),
    ]);
    if !account.domains.is_empty() {
        let domains = account.domains.iter().map(Domain::to_string).collect();
        attributes.insert("domains".to_owned(), AttributeValue::Ss(domains));
    }
    attributes
}

/// Errors name the attribute that is wrong and never repeat its value, because they are
/// logged.
fn from_attributes(attributes: row::Attributes) -> Result<Account> {
    let mut row = Row::new(attributes);
    match row.version_or_first()? {
        1 => read_v1(row),
        other => Err(row::unknown_version(other)),
    }
}

fn read_v1(mut row: Row) -> Result<Account> {
    let malformed = |what: &str| Error::internal(format!("an account's row: {what}"));
    let mut domains: Vec<Domain> = Vec::new();
    for host in row.texts("domains")? {
        domains.push(Domain::parse(&host).ok_or_else(|| malformed("one of its domains is none"))?);
    }
    domains.sort();
    Ok(Account {
        email: EmailAddress::parse(&row.text("email")?).ok_or_else(|| malformed("its address is none"))?,
        plan: row.text("plan")?.parse().map_err(|_: String| malformed("its plan is none"))?,
        domains,
        disabled: row.flag("disabled")?,
        created: row.time("created")?,
        token_hash: TokenHash::from_stored(&row.bytes(TOKEN_HASH)?)
            .ok_or_else(|| malformed("the token's hash is not 32 bytes"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::token::ApiToken;
    use crate::aws::fake::FakeAws;
    use crate::time::UnixTime;

    #[test]
    fn errors_about_a_row_do_not_repeat_its_values() {
        let email = EmailAddress::parse("tom@example.com").unwrap();
        let now = UnixTime::from_seconds(1_700_000_000);
        let good = to_attributes(&Account::new(email, PlanName::Basic, &ApiToken::random(), now));
        assert!(from_attributes(good.clone()).is_ok());
        for (name, value) in [
            ("domains", AttributeValue::Ss(vec!["said too much".to_owned()])),
            ("plan", row::text("said too much")),
            ("email", row::text("said too much")),
            ("created", row::text("said too much")),
            ("token_hash", row::bytes(b"said too much")),
        ] {
            let mut attributes = good.clone();
            attributes.insert(name.to_owned(), value);
            let error = from_attributes(attributes).unwrap_err().with_causes();
            assert!(!error.contains("said too much"), "{error}");
        }
    }

    async fn read(row: serde_json::Value) -> Result<Option<Account>> {
        let aws = FakeAws::new(move |_| serde_json::json!({ "Item": row }));
        let table = Table::new(aws.config().dynamodb_client(), "secrets");
        table.account(&EmailAddress::parse("tom@example.com").unwrap()).await
    }

    fn row_of_version_1() -> serde_json::Value {
        serde_json::from_str(include_str!("../../testdata/account_row_v1.json")).unwrap()
    }

    /// A row written by hand from the specification of version 1. All later releases
    /// must read it.
    #[tokio::test]
    async fn a_row_of_version_1_can_be_read() {
        let mut first = row_of_version_1();
        // Rows had no version at first.
        first.as_object_mut().unwrap().remove("version");
        for row in [row_of_version_1(), first] {
            let account = read(row).await.unwrap().unwrap();
            assert_eq!(account.email.as_str(), "Tom@example.com");
            assert_eq!(account.plan, PlanName::Identity);
            assert_eq!(account.domains, [Domain::parse("secrets.example.com").unwrap()]);
            assert_eq!((account.disabled, account.created), (false, UnixTime::from_seconds(1_700_000_000)));
            assert!(account.token_hash.matches(&ApiToken::parse(&"0a".repeat(32)).unwrap().hash()));
        }
    }

    #[tokio::test]
    async fn a_row_of_an_unknown_version_is_refused() {
        let mut row = row_of_version_1();
        row["version"] = serde_json::json!({ "N": "2" });
        assert!(matches!(read(row).await, Err(Error::Internal(_))));
    }
}
