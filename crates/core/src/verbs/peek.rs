//! Peek: is there something behind a link, without touching it. Nothing is
//! written, and nothing is opened.

use crate::call::Call;
use crate::error::Result;
use crate::secret::key::SecretKey;
use crate::secret::waiting::Waiting;
use crate::table::Table;

/// What waits behind the link of `key`; `None` if it is unknown or over, which
/// nobody learns which of.
///
/// # Errors
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub async fn peek(table: &Table, key: &SecretKey, call: Call) -> Result<Option<Waiting>> {
    table.waiting(&key.secret_id(), call).await
}
