//! A history by requests and by secrets, and what is found wrong with it.

use crate::history::{Answer, Call, History, Outcome, RequestId, What};
use crate::script::{Action, SecretId, Wish};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// A rule that a history breaks, and the request at which that shows.
pub(crate) struct Violation {
    pub(crate) rule: &'static str,
    request: RequestId,
    found: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: #{}: {}", self.rule, self.request, self.found)
    }
}

/// The rules that were found broken.
pub(super) struct Broken(pub(super) Vec<Violation>);

impl Broken {
    pub(super) fn note(&mut self, rule: &'static str, request: Option<RequestId>, found: String) {
        self.0.push(Violation { rule, request: request.unwrap_or(0), found });
    }
}

/// Everything about a history.
pub(super) struct Cases<'a> {
    pub(super) history: &'a History,
    pub(super) requests: BTreeMap<RequestId, Case<'a>>,
    pub(super) secrets: Vec<Life<'a>>,
}

/// One request.
pub(super) struct Case<'a> {
    pub(super) id: RequestId,
    pub(super) action: Action,
    /// When a function began to work on it; not at all if it died before.
    pub(super) arrived: Option<Duration>,
    /// By the clock of its environment, in Unix seconds.
    pub(super) clock: i64,
    /// How far that is ahead.
    pub(super) ahead: i64,
    pub(super) answered: Option<(Duration, &'a Answer)>,
    pub(super) sent: Vec<Sent<'a>>,
    pub(super) carried_out: Vec<CarriedOut<'a>>,
    pub(super) log: Vec<&'a str>,
    /// Its environment died or stood still.
    pub(super) is_disturbed: bool,
}

/// A call that was sent.
pub(super) struct Sent<'a> {
    pub(super) at: Duration,
    pub(super) call: &'a Call,
    pub(super) left: Option<Duration>,
    pub(super) is_faulty: bool,
    pub(super) passes: bool,
}

/// A call that was carried out.
#[derive(Clone, Copy)]
pub(super) struct CarriedOut<'a> {
    pub(super) at: Duration,
    pub(super) request: RequestId,
    pub(super) call: &'a Call,
    pub(super) outcome: Outcome,
    pub(super) again: bool,
}

/// One secret.
pub(super) struct Life<'a> {
    pub(super) id: SecretId,
    pub(super) wish: &'a Wish,
    /// The request that makes it, if it came to a function.
    pub(super) creation: Option<RequestId>,
    /// When its creator heard that it is made.
    pub(super) acknowledged: Option<Duration>,
    /// When it ends, in Unix seconds.
    pub(super) ends: i64,
    /// The successful writes that ended it, in the order of time.
    pub(super) ended: Vec<CarriedOut<'a>>,
    /// When TTL deleted its row.
    pub(super) deleted: Option<Duration>,
}

impl<'a> Cases<'a> {
    pub(super) fn of(history: &'a History) -> Self {
        let mut requests: BTreeMap<RequestId, Case<'a>> = BTreeMap::new();
        let mut deleted = BTreeMap::new();
        let mut ended: BTreeMap<SecretId, Vec<CarriedOut<'a>>> = BTreeMap::new();
        for event in &history.events {
            let at = event.at;
            if let What::Deleted(Call { name, secret: Some(secret) }) = &event.what
                && name.subject.starts_with("secret")
            {
                deleted.insert(*secret, at);
            }
            let Some(id) = event.request else { continue };
            let case = requests.entry(id).or_insert_with(|| Case::new(id, history.steps[id].action));
            match &event.what {
                What::Arrived { clock, ahead, .. } => {
                    (case.arrived, case.clock, case.ahead) = (Some(at), *clock, *ahead);
                }
                What::Sent { call, left, fault, passes, .. } => {
                    let (left, passes) = (*left, *passes);
                    case.sent.push(Sent { at, call, left, is_faulty: fault.is_some(), passes });
                }
                What::CarriedOut { call, outcome, again, .. } => {
                    let carried_out = CarriedOut { at, request: id, call, outcome: *outcome, again: *again };
                    case.carried_out.push(carried_out);
                    if let (Some(secret), true, Outcome::Done) = (call.secret, call.ends_secret(), *outcome) {
                        ended.entry(secret).or_default().push(carried_out);
                    }
                }
                What::Logged(line) => case.log.push(line),
                What::Answered(answer) => case.answered = Some((at, answer)),
                What::Disturbed(_) => case.is_disturbed = true,
                What::Deleted(_) | What::Leaked { .. } => {}
            }
        }
        let life = |(id, wish): (SecretId, &'a Wish)| {
            let creation = requests.values().find(|case| case.action == Action::Create(id));
            let is_made = |answer: &&(Duration, &Answer)| answer.1.status == 200 && answer.1.heard;
            Life {
                id,
                wish,
                creation: creation.map(|case| case.id),
                acknowledged: creation
                    .and_then(|case| case.answered.as_ref())
                    .filter(is_made)
                    .map(|made| made.0),
                ends: creation.map_or(0, |case| case.clock + wish.ttl),
                ended: ended.remove(&id).unwrap_or_default(),
                deleted: deleted.get(&id).copied(),
            }
        };
        let secrets = history.wishes.iter().enumerate().map(life).collect();
        Self { history, requests, secrets }
    }
}

impl<'a> Case<'a> {
    fn new(id: RequestId, action: Action) -> Self {
        Self {
            id,
            action,
            arrived: None,
            clock: 0,
            ahead: 0,
            answered: None,
            sent: Vec::new(),
            carried_out: Vec::new(),
            log: Vec::new(),
            is_disturbed: false,
        }
    }

    pub(super) fn status(&self) -> u16 {
        self.answered.map_or(0, |(_, answer)| answer.status)
    }

    /// Whether it arrived after `moment`.
    pub(super) fn is_after(&self, moment: Option<Duration>) -> bool {
        matches!((self.arrived, moment), (Some(arrived), Some(moment)) if arrived >= moment)
    }

    /// The secret that it is about.
    pub(super) fn secret(&self) -> Option<SecretId> {
        match self.action {
            Action::Create(secret)
            | Action::Reveal(secret, ..)
            | Action::Burn(secret, ..)
            | Action::Look(secret, _)
            | Action::Open(secret) => Some(secret),
            Action::Recent(_) | Action::Hostile(_) => None,
        }
    }

    /// The calls of this name that succeeded, for example `UpdateItem guesses (+1)`.
    pub(super) fn done(&self, name: &str) -> impl Iterator<Item = &CarriedOut<'a>> {
        self.carried_out.iter().filter(move |call| call.outcome == Outcome::Done && call.call.is(name))
    }

    /// Whether a limit could not be counted, as the log says.
    pub(super) fn is_uncounted(&self, name: &str) -> bool {
        let field = format!("uncounted=\"{name}\"");
        self.log.iter().any(|line| line.contains(&field))
    }
}
