//! Reveal and burn: the guess, and the write that ends the secret.

use crate::judge::Answer;
use crate::mutations::Mutation;
use crate::sending::{Heard, How};
use crate::world::{Actor, Next, Process, Protocol, State, Step};
use crate::writes::Write;

impl Protocol {
    /// Adds what comes of a reveal's or a burn's next step.
    pub(super) fn reveal_or_burn(&self, state: &State, at: usize, next: &mut Next) {
        let process = state.processes[at];
        match process.step {
            Step::Count => self.send(state, at, Write::Count, next, |after, heard| {
                let process = &mut after.processes[at];
                match heard {
                    _ if self.is(Mutation::CountedAfterBcrypt) => *process = Process::OVER,
                    Heard::Done => (process.step, process.hurt) = (Step::Check, 0),
                    // The SDK tries again, here once.
                    Heard::Unknown if process.hurt <= 2 => {}
                    _ => *process = Process::OVER,
                }
            }),
            Step::Check => {
                Self::step(state, at, How::Wrong, next, |after| {
                    self.tell(after, at, Answer::Wrong);
                    if self.is(Mutation::CountedAfterBcrypt) {
                        after.processes[at] = Process { step: Step::Count, ..process };
                    }
                });
                Self::step(state, at, How::Well, next, |after| {
                    after.processes[at].step = self.after_guess(at);
                });
            }
            Step::Unwrap => {
                Self::step(state, at, How::Well, next, |after| {
                    if self.is(Mutation::ClaimBeforeKms) {
                        self.tell(after, at, Answer::Text);
                    } else {
                        after.processes[at].step = Step::End;
                    }
                });
                if state.faults > 0 {
                    Self::step(state, at, How::Fails, next, |after| {
                        after.faults -= 1;
                        self.fail(after, at);
                    });
                }
            }
            Step::End => {
                if process.hurt > 0 {
                    Self::step(state, at, How::Fails, next, |after| self.fail(after, at));
                }
                self.end(state, at, next);
            }
            Step::GiveBack => self.send(state, at, Write::GiveBack, next, |after, heard| {
                let is_retried = self.is(Mutation::GiveBackRetried) && process.hurt == 0;
                if !(is_retried && matches!(heard, Heard::Unknown)) {
                    after.processes[at] = Process::OVER;
                }
            }),
            _ => {}
        }
    }

    pub(super) fn after_guess(&self, at: usize) -> Step {
        let unwraps = self.scenario.actors[at] == Actor::Reveal && !self.is(Mutation::ClaimBeforeKms);
        if unwraps { Step::Unwrap } else { Step::End }
    }

    /// The claim or the burn, until its outcome is known.
    fn end(&self, state: &State, at: usize, next: &mut Next) {
        let burns = self.scenario.actors[at] == Actor::Burn;
        let write = if burns { Write::Burn } else { Write::Claim };
        let gives_up = self.is(Mutation::GivesUpEarly) || (burns && self.is(Mutation::BurnNotRepeated));
        let may_be_done = state.processes[at].hurt > 0;
        self.send(state, at, write, next, |after, heard| match heard {
            Heard::Done if burns => self.tell(after, at, Answer::Burned),
            Heard::Done if self.is(Mutation::ClaimBeforeKms) => after.processes[at].step = Step::Unwrap,
            Heard::Done => self.tell(after, at, Answer::Text),
            Heard::Condition(_) => self.tell(after, at, Answer::Gone),
            Heard::Unknown if gives_up => self.fail(after, at),
            // A refusal that follows an unknown outcome says nothing about the write.
            Heard::Denied if !may_be_done || gives_up => self.fail(after, at),
            Heard::Unknown | Heard::Denied => {}
        });
    }

    /// Answers 503. A right guess that came to nothing is given back.
    fn fail(&self, state: &mut State, at: usize) {
        let process = state.processes[at];
        self.tell(state, at, Answer::Failed);
        if self.scenario.passphrase {
            state.processes[at] = Process { step: Step::GiveBack, hurt: 0, ..process };
        }
    }
}
