//! The verbs, step by step, as crates/core/src/verbs has them.

mod create;
mod end;
mod receipt;

use crate::expression::{ENDS, Row, STATE, VIEWED};
use crate::judge::Answer;
use crate::mutations::Mutation;
use crate::sending::How;
use crate::world::{Actor, MOST_GUESSES, Next, Protocol, Put, State, Step};
use crate::writes::{self, OPEN, RECEIPT, SECRET};

impl Protocol {
    /// Adds all that the next step of a process may come to.
    pub(crate) fn go_on(&self, state: &State, at: usize, next: &mut Next) {
        match state.processes[at].step {
            Step::Over => {}
            Step::Begin => {
                for how in [How::Well, How::Slow] {
                    if self.may_begin(state, at, how) {
                        Self::step(state, at, how, next, |after| {
                            after.processes[at] = Self::begun(after, how);
                            self.begin(after, at);
                        });
                    }
                }
            }
            Step::Puts(_) | Step::Mail | Step::Withdraw { .. } => self.create(state, at, next),
            Step::Count | Step::Check | Step::Unwrap | Step::End | Step::GiveBack => {
                self.reveal_or_burn(state, at, next);
            }
            Step::ReadSecret { .. } | Step::Expire { .. } | Step::MarkViewed => self.receipt(state, at, next),
        }
    }

    /// The request comes in, and reads its first row.
    fn begin(&self, state: &mut State, at: usize) {
        let now = state.processes[at].now;
        let (secret, receipt) = (state.rows[SECRET], state.rows[RECEIPT]);
        let is_open = secret.get(STATE) == OPEN
            && (secret.get(ENDS) > now || self.is(Mutation::EndNotCheckedInReadAndClaim));
        state.processes[at].step = match self.scenario.actors[at] {
            Actor::Create | Actor::CreateWithMail => Step::Puts([Put::First; 2]),
            Actor::Receipt | Actor::Page if now >= self.ends.receipt || receipt == Row::NONE => {
                return self.tell(state, at, Answer::NoReceipt);
            }
            Actor::Receipt | Actor::Page => Step::ReadSecret { viewed: receipt.has(VIEWED) },
            Actor::Burn if receipt == Row::NONE => return self.tell(state, at, Answer::Gone),
            Actor::Reveal | Actor::Burn if !is_open => return self.tell(state, at, Answer::Gone),
            _ if !self.scenario.passphrase => self.after_guess(at),
            _ if !self.is(Mutation::CountedAfterBcrypt) => Step::Count,
            _ if writes::attempts(&state.rows) < MOST_GUESSES => Step::Check,
            _ => Step::Over,
        };
    }
}
