//! A guess at a passphrase, by whoever reveals or burns.

use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::key::{SecretId, SecretKey};
use crate::passphrase::{self, Passphrase, PassphrasePart, Verifier};
use crate::table::Table;
use crate::table::counter::{Counter, Rate, Turn};
use crate::time::UnixTime;

/// How often a passphrase may be tried.
const RATE: Rate = Rate { most: 5, window_seconds: 600 };

/// A guess that was right.
pub(crate) struct RightGuess {
    /// What the passphrase adds to the sealing key.
    pub(crate) part: PassphrasePart,
    turn: Turn,
}

/// Counts the attempt, then checks the passphrase; `None` if it is wrong.
///
/// # Errors
/// [`Error::TooManyAttempts`], [`Error::Unavailable`].
pub(crate) async fn guess(
    table: &Table,
    id: &SecretId,
    verifier: &Verifier,
    key: &SecretKey,
    passphrase: &Passphrase,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Option<RightGuess>> {
    let turn = deadline.run("DynamoDB UpdateItem (guesses)", table.count(&counter(id), now)).await?;
    let part = deadline.run("bcrypt", passphrase::check(passphrase, key, verifier)).await?;
    Ok(part.map(|part| RightGuess { part, turn }))
}

/// Gives a right guess back if what it was for failed on our side. If this fails
/// too, the guess stays counted, which loses nothing.
pub(crate) async fn give_back_if_ours<T>(
    table: &Table,
    id: &SecretId,
    guess: Option<RightGuess>,
    outcome: &Result<T>,
    deadline: Deadline,
) {
    if let (Err(Error::Unavailable(_) | Error::Internal(_)), Some(guess)) = (outcome, guess) {
        let counter = counter(id);
        let given_back = table.give_back(&counter, guess.turn);
        deadline.run("DynamoDB UpdateItem (guesses)", given_back).await.ok();
    }
}

fn counter(id: &SecretId) -> Counter {
    Counter { owner: id.as_str().to_owned(), name: "guesses", rate: RATE }
}
