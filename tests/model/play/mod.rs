//! The model's traces, played against the code: each request is a task whose calls of
//! AWS wait until the trace says how they come out. After each event, the rows must be
//! those of the model, and so must each answer.

mod compare;
mod requests;

use crate::FINDINGS;
use crate::code::is_of_the_model;
use crate::judge::Answer as Told;
use crate::mutations::{ACCEPTED, FOUND};
use crate::search::Model;
use crate::sending::How;
use crate::world::{Actor, Event, MARGIN, Protocol, SLOW, Scenario, State, Step};
use crate::writes::{WRITES, Write};
use compare::TTL_MARGIN_SECONDS;
use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::secret::key::MetadataKey;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::faults::{Fault, Faults};
use readonce_tests::stage::{Stage, in_paused_time};
use readonce_tests::wire::Call;
use std::collections::HashMap;
use std::time::Duration;
use tokio::task::JoinHandle;

const TOM: &str = "tom@example.com";
/// The model allows one guess in a window, the code this many more.
const GUESSES_BEFORE: i8 = 4;

/// More than a request ever takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// The code, as far as a trace has come.
struct Play {
    scenario: Scenario,
    stage: Stage,
    token: ApiToken,
    /// Seconds of a tick, such that its margins are the code's.
    tick: i64,
    start: UnixTime,
    keys: Option<MetadataKey>,
    /// The passphrase of each process.
    passphrases: HashMap<usize, &'static str>,
    requests: HashMap<usize, JoinHandle<Answer>>,
    faults: HashMap<usize, Faults>,
    told: HashMap<usize, Told>,
}

impl Play {
    async fn new(scenario: Scenario, trace: &[Event]) -> Self {
        let stage = Stage::new(|_| {}).await;
        // A window of guesses begins, and ends with the secret.
        let start = UnixTime::from_seconds(UnixTime::now().seconds() / 600 * 600);
        let has_page = scenario.actors.contains(&Actor::Page);
        let tick = if has_page { 360 } else { TTL_MARGIN_SECONDS } / i64::from(MARGIN);
        let token = ApiToken::random();
        let email = EmailAddress::parse(TOM).unwrap();
        let account = Account::new(email, PlanName::Basic, &token, start);
        assert!(stage.table().create_account(&account).await.unwrap());
        let wrong = trace.iter().filter_map(|event| match event {
            Event::Step(at, Step::Check, _, How::Wrong, _) => Some((*at, "wrong")),
            _ => None,
        });
        let passphrases = wrong.collect();
        let mut play = Self {
            scenario,
            stage,
            token,
            tick,
            start,
            keys: None,
            passphrases,
            requests: HashMap::new(),
            faults: HashMap::new(),
            told: HashMap::new(),
        };
        if !scenario.actors.iter().any(|actor| matches!(actor, Actor::Create | Actor::CreateWithMail)) {
            play.create_before().await;
        }
        play
    }

    fn at(&self, tick: i8) -> UnixTime {
        self.start.plus(i64::from(tick) * self.tick)
    }

    /// Does what an event says, which leads to the state `after`.
    async fn happen(&mut self, event: Event, after: &State) {
        match event {
            Event::Tick => {}
            Event::Ttl(row) => {
                let kind = ["secret", "receipt", "guesses"][row];
                self.stage.let_ttl_delete(kind, self.at(after.clock)).await;
            }
            Event::Late(request) => {
                self.faults[&usize::try_from(request.claim).unwrap()].carry_out_late().await;
            }
            Event::Step(at, step, write, how, told) => {
                self.step(at, step, write, how, told, after.clock).await;
                self.told.extend(told.map(|told| (at, told)));
            }
        }
        for at in 0..self.scenario.actors.len() {
            let is_over = after.processes[at].step == Step::Over;
            let Some(request) = is_over.then(|| self.requests.remove(&at)).flatten() else { continue };
            let has_crashed = matches!(event, Event::Tick | Event::Step(_, _, _, How::Crashes, _));
            match self.told.get(&at) {
                Some(told) if !has_crashed => {
                    // What it sends from here on, the model does not know.
                    self.faults[&at].let_all_pass();
                    let answer = request.await.unwrap();
                    self.check(at, *told, &answer);
                }
                _ => request.abort(),
            }
        }
    }

    async fn step(
        &mut self,
        at: usize,
        step: Step,
        write: Option<Write>,
        how: How,
        told: Option<Told>,
        clock: i8,
    ) {
        if let Some(write) = write {
            let fault = match how {
                How::NotDone => Some(Fault::Refused),
                How::AnswerLost => Some(Fault::AnswerLost),
                How::DoneLate => Some(Fault::Late),
                How::DoneTwice => Some(Fault::Twice),
                How::Denied => Some(Fault::AccessDenied),
                _ => None,
            };
            let (_, call, ..) = WRITES[write as usize];
            return self.faults[&at].let_pass(&named(call), fault).await;
        }
        let fault = (how == How::Fails).then_some(Fault::AccessDenied);
        let calls: &[&str] = match (step, self.scenario.actors[at]) {
            _ if how == How::Crashes => &[],
            (Step::Begin, actor) => {
                if self.keys.is_none() && at > 0 {
                    // The first one creates.
                    self.find_keys(clock).await;
                }
                let now = self.at(if how == How::Slow { clock - SLOW } else { clock });
                self.begin(at, now);
                match actor {
                    Actor::Create | Actor::CreateWithMail => &[],
                    Actor::Reveal => &["GetItem secret"],
                    Actor::Receipt | Actor::Page if told.is_none() => &["GetItem receipt"],
                    Actor::Burn | Actor::Receipt | Actor::Page => &["GetItem receipt", "GetItem secret"],
                }
            }
            (Step::ReadSecret { .. }, _) => &["GetItem secret"],
            (Step::Unwrap, _) => &["Decrypt "],
            (Step::Mail, _) => &["SendEmail "],
            (Step::Check, _) => &[],
            _ => panic!("{step:?} {how:?} cannot be played"),
        };
        for call in calls {
            self.faults[&at].let_pass(&named(call), fault).await;
        }
    }

    fn begin(&mut self, at: usize, now: UnixTime) {
        // Each request has an environment of its own.
        let service = self.stage.service();
        service.faults.hold(|call| {
            is_of_the_model(call) || ["Decrypt", "SendEmail"].contains(&call.operation.as_str())
        });
        self.faults.insert(at, service.faults.clone());
        let request = self.request(at);
        let answer = async move { Box::pin(service.answer(&request, now)).await };
        self.requests.insert(at, tokio::spawn(answer));
    }
}

/// A call by the name that it has in tests.
fn named(call: &str) -> Call {
    let (operation, subject) = call.split_once(' ').unwrap();
    Call { operation: operation.to_owned(), subject: subject.to_owned() }
}

/// Is it the same event, whatever is told and found?
fn is_like(one: &Event, other: &Event) -> bool {
    match (one, other) {
        (Event::Step(at, step, write, how, _), Event::Step(at_2, step_2, write_2, how_2, _)) => {
            let same_step = std::mem::discriminant(step) == std::mem::discriminant(step_2);
            (at, write, how) == (at_2, write_2, how_2) && (same_step || write.is_some())
        }
        _ => one == other,
    }
}

/// Plays what a mutation breaks a promise by, as far as it can happen without it; and
/// then on until all that has begun is over.
async fn play(protocol: &Protocol, trace: &[Event]) {
    let mut play = Play::new(protocol.scenario, trace).await;
    let mut state = protocol.start();
    let mut rest = trace.iter();
    let mut played = 0;
    loop {
        let mut next = Vec::new();
        protocol.next(&state, &mut next);
        let event = rest.next();
        let is_the_next = |possible: &Event| match (event, possible) {
            (Some(event), _) => is_like(event, possible),
            (None, Event::Step(at, Step::Check, _, how, _)) => {
                play.passphrases.contains_key(at) == (*how == How::Wrong)
            }
            (None, Event::Step(_, step, _, how, _)) => *step != Step::Begin && *how == How::Well,
            (None, _) => false,
        };
        let found = next.iter().find(|(possible, _)| is_the_next(possible));
        if event.is_none() && found.is_none() {
            assert!(2 * played >= trace.len(), "too little of {trace:#?} is possible");
            return;
        }
        // What is not possible: TTL is not due yet, or a process is over already.
        let Some((event, after)) = found else { continue };
        let happened = tokio::time::timeout(PATIENCE, play.happen(*event, after)).await;
        assert!(happened.is_ok(), "the code does not get to {event:?} of {trace:#?}");
        assert_eq!(play.rows(&after.rows).await, after.rows, "after {event:?} of {trace:#?}");
        state = *after;
        played += 1;
    }
}

/// Where a mutation breaks a promise, the code does what the model does without it. And
/// it breaks what is accepted, as the model says.
#[test]
fn the_code_goes_the_ways_on_which_mutations_are_found() {
    let unmutated = FOUND.map(|(_, scenario, _)| Protocol::new(scenario, None));
    let accepted = ACCEPTED.map(|(mutation, scenario, _)| Protocol::new(scenario, Some(mutation)));
    std::thread::scope(|scope| {
        for (protocol, found) in unmutated.into_iter().chain(accepted).zip(&*FINDINGS) {
            let (_, trace) = found.violation.as_ref().unwrap();
            in_paused_time(scope, async move || play(&protocol, trace).await);
        }
    });
}
