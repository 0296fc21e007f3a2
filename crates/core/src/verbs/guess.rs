//! A guess at a passphrase, by whoever reveals or burns.

use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::secret::claim::row::CLAIM_RESERVE;
use crate::secret::hashing::HashingSlots;
use crate::secret::key::{SecretId, SecretKey};
use crate::secret::passphrase::{self, Passphrase, PassphrasePart, Verifier};
use crate::table::Table;
use crate::table::counter::{CountedAttempt, Counter, Rate};

/// How often the passphrase of one secret may be tried.
pub const RATE: Rate = Rate { most: 5, window_seconds: 600 };

/// A guess that was right.
pub(crate) struct RightGuess {
    /// What the passphrase adds to the sealing key.
    pub(crate) part: PassphrasePart,
    attempt: CountedAttempt,
}

/// What is tried, and on which secret.
pub(crate) struct Guess<'a> {
    pub(crate) id: &'a SecretId,
    pub(crate) verifier: &'a Verifier,
    pub(crate) key: &'a SecretKey,
    pub(crate) passphrase: &'a Passphrase,
}

impl Guess<'_> {
    /// Waits for a slot to hash in, counts the attempt, then checks the passphrase;
    /// `None` if it is wrong. Leaves the time of a claim. Counted is only what
    /// comes to a verdict, as far as the table lets us give it back.
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

/// Gives a right guess back if what it was for failed on our side.
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

/// If this fails, the guess stays counted, which loses nothing.
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

    /// What a guess asks of the table: by how much it changes the count, each time.
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
            // bcrypt waits for the only thread that there is.
            let (free, freed) = mpsc::channel::<()>();
            tokio::task::spawn_blocking(move || freed.recv());
            let time_passes = async {
                // A running thread keeps time from passing by itself.
                tokio::time::advance(Duration::from_secs(17)).await;
            };
            let asked = guessed(HashingSlots::new(1), in_seconds(19), time_passes).await;
            assert!(matches!(asked.outcome, Err(Error::Unavailable(_))));
            assert_eq!(asked.changes, ["1", "-1"]);
            drop(free);
        });
    }
}
