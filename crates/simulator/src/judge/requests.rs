//! Rules for each request by itself.

use super::cases::{Broken, Case, Cases};
use crate::history::Outcome;
use crate::script::{Action, Pass};
use std::time::Duration;

/// Time that must be left when a claim or a burn is first sent.
const FIRST: Duration = Duration::from_secs(3);
/// The same when it is repeated. Whoever may have won asks until then.
const REPEATED: Duration = Duration::from_secs(1);

pub(super) fn judge(cases: &Cases<'_>, broken: &mut Broken) {
    for case in cases.requests.values() {
        times(case, broken);
        failures(case, broken);
        winner(case, broken);
        for counted in ["guesses", "mails"] {
            // Unless a network carries it out twice.
            let given_back =
                case.done(&format!("UpdateItem {counted} (-1)")).filter(|call| !call.again).count();
            if given_back > 1 {
                let found = format!("{given_back} {counted}");
                broken.note("what was counted is given back once", Some(case.id), found);
            }
        }
    }
}

/// Nothing is sent after the deadline, and what claims or burns only with time to hear
/// of it.
fn times(case: &Case<'_>, broken: &mut Broken) {
    let id = Some(case.id);
    let mut claims = 0;
    for sent in &case.sent {
        let Some(left) = sent.left else { continue };
        // What stood still in between cannot look at the clock again; only what ends a
        // secret does, and is judged below.
        if left.is_zero() && !case.is_disturbed {
            broken.note("nothing is sent after the deadline", id, format!("{:?}", sent.call));
        }
        if sent.call.is_claim() {
            let reserve = if claims == 0 { FIRST } else { REPEATED };
            claims += 1;
            if left < reserve {
                let found = format!("{:?} with {left:?} left", sent.call);
                broken.note("a claim is begun with its reserve left", id, found);
            }
        }
    }
}

/// A 5xx needs a reason.
fn failures(case: &Case<'_>, broken: &mut Broken) {
    let (id, status) = (Some(case.id), case.status());
    if status == 500 {
        broken.note("nothing is our own error", id, "500".to_owned());
    }
    let is_unsigned = case.carried_out.iter().any(|call| call.outcome == Outcome::Unsigned);
    if status < 500 || case.is_disturbed || is_unsigned {
        return;
    }
    let faults: Vec<_> = case.sent.iter().filter(|sent| sent.is_faulty).collect();
    match faults.as_slice() {
        [] => broken.note("a 5xx has a reason", id, format!("{status} without a fault")),
        [only] if only.passes => {
            let found = format!("{status} because of one fault of {:?}", only.call);
            broken.note("one fault that passes fails nothing", id, found);
        }
        _ => {}
    }
}

/// Whose claim or burn was carried out gets its fruit, unless no answer arrived in all
/// of its time.
fn winner(case: &Case<'_>, broken: &mut Broken) {
    let id = Some(case.id);
    let Some((at, answer)) = case.answered else { return };
    let wants = match case.action {
        Action::Reveal(..) => "UpdateItem secret (received)",
        Action::Burn(..) => "UpdateItem secret (burned)",
        _ => return,
    };
    if answer.status == 200 || !case.done(wants).any(|won| won.at <= at) {
        return;
    }
    if answer.status < 500 {
        let found = format!("{wants} is done, and it is told {}", answer.status);
        broken.note("a winner is told so", id, found);
    }
    let end = case.sent.iter().find_map(|sent| sent.left.map(|left| sent.at + left));
    let gave_up = end.is_some_and(|end| at + REPEATED < end);
    if gave_up && !case.is_disturbed {
        broken.note("a winner asks as long as there is time", id, format!("gave up at {at:?}"));
    }
    let heard = case.sent.iter().filter(|sent| sent.call.is(wants)).any(|sent| !sent.is_faulty);
    if heard && !case.is_disturbed {
        broken.note(
            "a winner is told so",
            id,
            format!("an attempt was answered, and it is told {}", answer.status),
        );
    }
}

/// The passphrase that was sent.
pub(super) fn pass(case: &Case<'_>) -> Option<Pass> {
    match case.action {
        Action::Reveal(_, pass, _) | Action::Burn(_, pass, _) => Some(pass),
        _ => None,
    }
}
