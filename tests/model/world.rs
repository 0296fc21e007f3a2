//! The world around the verbs: the table, processes, faults, and time.
//!
//! Time goes in ticks. The slowest clock is a tick behind the quickest, a request takes
//! a tick at most, and AWS carries out what was signed a tick before. A row's TTL, and
//! a page's wait, are as long as all that together.

use crate::expression::{EXPIRES_AT, Row};
use crate::judge::{Answer, Facts, Judge};
use crate::mutations::Mutation;
use crate::search::Model;
use crate::sending::How;
use crate::writes::{Ends, RECEIPT, Request, Rows, Table, Write};
use std::fmt;

/// How slow a clock may be. A quick one looks like all others being slow.
pub(crate) const SLOW: i8 = 1;
/// What a request may take from its first read on.
pub(crate) const REQUEST: i8 = 1;
/// When AWS refuses a signature.
pub(crate) const SIGNATURE: i8 = 1;
pub(crate) const MARGIN: i8 = SLOW + REQUEST + SIGNATURE;

/// Guesses at a passphrase in a window, which ends when the secret does.
pub(crate) const MOST_GUESSES: i8 = 1;
pub(crate) const MOST_ACTORS: usize = 4;

/// A client's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Actor {
    Create,
    CreateWithMail,
    Reveal,
    Burn,
    Receipt,
    Page,
}

/// A small world.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// If none creates, the secret is there from the beginning, a tick before its end.
    pub(crate) actors: &'static [Actor],
    /// How many faults there may be; crashes, slow clocks and TTL are free.
    pub(crate) faults: u8,
    /// The secret lives for so many ticks from 0 on, and its receipt twice as long.
    pub(crate) lifetime: i8,
    pub(crate) passphrase: bool,
}

/// What a process does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Begin,
    /// Of secret and receipt, side by side.
    Puts([Put; 2]),
    Mail,
    Withdraw {
        mailed: bool,
    },
    Count,
    Check,
    Unwrap,
    /// The claim, or the burn.
    End,
    GiveBack,
    /// After the receipt's row. The other order shows nothing more of a receipt that
    /// was acknowledged: its row is there from then on.
    ReadSecret {
        viewed: bool,
    },
    Expire {
        viewed: bool,
    },
    MarkViewed,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Put {
    First,
    Retry,
    Done,
    Failed,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Process {
    pub(crate) step: Step,
    /// What time it was by its clock when its request came in.
    pub(crate) now: i8,
    /// Ticks that are left to it.
    pub(crate) left: i8,
    /// What befell its writes: 1 for each lost answer, 2 for each other fault.
    pub(crate) hurt: u8,
    pub(crate) knew: Facts,
}

impl Process {
    const WAITING: Self = Self { step: Step::Begin, now: 0, left: 0, hurt: 0, knew: 0 };
    pub(crate) const OVER: Self = Self { step: Step::Over, ..Self::WAITING };
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) clock: i8,
    pub(crate) faults: u8,
    pub(crate) rows: Rows,
    pub(crate) processes: [Process; MOST_ACTORS],
    /// Writes that are still on their way, with the ticks that are left to them.
    pub(crate) late: [Option<(Request, i8)>; 3],
    pub(crate) judge: Judge,
}

/// What happens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The process of that number takes a step, maybe a write, and maybe answers.
    Step(usize, Step, Option<Write>, How, Option<Answer>),
    /// A write is carried out after all, or once more.
    Late(Request),
    /// TTL deletes a row.
    Ttl(usize),
    Tick,
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(at, step, write, how, answer) => {
                write!(formatter, "process {at}: ")?;
                match write {
                    Some(write) => write!(formatter, "{write:?} {how:?}")?,
                    None => write!(formatter, "{step:?} {how:?}")?,
                }
                answer.map_or(Ok(()), |answer| write!(formatter, ", is told {answer:?}"))
            }
            Self::Late(request) => write!(formatter, "late, of {}: {:?}", request.claim, request.write),
            Self::Ttl(row) => write!(formatter, "TTL deletes the {}", ["secret", "receipt", "count"][*row]),
            Self::Tick => formatter.write_str("tick"),
        }
    }
}

pub(crate) type Next = Vec<(Event, State)>;

/// The protocol in a scenario, as it is or mutated.
pub(crate) struct Protocol {
    pub(crate) scenario: Scenario,
    mutation: Option<Mutation>,
    pub(crate) ends: Ends,
    pub(crate) table: Table,
}

impl Protocol {
    pub(crate) fn new(scenario: Scenario, mutation: Option<Mutation>) -> Self {
        let margin = if mutation == Some(Mutation::TtlWithoutMargin) { 0 } else { MARGIN };
        let ends = Ends { secret: scenario.lifetime, receipt: 2 * scenario.lifetime, margin };
        Self { scenario, mutation, ends, table: Table::new(ends, MOST_GUESSES, mutation) }
    }

    pub(crate) fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    fn creates(actor: Actor) -> bool {
        matches!(actor, Actor::Create | Actor::CreateWithMail)
    }

    /// Says if a request may come in. Of two alike, the first one does first.
    pub(crate) fn may_begin(&self, state: &State, at: usize, how: How) -> bool {
        let actors = self.scenario.actors;
        if Self::creates(actors[at]) {
            // Its clock is what the others are measured by.
            return how == How::Well && state.clock == 0;
        }
        // The list of recent receipts shows one before its creation is answered.
        let knows_keys = state.judge.is_acknowledged() || state.rows[RECEIPT] != Row::NONE;
        let is_next = at == 0 || actors[at] != actors[at - 1] || state.processes[at - 1].step != Step::Begin;
        knows_keys && is_next
    }

    /// A process that began just now.
    pub(crate) fn begun(state: &State, how: How) -> Process {
        let slow = if how == How::Slow { SLOW } else { 0 };
        Process { now: state.clock - slow, left: REQUEST, knew: state.judge.facts, ..Process::WAITING }
    }

    /// Answers a process's client; then it is over.
    pub(crate) fn tell(&self, state: &mut State, at: usize, answer: Answer) {
        let process = state.processes[at];
        let most_verdicts = self.scenario.passphrase.then_some(MOST_GUESSES);
        state.judge.hear(answer, at, process, self.ends, most_verdicts);
        state.processes[at] = Process::OVER;
    }

    fn tick(state: &mut State) {
        state.clock += 1;
        for process in &mut state.processes {
            process.left -= i8::from(!matches!(process.step, Step::Begin | Step::Over));
            if process.left < 0 {
                *process = Process::OVER;
            }
        }
        for late in &mut state.late {
            *late = late.filter(|(_, left)| *left > 0).map(|(request, left)| (request, left - 1));
        }
        state.late.sort_unstable();
    }
}

impl Model for Protocol {
    type State = State;
    type Event = Event;

    fn start(&self) -> State {
        let actors = self.scenario.actors;
        let mut processes = [Process::OVER; MOST_ACTORS];
        processes[..actors.len()].fill(Process::WAITING);
        let (clock, rows, judge) = if actors.iter().any(|actor| Self::creates(*actor)) {
            (0, [Row::NONE; 3], Judge::default())
        } else {
            let [secret, receipt] = [Write::PutSecret, Write::PutReceipt].map(|put| self.table.new_row(put));
            (self.ends.secret - 1, [secret, receipt, Row::NONE], Judge::ACKNOWLEDGED)
        };
        State { clock, faults: self.scenario.faults, rows, processes, late: [None; 3], judge }
    }

    fn next(&self, state: &State, next: &mut Next) {
        for at in 0..self.scenario.actors.len() {
            if !matches!(state.processes[at].step, Step::Begin | Step::Over) {
                Self::step(state, at, How::Crashes, next, |after| after.processes[at] = Process::OVER);
            }
            self.go_on(state, at, next);
        }
        for (place, (request, _)) in
            state.late.iter().enumerate().filter_map(|(place, late)| Some((place, (*late)?)))
        {
            let mut after = *state;
            after.late[place] = None;
            after.late.sort_unstable();
            self.carry_out(&mut after, request);
            next.push((Event::Late(request), after));
        }
        for (at, row) in state.rows.iter().enumerate() {
            if row.has(EXPIRES_AT) && row.get(EXPIRES_AT) <= state.clock {
                let mut after = *state;
                after.rows[at] = Row::NONE;
                next.push((Event::Ttl(at), after));
            }
        }
        // Then the last row may be deleted.
        if state.clock < self.ends.receipt + MARGIN {
            let mut after = *state;
            Self::tick(&mut after);
            next.push((Event::Tick, after));
        }
    }

    fn violation(&self, state: &State) -> Option<&'static str> {
        state.judge.violation
    }
}
