//! Guesses at a passphrase, by callers that reveal or burn.

use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::secret::claim::row::CLAIM_RESERVE;
use crate::secret::hashing::HashingSlots;
use crate::secret::key::{SecretId, SecretKey};
use crate::secret::passphrase::{self, Passphrase, PassphrasePart, Verifier};
use crate::table::Table;
use crate::table::counter::{CountedAttempt, Counter, Rate};

/// Maximum number of guesses per secret.
pub const RATE: Rate = Rate { most: 5, window_seconds: 600 };

/// A correct guess, still counted.
pub(crate) struct RightGuess {
    /// The part of the sealing key that comes from the passphrase.
    pub(crate) part: PassphrasePart,
    attempt: CountedAttempt,
}

/// A guess, and the secret that it is for.
pub(crate) struct Guess<'a> {
    pub(crate) id: &'a SecretId,
    pub(crate) verifier: &'a Verifier,
    pub(crate) key: &'a SecretKey,
    pub(crate) passphrase: &'a Passphrase,
}

impl Guess<'_> {
    /// Waits for a hashing slot, counts the attempt, then checks the passphrase; `None`
    /// if it is wrong. Leaves the time that a claim needs. An attempt without a verdict
    /// is given back, as far as the table allows.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`], [`Error::Unavailable`].
    pub(crate) async fn check(
        self,
        table: &Table,
        hashing: &HashingSlots,
        call: Call,
    ) -> Result<Option<RightGuess>> {
        let in_time = call.leaving(CLAIM_RESERVE);
        let slot = hashing.slot(in_time.deadline).await?;
        let counter = counter(self.id);
        let attempt = table.count(&counter, in_time).await?;
        let checked = passphrase::check(slot, self.passphrase, self.key, self.verifier);
        match in_time.deadline.run("bcrypt", checked).await {
            Ok(part) => Ok(part.map(|part| RightGuess { part, attempt })),
            Err(error) => {
                give_back(table, self.id, attempt, call.deadline).await;
                Err(error)
            }
        }
    }
}

/// Gives a correct guess back if the action behind it failed on our side.
pub(crate) async fn give_back_if_ours<T>(
    table: &Table,
    id: &SecretId,
    guess: Option<RightGuess>,
    outcome: &Result<T>,
    call: Call,
) {
    if let (Err(Error::Unavailable(_) | Error::Internal(_)), Some(guess)) = (outcome, guess) {
        give_back(table, id, guess.attempt, call.deadline).await;
    }
}

/// If this fails, the guess stays counted; nothing is lost.
async fn give_back(table: &Table, id: &SecretId, attempt: CountedAttempt, deadline: Deadline) {
    table.give_back(&counter(id), attempt, deadline).await.ok();
}

fn counter(id: &SecretId) -> Counter {
    Counter { owner: id.as_str().to_owned(), name: "guesses", rate: RATE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::fake::FakeAws;
    use crate::secret::key::MetadataKey;
    use crate::time::UnixTime;
    use futures_util::future::join;
    use serde_json::{Value, json};
    use std::sync::mpsc;
    use std::time::Duration;
    use tokio::runtime::Builder;

    const NOW: UnixTime = UnixTime::from_seconds(1_000);

    fn in_seconds(seconds: u64) -> Deadline {
        Deadline::after(Duration::from_secs(seconds))
    }

    /// The changes that a guess makes to the count, in order.
    async fn guessed(
        hashing: HashingSlots,
        deadline: Deadline,
        meanwhile: impl Future<Output = ()>,
    ) -> Asked {
        let aws = FakeAws::new(|_| json!({}));
        let table = Table::new(aws.config().dynamodb_client(), "secrets");
        let key = MetadataKey::random().secret_key();
        let id = key.secret_id();
        let verifier = Verifier::from_stored(vec![4; 49]).unwrap();
        let passphrase = Passphrase::given("a guess".to_owned().into()).unwrap();
        let guess = Guess { id: &id, verifier: &verifier, key: &key, passphrase: &passphrase };
        let (outcome, ()) = join(guess.check(&table, &hashing, Call { now: NOW, deadline }), meanwhile).await;
        let change =
            |call: &Value| call["ExpressionAttributeValues"][":change"]["N"].as_str().map(str::to_owned);
        Asked {
            outcome: outcome.map(|guess| guess.is_some()),
            changes: aws.take_calls().iter().map(|call| change(call).unwrap()).collect(),
        }
    }

    struct Asked {
        outcome: Result<bool>,
        changes: Vec<String>,
    }

    #[tokio::test(start_paused = true)]
    async fn a_guess_that_gets_no_slot_is_not_counted() {
        let hashing = HashingSlots::new(1);
        let taken = hashing.slot(in_seconds(19)).await.unwrap();
        let asked = guessed(hashing.clone(), in_seconds(19), async {}).await;
        assert!(matches!(asked.outcome, Err(Error::Unavailable(_))));
        assert_eq!(asked.changes, Vec::<String>::new());
        drop(taken);
        let asked = guessed(hashing, in_seconds(19), async {}).await;
        assert!(matches!(asked.outcome, Ok(false)));
        assert_eq!(asked.changes, ["1"]);
    }

    #[test]
    fn a_guess_without_a_verdict_is_given_back() {
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            // bcrypt waits for the only blocking thread.
            let (free, freed) = mpsc::channel::<()>();
            tokio::task::spawn_blocking(move || freed.recv());
            let time_passes = async {
                // While a thread runs, paused time does not advance by itself.
                tokio::time::advance(Duration::from_secs(17)).await;
            };
            let asked = guessed(HashingSlots::new(1), in_seconds(19), time_passes).await;
            assert!(matches!(asked.outcome, Err(Error::Unavailable(_))));
            assert_eq!(asked.changes, ["1", "-1"]);
            drop(free);
        });
    }
}
