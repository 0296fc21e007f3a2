//! The time frame of one call of a use case.

use crate::deadline::Deadline;
use crate::time::UnixTime;
use std::time::Duration;

/// The start and the deadline of a call.
///
/// A use case takes `now` once, so that all its comparisons agree. The deadline uses a
/// monotonic clock, which nobody can set.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Wall-clock time at which the call came in.
    pub now: UnixTime,
    /// Instant by which it must be answered.
    pub deadline: Deadline,
}

impl Call {
    /// A call that comes in at `now` and must be answered in `time`.
    pub fn new(now: UnixTime, time: Duration) -> Self {
        Self { now, deadline: Deadline::after(time) }
    }

    /// The same call with an earlier deadline, which leaves `reserve` for later steps;
    /// see [`Deadline::leaving`].
    #[must_use]
    pub fn leaving(self, reserve: Duration) -> Self {
        Self { deadline: self.deadline.leaving(reserve), ..self }
    }

    /// The same call with a deadline at most `patience` from now.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { deadline: self.deadline.within(patience), ..self }
    }
}
