//! Peek: check whether a link has an open secret. Nothing is written, and nothing is
//! opened.

use crate::call::Call;
use crate::error::Result;
use crate::secret::key::SecretKey;
use crate::secret::waiting::Waiting;
use crate::table::Table;

/// The properties of the open secret of `key`. `None` if it is unknown or has ended;
/// callers cannot tell these apart.
///
/// # Errors
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub async fn peek(table: &Table, key: &SecretKey, call: Call) -> Result<Option<Waiting>> {
    table.waiting(&key.secret_id(), call).await
}
