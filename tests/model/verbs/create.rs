//! Create: the puts, the mail, the withdrawal.

use crate::expression::{STATE, VIEWED};
use crate::judge::Answer;
use crate::mutations::Mutation;
use crate::sending::{Heard, How};
use crate::world::{Actor, Next, Process, Protocol, Put, State, Step};
use crate::writes::{RECEIVED, Write};

impl Protocol {
    /// Adds what comes of a creation's next step.
    pub(super) fn create(&self, state: &State, at: usize, next: &mut Next) {
        let process = state.processes[at];
        match process.step {
            Step::Puts(puts) => {
                for (row, write) in [Write::PutSecret, Write::PutReceipt].into_iter().enumerate() {
                    if matches!(puts[row], Put::First | Put::Retry) {
                        self.send(state, at, write, next, |after, heard| {
                            let mut puts = puts;
                            puts[row] = self.put(puts[row], &heard);
                            self.after_puts(after, at, puts);
                        });
                    }
                }
            }
            Step::Mail => {
                Self::step(state, at, How::Well, next, |after| self.tell(after, at, Answer::Created));
                if state.faults > 0 {
                    Self::step(state, at, How::Fails, next, |after| {
                        after.faults -= 1;
                        let step = Step::Withdraw { mailed: true };
                        after.processes[at] = Process { step, hurt: process.hurt + 2, ..process };
                    });
                }
            }
            Step::Withdraw { mailed } => self.send(state, at, Write::Withdraw, next, |after, heard| {
                let ignores = self.is(Mutation::WithdrawalIgnoresReceived);
                match heard {
                    Heard::Unknown => {}
                    Heard::Denied => self.tell(after, at, Answer::Failed),
                    // The mail had arrived.
                    Heard::Condition(found) if found.get(STATE) == RECEIVED && !ignores => {
                        self.tell(after, at, if mailed { Answer::Created } else { Answer::Failed });
                    }
                    Heard::Done | Heard::Condition(_) => self.tell(after, at, Answer::NotCreated),
                }
            }),
            _ => {}
        }
    }

    fn put(&self, put: Put, heard: &Heard) -> Put {
        match heard {
            Heard::Condition(_) if self.is(Mutation::PutsRetryTakenForRefusal) => Put::Failed,
            Heard::Condition(found) if self.is(Mutation::PutComparesViewed) && found.has(VIEWED) => {
                Put::Failed
            }
            // In the other case, an earlier attempt was carried out.
            Heard::Done | Heard::Condition(_) => Put::Done,
            // The SDK tries again, here once.
            Heard::Unknown if put == Put::First => Put::Retry,
            Heard::Unknown | Heard::Denied => Put::Failed,
        }
    }

    fn after_puts(&self, state: &mut State, at: usize, puts: [Put; 2]) {
        let mails = self.scenario.actors[at] == Actor::CreateWithMail;
        state.processes[at].step = match puts {
            [Put::Done, Put::Done] if mails => Step::Mail,
            [Put::Done, Put::Done] => return self.tell(state, at, Answer::Created),
            [Put::Done | Put::Failed, Put::Done | Put::Failed] => Step::Withdraw { mailed: false },
            _ => Step::Puts(puts),
        };
    }
}
