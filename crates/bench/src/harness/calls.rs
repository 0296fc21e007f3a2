//! Calls to AWS, and their grouping into parallel steps.

use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// An observed call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Operation and row, like `PutItem secret`.
    pub what: String,
    /// Time at which the request had arrived.
    pub began: Instant,
    /// Time at which the answer was sent.
    pub ended: Instant,
    /// Capacity that DynamoDB reports for it; zero for other services.
    pub capacity: Capacity,
    /// Size of the item that was put, in bytes as DynamoDB counts them; 0 for other
    /// calls.
    pub item_bytes: usize,
}

/// Capacity units of an on-demand table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// Write request units.
    pub write: f64,
    /// Read request units.
    pub read: f64,
}

/// Calls in the order in which they were made. Those in one step are parallel, so a
/// step takes as long as one call.
pub type Steps = Vec<Vec<String>>;

/// Groups calls into steps. A call belongs to the step in which all other calls were
/// still waiting when it began. So AWS must not answer at once.
pub fn steps(calls: &[Call]) -> Steps {
    let mut calls: Vec<&Call> = calls.iter().collect();
    calls.sort_by_key(|call| call.began);
    let mut steps = Steps::new();
    let mut first_end: Option<Instant> = None;
    for call in calls {
        match (first_end, steps.last_mut()) {
            (Some(end), Some(step)) if call.began < end => {
                step.push(call.what.clone());
                first_end = Some(end.min(call.ended));
            }
            _ => {
                steps.push(vec![call.what.clone()]);
                first_end = Some(call.ended);
            }
        }
    }
    // The order within a step is chance.
    for step in &mut steps {
        step.sort();
    }
    steps
}

/// Total time during which at least one call was waiting for AWS.
pub fn waited(calls: &[Call]) -> Duration {
    let mut calls: Vec<(Instant, Instant)> = calls.iter().map(|call| (call.began, call.ended)).collect();
    calls.sort_unstable();
    let mut waited = Duration::ZERO;
    let mut until: Option<Instant> = None;
    for (began, ended) in calls {
        let from = until.map_or(began, |until| began.max(until));
        waited += ended.saturating_duration_since(from);
        until = Some(until.map_or(ended, |until| until.max(ended)));
    }
    waited
}

/// Capacity of all calls together.
pub fn capacity(calls: &[Call]) -> Capacity {
    calls.iter().fold(Capacity::default(), |sum, call| Capacity {
        write: sum.write + call.capacity.write,
        read: sum.read + call.capacity.read,
    })
}

/// Steps for a reader: `A ∥ B → C`.
pub fn in_words(steps: &Steps) -> String {
    if steps.is_empty() {
        return "–".to_owned();
    }
    steps.iter().map(|step| step.join(" ∥ ")).collect::<Vec<_>>().join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(times: &[(&str, u64, u64)]) -> Vec<Call> {
        let start = Instant::now();
        let at = |milliseconds: &u64| start + Duration::from_millis(*milliseconds);
        let call = |(what, began, ended): &(&str, u64, u64)| Call {
            what: (*what).to_owned(),
            began: at(began),
            ended: at(ended),
            capacity: Capacity { write: 1.0, read: 0.5 },
            item_bytes: 0,
        };
        times.iter().map(call).collect()
    }

    #[test]
    fn calls_are_side_by_side_if_they_begin_before_any_has_ended() {
        let calls = calls(&[("b", 1, 22), ("a", 0, 20), ("c", 21, 41), ("d", 41, 60)]);
        assert_eq!(steps(&calls), [vec!["a", "b"], vec!["c"], vec!["d"]]);
        assert_eq!(in_words(&steps(&calls)), "a ∥ b → c → d");
        assert_eq!(capacity(&calls), Capacity { write: 4.0, read: 2.0 });
    }

    #[test]
    fn time_that_two_wait_at_once_counts_once() {
        let calls = calls(&[("a", 0, 20), ("b", 10, 30), ("c", 12, 15), ("d", 50, 60)]);
        assert_eq!(waited(&calls), Duration::from_millis(40));
        assert_eq!(waited(&[]), Duration::ZERO);
    }
}
