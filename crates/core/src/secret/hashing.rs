//! Slots for bcrypt, one for each core.
//!
//! bcrypt takes a core for a quarter of a second. Without a bound, everybody who
//! sends a passphrase slows down everybody else, until no request is done in time.
//! So a request waits for a slot before it counts, claims or stores anything, and
//! is refused if there is none in time. A Lambda function has one request at a
//! time and finds its slot free.

use crate::deadline::Deadline;
use crate::error::{Error, Result};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Time that must be left when a slot is taken: more than bcrypt takes on a slow
/// machine. A request that gets its slot later has done nothing yet, and should
/// not begin.
const RESERVE: Duration = Duration::from_secs(2);

/// bcrypt's lowest cost.
const LOWEST_COST: u8 = 4;

/// The slots of a process. All clones share them.
#[derive(Clone, Debug)]
pub struct HashingSlots {
    free: Arc<Semaphore>,
    simulated: Option<Duration>,
}

/// The right to hash once.
pub struct HashingSlot {
    permit: OwnedSemaphorePermit,
    simulated: Option<Duration>,
}

impl Default for HashingSlots {
    /// As many as there are cores.
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from))
    }
}

impl HashingSlots {
    /// So many slots.
    pub fn new(slots: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(slots)), simulated: None }
    }

    /// The same for a simulation: hashes on the caller's own thread at bcrypt's lowest
    /// cost, and takes `takes` of tokio's time, which may be paused.
    pub fn simulated(slots: usize, takes: Duration) -> Self {
        Self { simulated: Some(takes), ..Self::new(slots) }
    }

    /// Waits for a slot, in the order of requests, for as long as there is time to
    /// use it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if all slots are taken for too long.
    pub async fn slot(&self, deadline: Deadline) -> Result<HashingSlot> {
        let slot = async {
            let permit = Arc::clone(&self.free).acquire_owned().await;
            let permit = permit.expect("nobody closes the semaphore");
            Ok(HashingSlot { permit, simulated: self.simulated })
        };
        deadline.leaving(RESERVE).run("a slot for bcrypt", slot).await
    }
}

impl HashingSlot {
    /// The cost to hash with: the usual one, except in a simulation.
    pub(crate) fn cost(&self, usual: u8) -> u8 {
        self.simulated.map_or(usual, |_| LOWEST_COST)
    }

    /// Runs `work` on a thread of its own. The slot is free again when the thread is
    /// done, not when the caller gives up: no thread can be stopped.
    ///
    /// # Errors
    /// [`Error::Internal`] if it panics.
    pub(crate) async fn run<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        if let Some(takes) = self.simulated {
            tokio::time::sleep(takes).await;
            return Ok(work());
        }
        let work = move || {
            let done = work();
            drop(self.permit);
            done
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|_| Error::internal("the thread that ran bcrypt panicked"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn in_seconds(seconds: u64) -> Deadline {
        Deadline::after(Duration::from_secs(seconds))
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_a_slot_beyond_the_time_to_use_it() {
        let slots = HashingSlots::new(1);
        let taken = slots.slot(in_seconds(10)).await.unwrap();
        let start = tokio::time::Instant::now();
        assert!(matches!(slots.slot(in_seconds(10)).await, Err(Error::Unavailable(_))));
        assert_eq!(start.elapsed(), Duration::from_secs(8));
        drop(taken);
        assert!(slots.slot(in_seconds(10)).await.is_ok());
        assert!(slots.slot(in_seconds(2)).await.is_err(), "free, but too late to be of use");
    }

    #[tokio::test]
    async fn a_caller_who_gives_up_leaves_the_slot_taken_until_the_thread_is_done() {
        let slots = HashingSlots::new(1);
        let (finish, finished) = mpsc::channel();
        let slot = slots.slot(in_seconds(60)).await.unwrap();
        let hashing = slot.run(move || finished.recv().unwrap());
        // Polled once, which starts the thread.
        assert!(futures_util::FutureExt::now_or_never(hashing).is_none());
        assert_eq!(slots.free.available_permits(), 0);
        finish.send(()).unwrap();
        assert!(slots.slot(in_seconds(60)).await.is_ok());
    }

    #[tokio::test]
    async fn a_panic_frees_the_slot() {
        let slots = HashingSlots::new(1);
        let slot = slots.slot(in_seconds(60)).await.unwrap();
        let outcome = slot.run(|| panic!("for the test")).await;
        assert!(matches!(outcome, Err::<(), _>(Error::Internal(_))));
        assert!(slots.slot(in_seconds(60)).await.is_ok());
    }
}
