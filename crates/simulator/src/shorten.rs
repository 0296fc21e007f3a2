//! The shortest history that still breaks the same rule.

use crate::judge::judge;
use crate::run::{Run, run};
use crate::world::{FaultId, Plan};

/// Leaves out requests and faults, first many at once and then one by one, as long as
/// the same rule is still broken.
pub(crate) fn shorten(plan: &Plan, rule: &str) -> Run {
    let is_broken = |plan: &Plan| {
        let run = run(plan);
        judge(&run.history).iter().any(|violation| violation.rule == rule).then_some(run)
    };
    let mut plan = plan.clone();
    let mut shortest = run(&plan);
    loop {
        let before = (plan.without_steps.len(), plan.without_faults.len());
        let steps: Vec<usize> = requests(&shortest);
        leave_out(&steps, |some| {
            let mut shorter = plan.clone();
            shorter.without_steps.extend(some);
            let run = is_broken(&shorter)?;
            (plan, shortest) = (shorter, run);
            Some(())
        });
        let faults: Vec<FaultId> = shortest.faults.iter().copied().collect();
        leave_out(&faults, |some| {
            let mut shorter = plan.clone();
            shorter.without_faults.extend(some);
            let run = is_broken(&shorter)?;
            (plan, shortest) = (shorter, run);
            Some(())
        });
        if before == (plan.without_steps.len(), plan.without_faults.len()) {
            return shortest;
        }
    }
}

/// The requests that came to a function, in the order of their numbers.
fn requests(run: &Run) -> Vec<usize> {
    let mut requests: Vec<usize> = run.history.events.iter().filter_map(|event| event.request).collect();
    requests.sort_unstable();
    requests.dedup();
    requests
}

/// Tries to leave out all, then halves, quarters and so on.
fn leave_out<T: Copy>(all: &[T], mut without: impl FnMut(&[T]) -> Option<()>) {
    let mut size = all.len();
    while size > 0 {
        for some in all.chunks(size) {
            without(some);
        }
        size /= 2;
    }
}
