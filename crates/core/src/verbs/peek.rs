//! Peek: is there something behind a link, without touching it. Nothing is
//! written, and nothing is opened.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::secret::key::SecretKey;
use crate::secret::waiting::Waiting;
use crate::table::Table;
use crate::time::UnixTime;

/// What waits behind the link of `key`; `None` if it is unknown or over, which
/// nobody learns which of.
///
/// # Errors
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub async fn peek(
    table: &Table,
    key: &SecretKey,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Option<Waiting>> {
    deadline.run("DynamoDB GetItem (secret)", table.waiting(&key.secret_id(), now)).await
}
