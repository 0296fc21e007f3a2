//! One run: from a seed to its history.

use crate::clients::Clients;
use crate::dice::Dice;
use crate::history::{Event, History, Limits, RequestId, What};
use crate::lambda::Lambda;
use crate::script::{self, ACCOUNTS, Step};
use crate::world::{FaultId, Kept, Plan, REQUEST, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::settings::Settings;
use readonce_embedded::aws::{MAIL_SENDER, TABLE};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{sleep, sleep_until};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The SDK's futures are large, without optimisation even more so.
const STACK_BYTES: usize = 16 << 20;
/// After the last step: what is late is carried out.
const REST: Duration = Duration::from_secs(700);

/// What a run was.
pub(crate) struct Run {
    pub(crate) history: History,
    pub(crate) faults: BTreeSet<FaultId>,
    /// In simulated time.
    pub(crate) lasted: Duration,
}

/// Carries a plan out, on a thread of its own whose time is paused.
pub(crate) fn run(plan: &Plan) -> Run {
    let plan = plan.clone();
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        // The SDK's pauses between attempts come from this thread's generator.
        fastrand::seed(plan.seed);
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(run_here(&plan))
    });
    thread.expect("a thread").join().expect("a run does not panic")
}

async fn run_here(plan: &Plan) -> Run {
    let (wishes, steps) = script::script(plan.seed);
    let world = Arc::new(World::new(plan).await);
    let _log = log(&world);
    let mut dice = Dice::of(&[plan.seed, 9]);
    let mut limit = |most: u64| dice.percent(60).then(|| u32::try_from(2 + dice.below(most)).unwrap_or(2));
    let limits = Limits { creations: limit(4), mails: limit(3), lists: limit(8) };
    let lambda = Lambda::new(Arc::clone(&world), settings(&world, limits));
    let clients = Arc::new(Clients::new(&world, lambda, wishes.clone(), ACCOUNTS).await);
    let begun = tokio::time::Instant::now();
    let mut tasks = Vec::new();
    for (request, step) in steps.iter().enumerate() {
        if step.retry_of.is_none() && !plan.without_steps.contains(&request) {
            let retry = steps.iter().position(|other| other.retry_of == Some(request));
            let retry = retry.filter(|retry| !plan.without_steps.contains(retry));
            let retry = retry.map(|retry| (retry, steps[retry]));
            let (clients, step) = (Arc::clone(&clients), *step);
            tasks.push(tokio::spawn(async move {
                sleep_until(begun + step.at).await;
                take(&clients, request, &step, retry).await;
            }));
        }
    }
    for task in tasks {
        task.await.expect("a client does not panic");
    }
    sleep(REST).await;
    let table = world.table().await;
    world.keep(0, "the table", &table);
    let lasted = world.elapsed();
    let (mut events, kept, faults) = world.take();
    leaks(&mut events, &kept, &clients.words(), lasted);
    Run { history: History { wishes, steps, limits, events }, faults, lasted }
}

async fn take(clients: &Clients, request: RequestId, step: &Step, retry: Option<(RequestId, Step)>) {
    let failed = clients.take(request, step).await;
    if let (Some(true), Some((request, step))) = (failed, retry) {
        sleep(step.at).await;
        clients.take(request, &step).await;
    }
}

fn settings(world: &World, limits: Limits) -> Settings {
    let hourly = |most: Option<u32>| most.map(|most| format!("{most}:3600"));
    let lookup = |name: &str| match name {
        "TABLE_NAME" => Some(TABLE.to_owned()),
        "KMS_KEY_ID" => Some(world.aws.kms_key_id().to_owned()),
        "MAIL_SENDER" => Some(MAIL_SENDER.to_owned()),
        "ANONYMOUS_CREATIONS" => hourly(limits.creations),
        "ANONYMOUS_REVEALS" => Some("6:3600".to_owned()),
        "FAILED_CREDENTIALS" => Some("3:600".to_owned()),
        "MAILS_PER_DAY" => limits.mails.map(|most| most.to_string()),
        "LISTS_PER_HOUR" => limits.lists.map(|most| most.to_string()),
        _ => None,
    };
    Settings::from_variables(lookup).expect("these are good settings")
}

/// Records what this thread logs, as the functions would log it at their loudest.
fn log(world: &Arc<World>) -> tracing::subscriber::DefaultGuard {
    let world = Arc::clone(world);
    let lines = tracing_subscriber::fmt::layer().without_time().with_ansi(false);
    let lines = lines.with_writer(move || Lines(Arc::clone(&world)));
    let loudest = Targets::new().with_default(LevelFilter::WARN).with_target("readonce", LevelFilter::TRACE);
    tracing_subscriber::registry().with(loudest).with(lines).set_default()
}

struct Lines(Arc<World>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes).trim().to_owned();
        if let Ok(request) = REQUEST.try_with(|flight| flight.request) {
            self.0.keep(request, "the log", &line);
            self.0.record(Some(request), What::Logged(line));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes every secret word that stands where it must not.
fn leaks(events: &mut Vec<Event>, kept: &[Kept], words: &[(String, String)], at: Duration) {
    for (request, place, text) in kept {
        let mut text = text.clone();
        if let Ok(json) = serde_json::from_str(&text) {
            blobs(&json, &mut text);
        }
        for (word, name) in words {
            // A mail has the link in it, and a refusal the key of its own path.
            let has_keys = matches!(*place, "a mail" | "a refusal");
            let may = has_keys && (name.starts_with("the link") || name.starts_with("the receipt"));
            if !may && text.contains(word.as_str()) {
                let what = What::Leaked { name: name.clone(), place };
                events.push(Event { at, request: Some(*request), what });
            }
        }
    }
}

/// Adds what stands in the binary attributes of a row.
fn blobs(json: &Value, text: &mut String) {
    match json {
        Value::Object(fields) => {
            if let Some(bytes) = fields.get("B").and_then(|blob| STANDARD.decode(blob.as_str()?).ok()) {
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
            fields.values().for_each(|value| blobs(value, text));
        }
        Value::Array(values) => values.iter().for_each(|value| blobs(value, text)),
        _ => {}
    }
}
