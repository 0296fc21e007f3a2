//! Breadth-first search through all states of a model.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

/// States, what may happen in each, and what must never have happened.
pub(crate) trait Model {
    /// All that the future depends on, and what the judge remembers.
    type State: Copy + Eq + Hash;
    /// What happens between two states, for a reader of traces.
    type Event: Copy + Debug;

    /// Where it begins.
    fn start(&self) -> Self::State;
    /// Adds all that may happen in `state`, with the state that it leads to.
    fn next(&self, state: &Self::State, next: &mut Vec<(Self::Event, Self::State)>);
    /// The promise that the last event broke.
    fn violation(&self, state: &Self::State) -> Option<&'static str>;
}

/// What a search came to.
pub(crate) struct Found<E> {
    /// Different states that were reached.
    pub(crate) states: usize,
    /// A broken promise, with as few events as any way to it has.
    pub(crate) violation: Option<(&'static str, Vec<E>)>,
}

/// Visits every state that can be reached, those of short traces first, until one
/// breaks that promise, or any if none is given. It does not go on from one that breaks
/// another promise.
pub(crate) fn explore<M: Model>(model: &M, promise: Option<&str>) -> Found<M::Event> {
    let mut numbers = HashMap::from([(model.start(), 0)]);
    let mut states = vec![model.start()];
    // How each state was first reached: from which one, and by which event.
    let mut origins: Vec<Option<(usize, M::Event)>> = vec![None];
    let mut next = Vec::new();
    let mut at = 0;
    while at < states.len() {
        let state = states[at];
        if model.violation(&state).is_none() {
            model.next(&state, &mut next);
        }
        for (event, successor) in next.drain(..) {
            let number = states.len();
            if *numbers.entry(successor).or_insert(number) < number {
                continue;
            }
            states.push(successor);
            origins.push(Some((at, event)));
            let violation = model.violation(&successor);
            if let Some(violation) = violation.filter(|broken| promise.is_none_or(|one| one == *broken)) {
                return Found { states: states.len(), violation: Some((violation, trace(&origins, number))) };
            }
        }
        at += 1;
    }
    Found { states: states.len(), violation: None }
}

fn trace<E: Copy>(origins: &[Option<(usize, E)>], mut at: usize) -> Vec<E> {
    let mut events = Vec::new();
    while let Some((before, event)) = origins[at] {
        events.push(event);
        at = before;
    }
    events.reverse();
    events
}
