//! Instants by which work must finish.

use crate::error::{Error, Result, Source};
use std::fmt;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// Instant by which a use case must finish; the caller's gateway times out soon
/// after.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// The deadline `from_now` away.
    pub fn after(from_now: Duration) -> Self {
        Self(Instant::now() + from_now)
    }

    /// An earlier deadline, which leaves `reserve` for later steps. It has already
    /// passed if less than `reserve` is left.
    #[must_use]
    pub fn leaving(self, reserve: Duration) -> Self {
        // An instant before the start of the clock has passed as well.
        Self(self.0.checked_sub(reserve).unwrap_or_else(Instant::now))
    }

    /// Whether it is too late to start anything.
    pub(crate) fn has_passed(self) -> bool {
        self.0 <= Instant::now()
    }

    /// An earlier deadline for work that may take at most `patience`.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self(self.0.min(Instant::now() + patience))
    }

    /// Runs `work` until the deadline; `what` names it in the error. Does not start it
    /// once the deadline has passed.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when time is up, otherwise the error of `work`.
    pub async fn run<T>(self, what: impl fmt::Display, work: impl Future<Output = Result<T>>) -> Result<T> {
        let time_is_up = || Error::Unavailable(Source::new(format!("{what}: the deadline passed")));
        // `timeout_at` polls its future once even then, and one poll sends a request.
        if self.has_passed() {
            return Err(time_is_up());
        }
        // On the heap: the compiler reserves stack space for a future in each function that
        // it moves through, and the SDK's futures take some kilobytes.
        tokio::time::timeout_at(self.0, Box::pin(work)).await.unwrap_or_else(|_| Err(time_is_up()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::ready;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn work_is_not_begun_once_the_deadline_has_passed() {
        let mut polled = false;
        let work = async {
            polled = true;
            Ok(())
        };
        let outcome = Deadline::after(Duration::ZERO).run("work", work).await;
        assert!(matches!(outcome, Err(Error::Unavailable(_))));
        assert!(!polled, "one poll is enough to send a request");
    }

    #[tokio::test(start_paused = true)]
    async fn work_may_take_until_the_deadline() {
        let sleep = async |duration| {
            tokio::time::sleep(duration).await;
            Ok(())
        };
        let deadline = || Deadline::after(2 * SECOND);
        assert!(deadline().run("work", sleep(2 * SECOND)).await.is_ok());
        assert!(deadline().run("work", sleep(3 * SECOND)).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reserve_larger_than_the_time_left_leaves_none() {
        let deadline = Deadline::after(2 * SECOND);
        assert!(deadline.leaving(SECOND).run("work", ready(Ok(()))).await.is_ok());
        for reserve in [2 * SECOND, 3 * SECOND, Duration::MAX] {
            assert!(deadline.leaving(reserve).run("work", ready(Ok(()))).await.is_err(), "{reserve:?}");
        }
    }
}
