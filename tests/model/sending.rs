//! How a step comes out, and a write in particular: what befalls it on its way to the
//! table and back.

use crate::expression::{CIPHERTEXT, Row};
use crate::mutations::Mutation;
use crate::world::{Event, Next, Protocol, SIGNATURE, State};
use crate::writes::{Request, SECRET, Write};

/// How a step comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Well,
    /// By a slow clock, or of an old version of a row.
    Slow,
    /// The passphrase is wrong.
    Wrong,
    /// KMS or SES fails, or the process has no time left for another attempt.
    Fails,
    Crashes,
    // The faults of writes.
    NotDone,
    AnswerLost,
    DoneLate,
    DoneTwice,
    Denied,
}

/// What a process hears of a write.
pub(crate) enum Heard {
    Done,
    /// The condition does not hold for this row.
    Condition(Row),
    /// Nothing, or not whether it was done.
    Unknown,
    Denied,
}

impl Protocol {
    /// Adds what comes of a step that is no write.
    pub(crate) fn step(state: &State, at: usize, how: How, next: &mut Next, change: impl Fn(&mut State)) {
        let mut after = *state;
        change(&mut after);
        let told = after.judge.told.take();
        next.push((Event::Step(at, state.processes[at].step, None, how, told), after));
    }

    /// Adds what comes of a write, in each way in which it may come out; `then` is what
    /// the process makes of that.
    pub(crate) fn send(
        &self,
        state: &State,
        at: usize,
        write: Write,
        next: &mut Next,
        then: impl Fn(&mut State, Heard),
    ) {
        let process = state.processes[at];
        let mut claim = i8::try_from(at).expect("there are few actors");
        if self.is(Mutation::AnotherClaimIdForEachAttempt) && process.hurt > 0 {
            claim += 100;
        }
        let request = Request { write, claim, now: process.now };
        let faults: &[How] = match write {
            _ if state.faults == 0 => &[],
            // Nothing helps against that: see the mutation.
            Write::GiveBack if !self.is(Mutation::GiveBackDeliveredTwice) => {
                &[How::NotDone, How::AnswerLost, How::DoneLate, How::Denied]
            }
            _ => &[How::NotDone, How::AnswerLost, How::DoneLate, How::DoneTwice, How::Denied],
        };
        for how in [How::Well].iter().chain(faults) {
            let mut after = *state;
            after.faults -= u8::from(*how != How::Well);
            after.processes[at].hurt += match how {
                How::Well | How::DoneTwice => 0,
                How::AnswerLost => 1,
                _ => 2,
            };
            if matches!(how, How::DoneLate | How::DoneTwice) {
                assert_eq!(after.late[0], None, "there are more faults than places");
                after.late[0] = Some((request, SIGNATURE));
                after.late.sort_unstable();
            }
            let heard = match how {
                How::Well | How::DoneTwice => self.carry_out(&mut after, request),
                How::AnswerLost => {
                    self.carry_out(&mut after, request);
                    Heard::Unknown
                }
                How::Denied => Heard::Denied,
                _ => Heard::Unknown,
            };
            then(&mut after, heard);
            let told = after.judge.told.take();
            next.push((Event::Step(at, process.step, Some(write), *how, told), after));
        }
    }

    pub(crate) fn carry_out(&self, state: &mut State, request: Request) -> Heard {
        let had_text = state.rows[SECRET].has(CIPHERTEXT);
        let done = self.table.carry_out(&mut state.rows, request);
        let holds_text = state.rows[SECRET].has(CIPHERTEXT);
        if let Err(found) = done {
            return Heard::Condition(found);
        }
        state.judge.see(request, had_text, holds_text);
        Heard::Done
    }
}
