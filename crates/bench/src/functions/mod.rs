//! Starts and calls each function's program, and collects the results.

pub mod cases;
pub mod stock;

use crate::functions::cases::{Case, Events, OBSERVED, TIMED};
use crate::functions::stock::Stock;
use crate::harness::aws::ObservedAws;
use crate::harness::calls::{self, Call, Capacity, Steps};
use crate::harness::process::{FunctionProcess, Phase};
use crate::harness::programs::{BARE, Built, REVEAL, REVEAL_OVER_TLS, SHARE, SHARE_OVER_TLS};
use crate::harness::zip;
use crate::statistics::{median, milliseconds};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// Delay of AWS's answers while the order of calls is observed: long enough that
/// parallel calls all arrive before the first answer.
const OBSERVATION_DELAY: Duration = Duration::from_millis(40);

/// The extent of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Starts of each program.
    pub starts: usize,
    /// Calls per start, after the first.
    pub calls: usize,
    /// Delay of each answer of AWS, in addition to the embedded AWS's own time.
    pub delay: Duration,
    /// Whether AWS is behind TLS; then only share and reveal are timed.
    pub over_tls: bool,
    /// Whether programs are zipped to measure their size. That takes long for programs
    /// with debug information.
    pub weigh: bool,
    /// Times only this case; `None` times all.
    pub only: Option<Case>,
}

/// Medians over one program's starts; times are in milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timed {
    /// Name of the case.
    pub what: String,
    /// From exec to the first request for an event.
    pub start: f64,
    /// Part of the start during which a call waited for AWS.
    pub start_waited: f64,
    /// CPU time of the start.
    pub start_cpu: f64,
    /// Duration of the first call.
    pub first: f64,
    /// Part of the first call during which a call waited for AWS.
    pub first_waited: f64,
    /// Duration of a later call.
    pub warm: f64,
    /// Part of a later call during which a call waited for AWS.
    pub warm_waited: f64,
    /// CPU time of a later call.
    pub warm_cpu: f64,
    /// Maximum resident memory, in bytes.
    pub peak_memory: f64,
    /// Size of the program, in bytes.
    pub program_bytes: u64,
    /// Size of the program's zip, in bytes.
    pub zip_bytes: u64,
}

/// The calls to AWS and the log of one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Name of the case.
    pub what: String,
    /// Calls to AWS at the start.
    pub start: Steps,
    /// Calls to AWS for the first event.
    pub first: Steps,
    /// Calls to AWS for a later event.
    pub warm: Steps,
    /// Capacity that the calls at the start consume.
    pub start_capacity: Capacity,
    /// Capacity that the calls for a later event consume.
    pub warm_capacity: Capacity,
    /// Size of the largest item that a later event puts, in bytes.
    pub item_bytes: usize,
    /// Size of the log line of a later event, in bytes.
    pub log_bytes: usize,
}

/// One start.
struct Sample {
    start: Phase,
    start_cpu: Duration,
    first: Phase,
    warm: f64,
    warm_waited: f64,
    warm_cpu: Duration,
    peak_memory: u64,
}

/// Starts the programs in turn, repeatedly, so that other load on the machine affects
/// all of them equally.
///
/// # Errors
/// A program did not start, or did not answer 200.
pub async fn time(built: &Built, effort: Effort) -> crate::Result<Vec<Timed>> {
    let aws = ObservedAws::start(effort.delay, effort.over_tls).await?;
    let stock = Stock::new(&aws)?;
    let mut events = Events::new(&stock, "tom@example.com").await?;
    let mut cases = match effort.only {
        Some(case) => vec![case],
        None if effort.over_tls => over_tls(),
        None => TIMED.to_vec(),
    };
    cases.retain(|case| built.has(case.program));
    let mut samples: Vec<Vec<Sample>> = cases.iter().map(|_| Vec::new()).collect();
    for _ in 0..effort.starts {
        for (case, samples) in cases.iter().zip(&mut samples) {
            samples.push(Box::pin(sample(built, case, effort.calls, &mut events, &aws)).await?);
        }
    }
    cases.iter().zip(&samples).map(|(case, samples)| timed(built, case, samples, effort.weigh)).collect()
}

/// The cases that are timed over TLS.
fn over_tls() -> Vec<Case> {
    let wanted = TIMED.into_iter().filter_map(|case| {
        let program = match case.program {
            BARE => BARE,
            SHARE => SHARE_OVER_TLS,
            REVEAL => REVEAL_OVER_TLS,
            _ => return None,
        };
        Some(Case { program, ..case })
    });
    wanted.collect()
}

async fn sample(
    built: &Built,
    case: &Case,
    calls: usize,
    events: &mut Events<'_>,
    aws: &ObservedAws,
) -> crate::Result<Sample> {
    // Prepared before the start, so that the program never waits for them.
    let mut prepared = Vec::new();
    for _ in 0..=calls {
        prepared.push(events.next(case.work).await?);
    }
    let mut prepared = prepared.into_iter();
    let mut process = start(built, case, aws).await?;
    let start_cpu = process.cpu()?;
    let first = process.invoke(prepared.next().ok_or("an event was prepared")?, aws).await?;
    let before = process.cpu()?;
    let mut warm = Vec::new();
    for event in prepared {
        warm.push(process.invoke(event, aws).await?);
    }
    let warm_cpu = process.cpu()?.saturating_sub(before) / u32::try_from(calls)?;
    let start = std::mem::replace(
        &mut process.start,
        Phase { took: Duration::ZERO, waited: Duration::ZERO, calls: Vec::new(), answer: Value::Null },
    );
    Ok(Sample {
        start,
        start_cpu,
        first,
        warm: median(warm.iter().map(|phase| milliseconds(phase.took))),
        warm_waited: median(warm.iter().map(|phase| milliseconds(phase.waited))),
        warm_cpu,
        peak_memory: process.peak_memory()?,
    })
}

async fn start(built: &Built, case: &Case, aws: &ObservedAws) -> crate::Result<FunctionProcess> {
    let mut environment = aws.environment(case.program.resource);
    if !case.limited {
        environment.insert("ANONYMOUS_CREATIONS".to_owned(), "none".to_owned());
    }
    FunctionProcess::start(built.path(case.program)?, &environment, aws).await
}

fn timed(built: &Built, case: &Case, samples: &[Sample], weigh: bool) -> crate::Result<Timed> {
    let program = built.path(case.program)?;
    let of = |value: fn(&Sample) -> f64| median(samples.iter().map(value));
    Ok(Timed {
        what: case.what.to_owned(),
        start: of(|sample| milliseconds(sample.start.took)),
        start_waited: of(|sample| milliseconds(sample.start.waited)),
        start_cpu: of(|sample| milliseconds(sample.start_cpu)),
        first: of(|sample| milliseconds(sample.first.took)),
        first_waited: of(|sample| milliseconds(sample.first.waited)),
        warm: of(|sample| sample.warm),
        warm_waited: of(|sample| sample.warm_waited),
        warm_cpu: of(|sample| milliseconds(sample.warm_cpu)),
        #[expect(clippy::cast_precision_loss, reason = "a median of bytes, for a table")]
        peak_memory: of(|sample| sample.peak_memory as f64),
        program_bytes: std::fs::metadata(program)?.len(),
        zip_bytes: if weigh { zip::size_bytes(program)? } else { 0 },
    })
}

/// Starts a program for each case, and observes the calls to AWS of two events.
///
/// # Errors
/// A program did not start, or did not answer 200.
pub async fn observe(built: &Built) -> crate::Result<Vec<Observed>> {
    let aws = ObservedAws::start(OBSERVATION_DELAY, false).await?;
    let stock = Stock::new(&aws)?;
    let mut events = Events::new(&stock, "tom@example.com").await?;
    let cases: Vec<Case> = OBSERVED.into_iter().filter(|case| built.has(case.program)).collect();
    let Some(any) = cases.first() else { return Ok(Vec::new()) };
    // The key of the day exists already, as it does for all starts of a day but one.
    let mut first = start(built, any, &aws).await?;
    first.invoke(events.next(any.work).await?, &aws).await?;
    let mut observed = Vec::new();
    for case in &cases {
        let mut process = start(built, case, &aws).await?;
        let first = process.invoke(events.next(case.work).await?, &aws).await?.calls;
        let warm = process.invoke(events.next(case.work).await?, &aws).await?.calls;
        let start = std::mem::take(&mut process.start.calls);
        observed.push(Observed {
            what: case.what.to_owned(),
            start: calls::steps(&start),
            first: calls::steps(&first),
            warm: calls::steps(&warm),
            start_capacity: calls::capacity(&start),
            warm_capacity: calls::capacity(&warm),
            item_bytes: largest_item(&warm),
            log_bytes: last_line_bytes(&process.stop()),
        });
    }
    Ok(observed)
}

fn largest_item(calls: &[Call]) -> usize {
    calls.iter().map(|call| call.item_bytes).max().unwrap_or_default()
}

/// Length of the last line in bytes, with its line end.
fn last_line_bytes(log: &str) -> usize {
    log.lines().last().map_or(0, |line| line.len() + 1)
}
