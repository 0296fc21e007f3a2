//! Faults between the SDK and AWS.
//!
//! An HTTP client for the SDK that passes requests on to the embedded AWS, unless a
//! fault is set for the call.

use crate::wire::{Call, Sent};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use readonce_core::aws::config::AwsConfig;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};

/// A way in which a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is refused.
    Refused,
    /// The answer never comes.
    Hangs,
    /// AWS answers with an internal error.
    ServerError,
    /// AWS throttles the call.
    Throttled,
    /// AWS denies access.
    AccessDenied,
    /// AWS is working on the same resource for another caller. DynamoDB reports that
    /// for a transaction, which we do not use; KMS for a key whose state is changing;
    /// SES for a change to its own resources.
    Conflict,
    /// The call is carried out, and its answer is lost.
    AnswerLost,
    /// The call is carried out, and its answer is cut short.
    AnswerCut,
    /// The connection breaks, and the call is carried out only when the test says so;
    /// see [`Faults::carry_out_late`].
    Late,
    /// The call is carried out, and its answer arrives just before the SDK gives the
    /// attempt up.
    Slow,
    /// DynamoDB leaves all rows out of the answer to a batch.
    Unprocessed,
    /// The call is carried out and answered. It is carried out again when the test says
    /// so, as for [`Fault::Late`].
    Twice,
}

impl Fault {
    /// All faults of a single call.
    pub const ALL: [Self; 10] = [
        Self::Refused,
        Self::Hangs,
        Self::ServerError,
        Self::Throttled,
        Self::AccessDenied,
        Self::Conflict,
        Self::AnswerLost,
        Self::AnswerCut,
        Self::Late,
        Self::Slow,
    ];

    /// Whether this fault is possible for that call. Only a write can do harm when it
    /// is carried out late, and reads of DynamoDB never conflict.
    pub fn may_befall(self, call: &Call) -> bool {
        match self {
            Self::Late => call.writes(),
            Self::Conflict => call.writes() || call.subject.is_empty(),
            Self::Unprocessed => call.operation == "BatchGetItem",
            _ => true,
        }
    }
}

/// A period in which every answer is late.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Delay of each answer, in percent of the SDK's time-out per attempt.
    pub percent: u32,
    /// Number of unanswered attempts before the answer, for each call of DynamoDB.
    pub unanswered: usize,
    /// The same for claims, burns and all other writes that end a secret.
    pub unanswered_ends: usize,
    /// The same for KMS.
    pub unanswered_kms: usize,
    /// Whether the unanswered attempts are carried out.
    pub carried_out: bool,
}

impl Weather {
    fn unanswered(&self, call: &Call) -> usize {
        match call.operation.as_str() {
            "SendEmail" => 0,
            "UpdateItem" if call.subject.starts_with("secret (") => self.unanswered_ends,
            _ if call.subject.is_empty() => self.unanswered_kms,
            _ => self.unanswered,
        }
    }
}

/// The delay of the answer to this call, in percent of the SDK's time-out per attempt
/// (crates/core/src/aws/config.rs).
fn lateness(call: &Call, percent: u32) -> Duration {
    let attempt = match call.operation.as_str() {
        "SendEmail" => Duration::from_secs(4),
        _ if call.subject.is_empty() => Duration::from_millis(1_500),
        _ => Duration::from_secs(1),
    };
    attempt * percent / 100
}

static REGIONS: AtomicU32 = AtomicU32::new(1);

/// The faults that are set, and the calls that were made.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    rules: Vec<Rule>,
    weather: Option<Weather>,
    sent: Vec<Sent>,
    late: Vec<(SharedHttpConnector, HttpRequest)>,
    /// The calls that wait until the test lets them pass; `None` for no call.
    gate: Option<fn(&Call) -> bool>,
    waiting: Vec<(Call, Pass)>,
    arrived: Arc<Notify>,
}

/// Lets a waiting call pass, and gives it a sender to report that it was answered.
type Pass = oneshot::Sender<oneshot::Sender<()>>;

#[derive(Debug)]
struct Rule {
    target: Target,
    skip: usize,
    times: usize,
    fault: Fault,
}

/// The calls that a fault applies to.
#[derive(Debug)]
enum Target {
    /// All calls of an operation.
    Operation(&'static str),
    /// Calls with the same operation and subject.
    Call(Call),
}

impl Target {
    fn is(&self, call: &Call) -> bool {
        match self {
            Self::Operation(operation) => call.operation == *operation,
            Self::Call(this) => call == this,
        }
    }
}

impl Faults {
    /// Makes every call of `operation` fail from now on.
    pub fn always(&self, operation: &'static str, fault: Fault) {
        self.set(Target::Operation(operation), 0, usize::MAX, fault);
    }

    /// Makes the next `times` calls of `operation` fail.
    pub fn next(&self, operation: &'static str, times: usize, fault: Fault) {
        self.set(Target::Operation(operation), 0, times, fault);
    }

    /// Lets the first `skip` calls of `operation` pass, and makes the next `times`
    /// fail.
    pub fn after(&self, operation: &'static str, skip: usize, times: usize, fault: Fault) {
        self.set(Target::Operation(operation), skip, times, fault);
    }

    /// Lets the first `skip` calls equal to `call` pass, and makes the next `times`
    /// fail.
    pub fn at(&self, call: &Call, skip: usize, times: usize, fault: Fault) {
        self.set(Target::Call(call.clone()), skip, times, fault);
    }

    /// Delays every answer from now on.
    pub fn turn_slow(&self, weather: Weather) {
        self.state().weather = Some(weather);
    }

    /// Removes all faults and delays.
    pub fn clear(&self) {
        let mut state = self.state();
        state.rules.clear();
        state.weather = None;
    }

    /// Returns the names of the operations called so far and forgets them.
    pub fn take_calls(&self) -> Vec<String> {
        self.take_detailed_calls().into_iter().map(|call| call.operation).collect()
    }

    /// Returns the calls made so far and forgets them.
    pub fn take_detailed_calls(&self) -> Vec<Call> {
        self.take_sent().into_iter().map(|sent| sent.call).collect()
    }

    /// Returns the requests sent so far, with their times, and forgets them.
    pub fn take_sent(&self) -> Vec<Sent> {
        std::mem::take(&mut self.state().sent)
    }

    /// Carries out now what [`Fault::Late`] has held back. Each call of this method
    /// repeats it, as a network may deliver a packet twice.
    pub async fn carry_out_late(&self) {
        let late: Vec<_> = {
            let state = self.state();
            let copy = |(connector, request): &(SharedHttpConnector, HttpRequest)| {
                (connector.clone(), request.try_clone().expect("its body is in memory"))
            };
            state.late.iter().map(copy).collect()
        };
        for (connector, request) in late {
            // The answer is ignored, because nobody waits for it any more.
            let _ = connector.call(request).await;
        }
    }

    /// Makes these calls wait for [`Faults::let_pass`] from now on, so that a test can
    /// choose the order in which calls are carried out.
    pub fn hold(&self, held: fn(&Call) -> bool) {
        self.state().gate = Some(held);
    }

    /// Waits for such a call, lets it pass, and waits for its answer.
    pub async fn let_pass(&self, call: &Call, fault: Option<Fault>) {
        let arrived = Arc::clone(&self.state().arrived);
        loop {
            let waiting = {
                let mut state = self.state();
                // Calls that the SDK has given up meanwhile no longer wait.
                state.waiting.retain(|(_, pass)| !pass.is_closed());
                let place = state.waiting.iter().position(|(waiting, _)| waiting == call);
                place.map(|place| state.waiting.remove(place).1)
            };
            let Some(pass) = waiting else {
                arrived.notified().await;
                continue;
            };
            if let Some(fault) = fault {
                self.at(call, 0, 1, fault);
            }
            let (answered, answer) = oneshot::channel();
            if pass.send(answered).is_ok() {
                // An error means that the caller has gone.
                return answer.await.unwrap_or_default();
            }
        }
    }

    /// Lets all waiting calls pass, and stops holding further ones.
    pub fn let_all_pass(&self) {
        let mut state = self.state();
        state.gate = None;
        for (_, pass) in state.waiting.drain(..) {
            // It does not matter whether it still waits, or when it is answered.
            let _ = pass.send(oneshot::channel().0);
        }
    }

    /// The same AWS, with these faults in front of it.
    pub fn between(&self, aws: &AwsConfig) -> AwsConfig {
        let faulty = |config: &aws_config::SdkConfig| {
            let inner = config.http_client().expect("the embedded AWS brings its HTTP client");
            let client = SharedHttpClient::new(FaultyClient { inner, faults: self.clone() });
            config.to_builder().http_client(client).build()
        };
        // In a process, the SDK's clients of one service and region share a retry quota.
        // Parallel tests must not use up each other's.
        let region = format!("test-{}", REGIONS.fetch_add(1, Ordering::Relaxed));
        let alone = |config: aws_config::SdkConfig| {
            config.into_builder().region(aws_config::Region::new(region.clone())).build()
        };
        AwsConfig {
            dynamodb: alone(faulty(&aws.dynamodb)),
            kms: faulty(&aws.kms),
            ses: alone(faulty(&aws.ses)),
        }
    }

    fn set(&self, target: Target, skip: usize, times: usize, fault: Fault) {
        self.state().rules.push(Rule { target, skip, times, fault });
    }

    /// The permission that a call waits for; `None` if it need not wait.
    fn wait(&self, call: &Call) -> Option<oneshot::Receiver<oneshot::Sender<()>>> {
        let mut state = self.state();
        if !state.gate.is_some_and(|held| held(call)) {
            return None;
        }
        let (pass, passed) = oneshot::channel();
        state.waiting.push((call.clone(), pass));
        state.arrived.notify_one();
        Some(passed)
    }

    fn effect(&self, sent: Sent) -> Effect {
        let mut state = self.state();
        let call = sent.call.clone();
        let before = state.sent.iter().filter(|earlier| earlier.call == call).count();
        state.sent.push(sent);
        if let Some(weather) = state.weather {
            // After this many attempts, one is answered; the next is another call.
            let unanswered = weather.unanswered(&call);
            let is_answered = before % (unanswered + 1) == unanswered;
            return match (is_answered, weather.carried_out) {
                (true, _) => Effect::Slow(lateness(&call, weather.percent)),
                (false, true) => Effect::Slow(Duration::MAX),
                (false, false) => Effect::Fault(Fault::Hangs),
            };
        }
        match state.fault(&call) {
            None => Effect::None,
            Some(Fault::Slow) => Effect::Slow(lateness(&call, JUST_IN_TIME)),
            Some(fault) => Effect::Fault(fault),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Delay of [`Fault::Slow`], in percent of the time-out.
const JUST_IN_TIME: u32 = 95;

/// The effect of a fault on a call.
enum Effect {
    None,
    Fault(Fault),
    /// Carried out at once, and answered after this delay.
    Slow(Duration),
}

impl State {
    fn fault(&mut self, call: &Call) -> Option<Fault> {
        let rule = self.rules.iter_mut().find(|rule| rule.target.is(call) && rule.times > 0)?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        rule.times -= 1;
        Some(rule.fault)
    }
}

#[derive(Debug)]
struct FaultyClient {
    inner: SharedHttpClient,
    faults: Faults,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(FaultyConnector { inner, faults: self.faults.clone() })
    }
}

#[derive(Clone, Debug)]
struct FaultyConnector {
    inner: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let sent = Sent::now(&request);
        let Some(passed) = self.faults.wait(&sent.call) else { return self.pass_on(request, sent) };
        let this = self.clone();
        HttpConnectorFuture::new(async move {
            let Ok(answered) = passed.await else { return Err(refused()) };
            let answer = this.pass_on(request, sent).await;
            // The test may not wait for the answer.
            let _ = answered.send(());
            answer
        })
    }
}

impl FaultyConnector {
    fn pass_on(&self, request: HttpRequest, sent: Sent) -> HttpConnectorFuture {
        let call = sent.call.clone();
        let inner = self.inner.clone();
        let fault = match self.faults.effect(sent) {
            Effect::None => return inner.call(request),
            Effect::Slow(lateness) => {
                return HttpConnectorFuture::new(async move {
                    let answer = inner.call(request).await;
                    tokio::time::sleep(lateness).await;
                    answer
                });
            }
            Effect::Fault(fault) => fault,
        };
        match fault {
            Fault::Refused => HttpConnectorFuture::ready(Err(refused())),
            // Slow calls were handled above.
            Fault::Hangs | Fault::Slow => HttpConnectorFuture::new(std::future::pending()),
            Fault::ServerError => answer(500, "InternalServerError"),
            Fault::Unprocessed => unprocessed(&request),
            Fault::Throttled => answer(400, "ThrottlingException"),
            Fault::AccessDenied => answer(400, "AccessDeniedException"),
            Fault::Conflict => conflict(&call),
            Fault::Late => {
                self.faults.state().late.push((inner, request));
                HttpConnectorFuture::ready(Err(refused()))
            }
            Fault::Twice => {
                let again = request.try_clone().expect("its body is in memory");
                self.faults.state().late.push((inner.clone(), again));
                inner.call(request)
            }
            Fault::AnswerLost => HttpConnectorFuture::new(async move {
                let _ = inner.call(request).await;
                Err(refused())
            }),
            Fault::AnswerCut => HttpConnectorFuture::new(async move {
                let _ = inner.call(request).await;
                Ok(HttpResponse::new(200.try_into().expect("a status"), SdkBody::from("{\"Item")))
            }),
        }
    }
}

/// The error that the call's service uses for a conflict.
fn conflict(call: &Call) -> HttpConnectorFuture {
    match call.operation.as_str() {
        "PutItem" | "UpdateItem" | "DeleteItem" => answer(400, "TransactionConflictException"),
        "SendEmail" => answer(409, "ConflictException"),
        _ => answer(400, "KMSInvalidStateException"),
    }
}

fn refused() -> ConnectorError {
    ConnectorError::io(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into())
}

/// An answer to a batch in which every row is unprocessed.
fn unprocessed(request: &HttpRequest) -> HttpConnectorFuture {
    let asked = request.body().bytes().expect("the body of a DynamoDB request is in memory");
    let asked: serde_json::Value = serde_json::from_slice(asked).expect("it is JSON");
    let body = serde_json::json!({ "Responses": {}, "UnprocessedKeys": asked["RequestItems"] });
    let response = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(body.to_string()));
    HttpConnectorFuture::ready(Ok(response))
}

fn answer(status: u16, code: &str) -> HttpConnectorFuture {
    let body = format!("{{\"__type\":\"com.amazonaws#{code}\",\"message\":\"injected\"}}");
    let mut response = HttpResponse::new(status.try_into().expect("a status"), SdkBody::from(body));
    response.headers_mut().insert("x-amzn-errortype", code.to_owned());
    HttpConnectorFuture::ready(Ok(response))
}
