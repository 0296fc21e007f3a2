//! What happened, under names that a seed gives: "secret 3", never a key. The judge
//! reads this and nothing else.

use crate::script::{SecretId, Step, Wish};
use readonce_tests::wire;
use std::fmt;
use std::time::Duration;

/// The number of a request: that of its step in the script.
pub(crate) type RequestId = usize;

pub(crate) struct History {
    pub(crate) wishes: Vec<Wish>,
    pub(crate) steps: Vec<Step>,
    pub(crate) limits: Limits,
    /// In the order of time.
    pub(crate) events: Vec<Event>,
}

/// The stack's limits; `None` where there are none.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Creations without an account, per address and hour.
    pub(crate) creations: Option<u32>,
    /// Mails, per account and day.
    pub(crate) mails: Option<u32>,
    /// Lists, per account and hour.
    pub(crate) lists: Option<u32>,
}

pub(crate) struct Event {
    /// Since the start, in simulated time.
    pub(crate) at: Duration,
    /// The request that it belongs to; `None` for what AWS does by itself.
    pub(crate) request: Option<RequestId>,
    pub(crate) what: What,
}

pub(crate) enum What {
    /// A function begins to work on a request, in an environment whose clock says
    /// `clock` (Unix seconds) and is `ahead` seconds ahead.
    Arrived {
        environment: String,
        clock: i64,
        ahead: i64,
    },
    /// It sends a call to AWS, with so much of its time left, unless it warms up. The
    /// service's retries get over a fault that `passes`.
    Sent {
        number: usize,
        call: Call,
        left: Option<Duration>,
        fault: Option<String>,
        passes: bool,
    },
    /// AWS carries a call out, perhaps once more.
    CarriedOut {
        number: usize,
        call: Call,
        outcome: Outcome,
        again: bool,
    },
    /// TTL deletes the row that this call has written.
    Deleted(Call),
    Logged(String),
    Answered(Answer),
    /// The environment dies, stands still, or is killed at the function's time-out.
    Disturbed(&'static str),
    /// Something that is secret stands where it must not.
    Leaked {
        name: String,
        place: &'static str,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    ConditionFailed,
    /// The signature is too old, or from the future.
    Unsigned,
    Error,
}

/// A call to AWS.
#[derive(Clone)]
pub(crate) struct Call {
    /// The name of the request, for example `UpdateItem secret (received)`.
    pub(crate) name: wire::Call,
    /// The secret that it is about.
    pub(crate) secret: Option<SecretId>,
}

/// The state that a receipt tells. A page says `Ended` before it may say `Expired`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    New,
    Viewed,
    Ended,
    Received,
    Burned,
    Expired,
}

/// An answer, as far as it matters.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The message of a refusal.
    pub(crate) message: String,
    /// Whether the client was still there.
    pub(crate) heard: bool,
    /// The states that it tells.
    pub(crate) told: Vec<(SecretId, State)>,
    /// The secret whose text it shows to a reader.
    pub(crate) released: Option<SecretId>,
    /// A description of the error in its contents; `None` if they are right.
    pub(crate) wrong: Option<String>,
}

impl Event {
    pub(crate) fn is_arrival(&self) -> bool {
        matches!(self.what, What::Arrived { .. })
    }
}

impl State {
    /// Is this the last state?
    pub(crate) fn is_last(self) -> bool {
        matches!(self, Self::Received | Self::Burned | Self::Expired)
    }
}

impl Call {
    /// Is it this one, for example `UpdateItem secret (received)`?
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.to_string() == name
    }

    /// Does it end a secret?
    pub(crate) fn ends_secret(&self) -> bool {
        self.name.subject.starts_with("secret (") || self.is("DeleteItem secret")
    }

    /// Is it a claim or a burn, which somebody waits for?
    pub(crate) fn is_claim(&self) -> bool {
        self.is("UpdateItem secret (received)") || self.is("UpdateItem secret (burned)")
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.name)?;
        self.secret.map_or(Ok(()), |secret| write!(out, " of secret {secret}"))
    }
}

impl fmt::Display for History {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, wish) in self.wishes.iter().enumerate() {
            writeln!(out, "secret {number}: {wish:?}")?;
        }
        for Event { at, request, what } in &self.events {
            write!(out, "{:>12.3}", at.as_secs_f64())?;
            if let Some(request) = request {
                write!(out, " #{request}")?;
            }
            if let (What::Arrived { .. }, Some(request)) = (what, request) {
                write!(out, " {:?}", self.steps[*request].action)?;
            }
            writeln!(out, " {what}")?;
        }
        Ok(())
    }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arrived { environment, clock, ahead } => {
                write!(out, "arrives at {environment}; its clock says {clock} and is {ahead} s ahead")
            }
            Self::Sent { number, call, left, fault, .. } => {
                let left = left.map(|left| format!(", {left:?} left")).unwrap_or_default();
                let fault = fault.as_ref().map(|fault| format!(" [{fault}]")).unwrap_or_default();
                write!(out, "call {number}: {call:?}{left}{fault}")
            }
            Self::CarriedOut { number, call, outcome, again } => {
                let again = if *again { " once more" } else { "" };
                write!(out, "call {number} is carried out{again}: {call:?}: {outcome:?}")
            }
            Self::Deleted(call) => write!(out, "TTL deletes the row of {call:?}"),
            Self::Logged(line) => write!(out, "logs {line}"),
            Self::Answered(answer) => write!(out, "{answer:?}"),
            Self::Disturbed(how) => write!(out, "{how}"),
            Self::Leaked { name, place } => write!(out, "{name} is in {place}"),
        }
    }
}
