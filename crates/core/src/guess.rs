//! A guess at a passphrase, by whoever reveals or burns.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::key::{SecretId, SecretKey};
use crate::passphrase::{self, Passphrase, PassphrasePart, Verifier};
use crate::table::Table;
use crate::table::guesses::Attempt;
use crate::time::UnixTime;

/// Counts the attempt, then checks the passphrase; `None` if it is wrong.
///
/// # Errors
/// [`Error::TooManyAttempts`](crate::Error::TooManyAttempts),
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub(crate) async fn guess(
    table: &Table,
    id: &SecretId,
    verifier: &Verifier,
    key: &SecretKey,
    passphrase: &Passphrase,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Option<(PassphrasePart, Attempt)>> {
    let attempt = deadline.run("DynamoDB UpdateItem (guesses)", table.count_attempt(id, now)).await?;
    let part = deadline.run("bcrypt", passphrase::check(passphrase, key, verifier)).await?;
    Ok(part.map(|part| (part, attempt)))
}
