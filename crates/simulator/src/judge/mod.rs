//! The rules that hold whatever went wrong. They are those of README.md, the threat
//! model, docs/decisions.md and docs/faults.md.

mod cases;
mod limits;
mod requests;
mod secrets;

use crate::history::{History, What};
use cases::{Broken, Cases, Violation};

/// Every rule that the history breaks, at each request that shows it.
pub(crate) fn judge(history: &History) -> Vec<Violation> {
    let mut broken = Broken(Vec::new());
    let cases = Cases::of(history);
    for event in &history.events {
        match &event.what {
            What::Leaked { name, place } => {
                broken.note(
                    "no secret in a log, row, call or refusal",
                    event.request,
                    format!("{name} in {place}"),
                );
            }
            What::Answered(answer) => {
                if let Some(wrong) = &answer.wrong {
                    broken.note("an answer tells the truth", event.request, wrong.clone());
                }
            }
            _ => {}
        }
    }
    requests::judge(&cases, &mut broken);
    secrets::judge(&cases, &mut broken);
    limits::judge(&cases, &mut broken);
    broken.0
}
