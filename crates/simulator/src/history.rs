//! What happened, under names that a seed gives: "secret 3", never a key. The judge
//! reads this and nothing else.

use crate::script::{Action, SecretId, Step, Wish};
use std::fmt;
use std::time::Duration;

/// The number of a request: that of its step in the script.
pub type RequestId = usize;

/// A whole run.
pub struct History {
    /// What creators wanted.
    pub wishes: Vec<Wish>,
    /// What clients did.
    pub steps: Vec<Step>,
    /// The limits of the stack; `None` where there are none.
    pub limits: Limits,
    /// In the order of time.
    pub events: Vec<Event>,
}

/// Limits of the stack; see the settings of the same names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Creations without an account, per address and hour.
    pub creations: Option<u32>,
    /// Mails, per account and day.
    pub mails: Option<u32>,
    /// Lists, per account and hour.
    pub lists: Option<u32>,
}

/// Something that happened.
pub struct Event {
    /// Since the start, in simulated time.
    pub at: Duration,
    /// The request that it belongs to; `None` for what AWS does by itself.
    pub request: Option<RequestId>,
    /// What happened.
    pub what: What,
}

/// What can happen.
pub enum What {
    /// A function begins to work on a request.
    Arrived {
        /// Which execution environment.
        environment: String,
        /// Its clock, in Unix seconds.
        clock: i64,
        /// How far that clock is ahead.
        ahead: i64,
    },
    /// It sends a call to AWS.
    Sent {
        /// The number of the call within its request.
        number: usize,
        /// The call.
        call: Call,
        /// What is left of the request's time; `None` while warming up.
        left: Option<Duration>,
        /// What goes wrong with it.
        fault: Option<String>,
        /// Whether the client's standard retries are meant to get over that.
        passes: bool,
    },
    /// AWS carries a call out.
    CarriedOut {
        /// The number of the call within its request.
        number: usize,
        /// The call.
        call: Call,
        /// What came of it.
        outcome: Outcome,
        /// Whether it is carried out once more.
        again: bool,
    },
    /// TTL deletes a row.
    Deleted {
        /// Its kind, as in a call.
        kind: String,
        /// The secret that it belongs to.
        secret: Option<SecretId>,
    },
    /// The function logs a line.
    Logged(String),
    /// The function answers.
    Answered(Answer),
    /// The environment dies, is stalled, or is killed at the function's time-out.
    Disturbed(&'static str),
    /// Something that is secret stands where it must not.
    Leaked {
        /// What.
        name: String,
        /// Where.
        place: &'static str,
    },
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Done,
    /// Its condition does not hold.
    ConditionFailed,
    /// Its signature is too old, or from the future.
    Unsigned,
    /// Another error.
    Error,
}

/// A call to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `PutItem` and so on.
    pub operation: String,
    /// The kind of row: `secret`, `receipt`, `guesses` and so on; empty outside DynamoDB.
    pub kind: String,
    /// The secret that it is about.
    pub secret: Option<SecretId>,
    /// What it makes of the row: a state, or a change of a count.
    pub change: String,
}

/// The state that a receipt tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Not looked at.
    New,
    /// Looked at.
    Viewed,
    /// Past its end, which a page says before it may say expired.
    Ended,
    /// Revealed.
    Received,
    /// Destroyed unread.
    Burned,
    /// Ended unread.
    Expired,
}

/// An answer, as far as it matters.
#[derive(Debug, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Its message, if it is a refusal.
    pub message: String,
    /// Whether the client was still there.
    pub heard: bool,
    /// The states that it tells.
    pub told: Vec<(SecretId, State)>,
    /// The secret whose text it shows to a reader.
    pub released: Option<SecretId>,
    /// What is wrong with its contents.
    pub wrong: Option<String>,
}

impl State {
    /// Is this the last state?
    pub fn is_last(self) -> bool {
        matches!(self, Self::Received | Self::Burned | Self::Expired)
    }
}

impl Call {
    /// Does it end a secret?
    pub fn ends(&self, state: &str) -> bool {
        self.kind == "secret" && self.operation == "UpdateItem" && self.change == state
    }

    /// Is it a claim or a burn, which somebody waits for?
    pub fn is_claim(&self) -> bool {
        self.ends("received") || self.ends("burned")
    }
}

impl fmt::Display for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.operation)?;
        for part in [&self.kind, &self.change] {
            write!(out, "{}{part}", if part.is_empty() { "" } else { " " })?;
        }
        self.secret.map_or(Ok(()), |secret| write!(out, " of secret {secret}"))
    }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arrived { environment, clock, ahead } => {
                write!(out, "arrives at {environment}, whose clock says {clock} and is {ahead} s ahead")
            }
            Self::Sent { number, call, left, fault, passes: _ } => {
                write!(out, "call {number}: {call}")?;
                if let Some(left) = left {
                    write!(out, ", {:.3} s left", left.as_secs_f64())?;
                }
                fault.as_ref().map_or(Ok(()), |fault| write!(out, " [{fault}]"))
            }
            Self::CarriedOut { number, call, outcome, again } => {
                let again = if *again { " once more" } else { "" };
                write!(out, "call {number} is carried out{again}: {call}: {outcome:?}")
            }
            Self::Deleted { kind, secret } => {
                write!(out, "TTL deletes the row {kind}")?;
                secret.map_or(Ok(()), |secret| write!(out, " of secret {secret}"))
            }
            Self::Logged(line) => write!(out, "logs {line}"),
            Self::Answered(answer) => {
                write!(out, "is answered {} {}", answer.status, answer.message)?;
                for (secret, state) in &answer.told {
                    write!(out, " secret {secret} is {state:?}")?;
                }
                answer.released.map_or(Ok(()), |secret| write!(out, " with the text of secret {secret}"))?;
                if answer.heard { Ok(()) } else { write!(out, ", but the client has hung up") }
            }
            Self::Disturbed(how) => write!(out, "{how}"),
            Self::Leaked { name, place } => write!(out, "{name} is in {place}"),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:>12.3}  ", self.at.as_secs_f64())?;
        self.request.map_or(Ok(()), |request| write!(out, "#{request} "))?;
        write!(out, "{}", self.what)
    }
}

impl fmt::Display for History {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, wish) in self.wishes.iter().enumerate() {
            writeln!(out, "secret {number}: {wish:?}")?;
        }
        for event in &self.events {
            if matches!(event.what, What::Arrived { .. }) {
                let action = event.request.map(|request| &self.steps[request].action);
                writeln!(out, "{event}: {}", action.map(Action::to_string).unwrap_or_default())?;
            } else {
                writeln!(out, "{event}")?;
            }
        }
        Ok(())
    }
}
