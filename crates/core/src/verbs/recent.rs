//! Recent: the receipts of an account from the last 30 days. The table stores entries
//! whose keys only the account's token opens (`account::entry_key`).

use crate::account::SignedIn;
use crate::call::Call;
use crate::error::Result;
use crate::limits::Limits;
use crate::receipt::Receipt;
use crate::secret::key::MetadataKey;
use crate::table::Table;
use crate::time::{DAY_SECONDS, UnixTime};
use crate::verbs::receipt::ViewMode;
use crate::verbs::receipt::resolve;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

/// Maximum age of a listed receipt, in days.
pub const DAYS: i64 = 30;
/// Maximum number of receipts in the list.
pub const MAX_RECEIPTS: usize = 100;
/// Number of receipts that are read in parallel. One that has ended needs a write, and
/// each parallel write needs a connection. So it equals the number of idle connections
/// that are kept (see `http_client`).
const AT_ONCE: usize = 3;

/// The newest receipts of an account, newest first, without ended ones and those of
/// failed creations.
///
/// # Errors
/// [`Error::TooManyAttempts`](crate::Error::TooManyAttempts),
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub async fn recent(
    table: &Table,
    limits: &Limits,
    signed_in: &SignedIn,
    call: Call,
) -> Result<Vec<Receipt>> {
    let account = &signed_in.account;
    limits.list(table, account, call).await?;
    let (owner, partition) = (account.entry_owner(), account.recent_partition());
    let since = call.now.plus(-DAYS * DAY_SECONDS);
    let mut receipts = Vec::new();
    let mut next = None;
    loop {
        let page = table.recent_entries(&partition, since, next, call).await?;
        let keys: Vec<MetadataKey> =
            page.entries.iter().filter_map(|entry| signed_in.entry_key.open(&owner, entry)).collect();
        let mut keys = keys.into_iter().peekable();
        while keys.peek().is_some() && receipts.len() < MAX_RECEIPTS {
            let some = keys.by_ref().take(MAX_RECEIPTS).collect();
            receipts.extend(read_all(table, some, call).await?);
        }
        next = page.next;
        if next.is_none() || receipts.len() >= MAX_RECEIPTS {
            receipts.truncate(MAX_RECEIPTS);
            return Ok(receipts);
        }
    }
}

/// The receipts of these keys that still exist, in the same order.
async fn read_all(table: &Table, keys: Vec<MetadataKey>, call: Call) -> Result<Vec<Receipt>> {
    let receipt_ids: Vec<_> = keys.iter().map(MetadataKey::receipt_id).collect();
    let secret_ids: Vec<_> = keys.iter().map(|key| key.secret_key().secret_id()).collect();
    let (mut stored, mut states) = futures_util::future::try_join(
        table.stored_receipts(&receipt_ids, call.deadline),
        table.secret_states(&secret_ids, call.deadline),
    )
    .await?;
    let found = keys.into_iter().zip(receipt_ids).zip(secret_ids).filter_map(|((key, receipt), secret)| {
        let stored = stored.remove(receipt.as_str())?;
        Some(resolve(table, key, stored, states.remove(secret.as_str()), ViewMode::KeepState, call))
    });
    let resolved: Vec<Option<Receipt>> = stream::iter(found).buffered(AT_ONCE).try_collect().await?;
    Ok(resolved.into_iter().flatten().collect())
}

/// Time from which a receipt is no longer listed.
pub(crate) fn entry_ends(receipt: &Receipt) -> UnixTime {
    receipt.ends().min(receipt.created.plus(DAYS * DAY_SECONDS))
}
