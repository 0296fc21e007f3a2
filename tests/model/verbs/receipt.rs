//! The receipt, by the API or on its page, which may write nothing.

use crate::expression::{Row, STATE};
use crate::judge::Answer;
use crate::mutations::Mutation;
use crate::sending::{Heard, How};
use crate::world::{Actor, MARGIN, Next, Process, Protocol, REQUEST, SLOW, State, Step};
use crate::writes::{self, OPEN, SECRET, Write};

impl Protocol {
    /// Adds what comes of the next step of a look at a receipt.
    pub(super) fn receipt(&self, state: &State, at: usize, next: &mut Next) {
        let process = state.processes[at];
        match process.step {
            Step::ReadSecret { viewed } => {
                let secret = state.rows[SECRET];
                Self::step(state, at, How::Well, next, |after| self.resolve(after, at, secret, viewed));
                if self.is(Mutation::ReceiptFromStaleRead) && secret != Row::NONE {
                    let before = secret.with(STATE, OPEN);
                    Self::step(state, at, How::Slow, next, |after| self.resolve(after, at, before, viewed));
                }
            }
            Step::Expire { viewed } => {
                self.send(state, at, Write::Expire, next, |after, heard| match heard {
                    // Without a row: TTL has deleted it since.
                    Heard::Done | Heard::Condition(Row::NONE) => self.tell(after, at, Answer::Expired),
                    Heard::Condition(found) => self.tell_receipt(after, at, found, viewed),
                    Heard::Unknown => {}
                    Heard::Denied => self.tell(after, at, Answer::Failed),
                });
            }
            // The client is told before, which shows no less: "new" contradicts nothing.
            Step::MarkViewed => self.send(state, at, Write::MarkViewed, next, |after, _| {
                after.processes[at] = Process::OVER;
            }),
            _ => {}
        }
    }

    /// Of a receipt, what both rows say.
    fn resolve(&self, state: &mut State, at: usize, secret: Row, viewed: bool) {
        let now = state.processes[at].now;
        let is_open = secret.get(STATE) == OPEN;
        if now < self.ends.secret || (secret != Row::NONE && !is_open) {
            return self.tell_receipt(state, at, secret, viewed);
        }
        let margin = if self.is(Mutation::PageWithoutMargin) {
            0
        } else if self.is(Mutation::PageMarginOfRequestAlone) {
            SLOW + REQUEST
        } else {
            MARGIN
        };
        let is_page = self.scenario.actors[at] == Actor::Page;
        if is_open && is_page && now < self.ends.secret + margin {
            self.tell(state, at, Answer::TimeIsUp);
        } else if is_open && !is_page && !self.is(Mutation::ExpiryToldWithoutItsWrite) {
            state.processes[at].step = Step::Expire { viewed };
        } else if secret == Row::NONE
            && !state.judge.is_acknowledged()
            && !self.is(Mutation::UnacknowledgedExpiryCounts)
        {
            // It says "expired", and that may become untrue: see the mutation.
            self.tell(state, at, Answer::TimeIsUp);
        } else {
            self.tell(state, at, Answer::Expired);
        }
    }

    fn tell_receipt(&self, state: &mut State, at: usize, secret: Row, viewed: bool) {
        let process = state.processes[at];
        let answer = match secret.get(STATE) {
            OPEN if viewed => Answer::Viewed,
            OPEN => Answer::New,
            writes::RECEIVED => Answer::Received,
            writes::BURNED => Answer::WasBurned,
            writes::EXPIRED => Answer::Expired,
            // It was withdrawn, or there is none.
            _ => Answer::NoReceipt,
        };
        self.tell(state, at, answer);
        if answer == Answer::New && self.scenario.actors[at] == Actor::Receipt {
            state.processes[at] = Process { step: Step::MarkViewed, ..process };
        }
    }
}
