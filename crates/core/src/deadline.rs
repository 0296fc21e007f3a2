//! The point after which an answer is too late to matter.

use crate::error::{Error, Result, Source};
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// Until when a use case may work: the caller's gateway gives up soon after.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// The deadline `from_now` away.
    pub fn after(from_now: Duration) -> Self {
        Self(Instant::now() + from_now)
    }

    /// An earlier deadline, which leaves `reserve` for what must follow.
    #[must_use]
    pub fn leaving(self, reserve: Duration) -> Self {
        Self(self.0.checked_sub(reserve).unwrap_or(self.0))
    }

    /// An earlier deadline, for what may take `patience` at most.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self(self.0.min(Instant::now() + patience))
    }

    /// Runs `work`, but no longer than until here; `what` names it in the error.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when time is up, else what `work` answers.
    pub async fn run<T>(self, what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        match tokio::time::timeout_at(self.0, work).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Unavailable(Source::new(format!("{what}: the deadline passed")))),
        }
    }
}
