//! The time frame of one call of a use case.

use crate::deadline::Deadline;
use crate::time::UnixTime;
use std::time::Duration;

/// When a call came in, and by when it must be answered.
///
/// A use case takes `now` once, so that all its comparisons agree; the deadline passes
/// on another clock, which nobody sets.
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

    /// The same call with an earlier deadline, which leaves `reserve` for what must
    /// follow; see [`Deadline::leaving`].
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
