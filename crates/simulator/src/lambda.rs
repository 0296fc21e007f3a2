//! Execution environments: they begin cold, take one request at a time, are frozen in
//! between with their connections dying, and end some day.

use crate::dice::Dice;
use crate::history::{RequestId, What};
use crate::network::Network;
use crate::script::SecretId;
use crate::world::{FaultId, Flight, REQUEST, Weather, World, lock};
use aws_config::{Region, SdkConfig};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use futures_util::future::BoxFuture;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::time::UnixTime;
use readonce_embedded::template;
use readonce_http::api::generate::GenerateFunction;
use readonce_http::api::receipt::ReceiptFunction;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::api::share::ShareFunction;
use readonce_http::api::status::StatusFunction;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::{self, Function};
use readonce_http::gateway::reply::Reply;
use readonce_http::page::PageFunction;
use readonce_http::routes;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep, timeout};

/// What is left of a call's time when its answer must be on its way; as on Lambda.
const ANSWER_RESERVE: Duration = Duration::from_secs(1);
/// How long warming up may take; as on Lambda.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long bcrypt takes.
const HASHING: Duration = Duration::from_millis(250);
/// After so much idleness a connection may have died.
const CONNECTIONS_DIE: Duration = Duration::from_secs(10);

/// The SDK lets all clients of one region in a process share so many retries, so each
/// environment has a region of its own.
static REGIONS: AtomicU64 = AtomicU64::new(0);

/// A function of any kind.
trait Program: Send + Sync {
    fn handle(&self, event: Event, call: Call, cold: bool) -> BoxFuture<'_, Reply>;
    fn warm_up(&self, call: Call) -> BoxFuture<'_, ()>;
}

impl<F: Function> Program for F {
    fn handle(&self, event: Event, call: Call, cold: bool) -> BoxFuture<'_, Reply> {
        Box::pin(function::handle(self, event, call, cold))
    }

    fn warm_up(&self, call: Call) -> BoxFuture<'_, ()> {
        Box::pin(Function::warm_up(self, call))
    }
}

struct Environment {
    name: String,
    program: Box<dyn Program>,
    ahead: i64,
    is_cold: bool,
    idle_since: Instant,
    /// Requests that it still takes.
    lives: u64,
    /// After so much idleness Lambda ends it.
    patience: Duration,
}

/// All environments.
pub(crate) struct Lambda {
    world: Arc<World>,
    settings: Settings,
    idle: Mutex<BTreeMap<&'static str, Vec<Environment>>>,
    started: AtomicUsize,
}

impl Lambda {
    pub(crate) fn new(world: Arc<World>, settings: Settings) -> Self {
        Self { world, settings, idle: Mutex::default(), started: AtomicUsize::new(0) }
    }

    /// The SDK configuration of one process.
    pub(crate) fn aws(&self) -> AwsConfig {
        let region = format!("region-{}", REGIONS.fetch_add(1, Ordering::Relaxed));
        let client = SharedHttpClient::new(Network(Arc::clone(&self.world)));
        let alone = |config: SdkConfig| {
            let config = config.into_builder().region(Region::new(region.clone()));
            config.http_client(client.clone()).build()
        };
        let AwsConfig { dynamodb, kms, ses } = self.world.aws.config();
        AwsConfig { dynamodb: alone(dynamodb), kms: alone(kms), ses: alone(ses) }
    }

    /// Has a function answer an event; `None` if its environment dies of it.
    pub(crate) async fn invoke(
        &self,
        request: RequestId,
        creates: Option<SecretId>,
        event: Event,
    ) -> Option<Reply> {
        let route = routes::find(&event.request_context.http.method, &event.raw_path);
        let function = route.map_or("page", |(route, _)| route.function);
        let mut dice = Dice::of(&[self.world.plan.seed, 6, request as u64]);
        let mut environment = self.environment(function, &mut dice);
        let thawed = environment.idle_since.elapsed() >= CONNECTIONS_DIE;
        let flight = Arc::new(Flight {
            request,
            creates,
            ahead: environment.ahead,
            calls: AtomicUsize::new(0),
            deadline: OnceLock::new(),
            weather: weather(&mut dice, thawed),
        });
        let mut draw = |percent: u64, fault| {
            let poll = 1 + usize::try_from(dice.below(14)).unwrap_or(0);
            (dice.percent(percent) && self.world.happens(fault)).then_some(poll)
        };
        let crash_at = draw(4, FaultId::Crash(request));
        let stall_at = draw(15, FaultId::Stall(request));
        // Often for just so long that the request wakes up near its end.
        let least = Duration::from_secs(if dice.percent(60) { 15 } else { 0 });
        let stall = least + dice.up_to(Duration::from_secs(8));
        let disturbed = |how| self.world.record(Some(request), What::Disturbed(how));
        let mut work = Box::pin(REQUEST.scope(Arc::clone(&flight), self.work(&environment, &flight, event)));
        let (mut polls, mut stalled) = (0, None::<Pin<Box<Sleep>>>);
        // An environment may die or be frozen at any await.
        let fragile = poll_fn(move |context| {
            if stalled.is_none() {
                polls += 1;
                if crash_at == Some(polls) {
                    disturbed("its environment dies");
                    return Poll::Ready(None);
                }
                if stall_at == Some(polls) {
                    disturbed("its environment stands still for a while");
                    stalled = Some(Box::pin(sleep(stall)));
                }
            }
            if let Some(still) = &mut stalled {
                ready!(still.as_mut().poll(context));
                stalled = None;
            }
            work.as_mut().poll(context).map(Some)
        });
        // Warming up comes first and has a time of its own.
        let first = if environment.is_cold { WARM_UP } else { Duration::ZERO };
        let answered = timeout(first + template::function_timeout(), fragile).await;
        if answered.is_err() {
            disturbed("its environment is killed at the function's time-out");
        }
        let reply = answered.ok().flatten()?;
        environment.is_cold = false;
        environment.idle_since = Instant::now();
        environment.lives -= 1;
        if environment.lives > 0 {
            lock(&self.idle).entry(function).or_default().push(environment);
        }
        Some(reply)
    }

    async fn work(&self, environment: &Environment, flight: &Flight, event: Event) -> Reply {
        let call = |time| Call::new(UnixTime::from_seconds(self.world.clock(environment.ahead)), time);
        if environment.is_cold {
            environment.program.warm_up(call(WARM_UP)).await;
        }
        let time = template::function_timeout().saturating_sub(ANSWER_RESERVE);
        flight.deadline.get_or_init(|| Instant::now() + time);
        let call = call(time);
        let (name, ahead) = (environment.name.clone(), environment.ahead);
        let arrived = What::Arrived { environment: name, clock: call.now.seconds(), ahead };
        self.world.record(Some(flight.request), arrived);
        environment.program.handle(event, call, environment.is_cold).await
    }

    /// An idle environment, or a new one.
    fn environment(&self, function: &'static str, dice: &mut Dice) -> Environment {
        let mut idle = lock(&self.idle);
        let idle = idle.entry(function).or_default();
        idle.retain(|environment| environment.idle_since.elapsed() < environment.patience);
        if !idle.is_empty() && dice.percent(75) {
            let place = usize::try_from(dice.below(idle.len() as u64)).unwrap_or(0);
            return idle.remove(place);
        }
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let mut dice = Dice::of(&[self.world.plan.seed, 7, number as u64]);
        Environment {
            name: format!("{function} {number}"),
            program: self.program(function).expect("the settings are complete"),
            ahead: self.ahead(&mut dice),
            is_cold: true,
            idle_since: Instant::now(),
            lives: 1 + dice.below(12),
            patience: Duration::from_secs(60 + dice.below(3_600)),
        }
    }

    /// How many seconds a new environment's clock is ahead. Some seeds have better
    /// clocks than others.
    fn ahead(&self, dice: &mut Dice) -> i64 {
        let off = Dice::of(&[self.world.plan.seed, 8]).weighted(&[(50, 0), (30, 10), (15, 290), (5, 86_400)]);
        let ahead = match off {
            86_400 => dice.one(&[0, 0, 0, 86_400, -86_400]),
            off => dice.between(-off, off),
        };
        if ahead != 0 && self.world.happens(FaultId::Clocks) { ahead } else { 0 }
    }

    fn program(&self, function: &str) -> Result<Box<dyn Program>, SettingsError> {
        let aws = self.aws();
        let settings = Settings { hashing: HashingSlots::simulated(1, HASHING), ..self.settings.clone() };
        Ok(match function {
            "share" => Box::new(ShareFunction::new(&settings, &aws)?),
            "generate" => Box::new(GenerateFunction::new(&settings, &aws)?),
            "reveal" => Box::new(RevealFunction::new(&settings, &aws)?),
            "receipt" => Box::new(ReceiptFunction::new(&settings, &aws)?),
            "status" => Box::new(StatusFunction::new(&settings, &aws)?),
            _ => Box::new(PageFunction::new(&settings, &aws)?),
        })
    }
}

fn weather(dice: &mut Dice, thawed: bool) -> Weather {
    let storm = Weather {
        from: dice.one(&[0, 0, 1, 2, 3, 4, 5, 6]),
        lasts: dice.one(&[1, 1, 2, 4, 8, 100]),
        percent: dice.one(&[0, 0, 10, 40, 80, 100]),
        favourite: usize::try_from(dice.below(20)).unwrap_or(usize::MAX),
    };
    if thawed && dice.percent(30) { Weather { from: 0, lasts: 3, percent: 60, ..storm } } else { storm }
}
