//! What clients were told, and whether it keeps the promises.

use crate::world::Process;
use crate::writes::{Ends, Request, Write};

/// What a client is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    /// 200: a secret was made.
    Created,
    /// It was not made, or its mail failed, and it was withdrawn for certain.
    NotCreated,
    /// 200 with the text.
    Text,
    /// 200: it was burned.
    Burned,
    /// The passphrase is wrong.
    Wrong,
    /// 404 to a reveal or a burn.
    Gone,
    /// 503, and a creation's outcome is unknown.
    Failed,
    /// A receipt.
    New,
    Viewed,
    /// A page alone: past the secret's end, and nothing else is certain.
    TimeIsUp,
    Received,
    WasBurned,
    Expired,
    /// 404 to a receipt.
    NoReceipt,
}

/// Facts that somebody was told or that have become true, as bits.
pub(crate) type Facts = u16;
const ACKNOWLEDGED: Facts = 1;
const WITHDRAWN: Facts = 2;
const RELEASED: Facts = 4;
const VIEWED: Facts = 8;
const RECEIVED: Facts = 16;
const BURNED: Facts = 32;
const EXPIRED: Facts = 64;
const OVER: Facts = RECEIVED | BURNED | EXPIRED;
/// A claim, a burn or an expiry was carried out.
const CONSUMED: Facts = 128;
/// The sealed text was in the table, and was taken out.
const DESTROYED: Facts = 256;

/// The judge's memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Judge {
    pub(crate) facts: Facts,
    pub(crate) winner: Option<usize>,
    pub(crate) verdicts: i8,
    pub(crate) violation: Option<&'static str>,
    /// What the event that is just happening tells; nothing between two events.
    pub(crate) told: Option<Answer>,
}

impl Judge {
    /// A creation was acknowledged before it all begins.
    pub(crate) const ACKNOWLEDGED: Self =
        Self { facts: ACKNOWLEDGED, winner: None, verdicts: 0, violation: None, told: None };

    pub(crate) fn is_acknowledged(&self) -> bool {
        self.facts & ACKNOWLEDGED != 0
    }

    /// A process answers its client. `most_verdicts` is there if it has a passphrase.
    pub(crate) fn hear(
        &mut self,
        answer: Answer,
        at: usize,
        process: Process,
        ends: Ends,
        most_verdicts: Option<i8>,
    ) {
        let is_winner = self.winner == Some(at);
        let facts = self.facts;
        // What was a fact before this answer, and before the request came in.
        let (before, knew) = (|these: Facts| facts & these != 0, |these: Facts| process.knew & these != 0);
        let broken: &[(bool, &str)] = match answer {
            Answer::NotCreated => &[
                (before(RELEASED), "a secret is called withdrawn that was revealed"),
                (process.hurt <= 1, "one lost answer fails a creation"),
            ],
            Answer::Text => &[
                (before(RELEASED), "a secret is revealed twice"),
                (before(BURNED), "a secret is revealed that was burned"),
                (before(EXPIRED), "a secret is revealed that was called expired"),
                (before(WITHDRAWN), "a secret is revealed that was withdrawn"),
            ],
            Answer::Burned => &[(before(RECEIVED | EXPIRED), "a secret is burned that was over")],
            Answer::Created | Answer::Wrong | Answer::TimeIsUp => &[],
            Answer::Gone => &[
                (is_winner, "a winner is told 404"),
                (
                    knew(ACKNOWLEDGED) && process.now < ends.secret && !before(CONSUMED),
                    "an open secret is told to be gone",
                ),
            ],
            Answer::Failed => {
                &[(is_winner && process.hurt == 0, "a winner is told 503 without a fault on its write")]
            }
            Answer::New => &[(knew(VIEWED | OVER), "a story goes back")],
            Answer::Viewed => &[(knew(OVER), "a story goes back")],
            Answer::Received => &[(before(BURNED | EXPIRED | WITHDRAWN), "a story changes")],
            Answer::WasBurned => &[(before(RECEIVED | EXPIRED), "a story changes")],
            Answer::Expired => &[(before(RECEIVED | BURNED), "a story changes")],
            Answer::NoReceipt => {
                &[(knew(ACKNOWLEDGED) && process.now < ends.receipt, "an acknowledged receipt is unknown")]
            }
        };
        self.told = Some(answer);
        let broken = broken.iter().find(|(is_broken, _)| *is_broken).map(|(_, promise)| *promise);
        self.violation = self.violation.or(broken);
        self.facts |= match answer {
            Answer::Created => ACKNOWLEDGED,
            Answer::NotCreated => WITHDRAWN,
            Answer::Text => RELEASED | RECEIVED,
            Answer::Viewed => VIEWED,
            Answer::Received => RECEIVED,
            Answer::Burned | Answer::WasBurned => BURNED,
            Answer::Expired => EXPIRED,
            _ => 0,
        };
        if let (Some(most), Answer::Wrong | Answer::Text | Answer::Burned) = (most_verdicts, answer) {
            self.verdicts += 1;
            if self.verdicts > most {
                self.violation = Some("there are more verdicts than guesses allowed");
            }
        }
    }

    /// A write was carried out; the secret's row has a text before and after it or not.
    pub(crate) fn see(&mut self, request: Request, had_text: bool, holds_text: bool) {
        let Request { write, claim, .. } = request;
        if matches!(write, Write::Claim | Write::Burn) && had_text && self.winner.is_none() {
            self.winner = usize::try_from(claim).ok();
        }
        if had_text && !holds_text {
            self.facts |= DESTROYED;
        }
        if matches!(write, Write::Claim | Write::Burn | Write::Expire) {
            self.facts |= CONSUMED;
        }
        if holds_text && self.facts & DESTROYED != 0 {
            self.violation = Some("a destroyed text is back");
        }
    }
}
