//! The network between the functions and AWS: what becomes of each call.

use crate::dice::Dice;
use crate::history::{Call, Outcome, What};
use crate::world::{FaultId, Flight, REQUEST, World};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http::HeaderMap;
use readonce_tests::wire::Sent;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};
use winterbaume_core::{MockRequest, MockResponse};

/// AWS takes a signature for so many seconds, before and after.
const SIGNATURE_SECONDS: i64 = 300;
/// An answer that takes this long counts as a fault: the SDK gives up an attempt at
/// DynamoDB after a second.
const SLOW: Duration = Duration::from_millis(900);

/// How a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Works,
    /// The connection breaks before AWS has the request.
    Refused,
    /// Neither AWS nor the caller ever hears of it.
    Silent,
    /// AWS has an error of its own.
    ServerError,
    Throttled,
    Denied,
    Conflict,
    /// It is carried out, and the connection breaks before its answer.
    AnswerLost,
    /// It is carried out, and its answer is cut.
    AnswerCut,
    /// The connection breaks at once, and it is carried out later all the same.
    Late,
}

/// What becomes of one call.
#[derive(Debug)]
struct Fate {
    kind: Kind,
    /// Until AWS carries it out.
    to: Duration,
    /// Until its answer is back.
    back: Duration,
    /// How much later it is carried out once more.
    again: Option<Duration>,
}

impl Fate {
    /// Whether the SDK, or the loop around a write that ends a secret, gets over it.
    fn passes(&self) -> bool {
        !matches!(self.kind, Kind::Denied | Kind::Conflict | Kind::AnswerCut)
    }

    fn is_fault(&self) -> bool {
        self.kind != Kind::Works || self.to + self.back >= SLOW || self.again.is_some()
    }
}

fn drawn(world: &World, flight: &Flight, number: usize, call: &Call) -> Fate {
    let (request, percent, favourite) = (flight.request, flight.percent(number), flight.weather.favourite);
    let mut dice = Dice::of(&[world.plan.seed, 2, request as u64, number as u64]);
    let soon = Duration::from_millis(12);
    let healthy = Fate { kind: Kind::Works, to: dice.up_to(soon), back: dice.up_to(soon), again: None };
    if !dice.percent(percent) || !world.happens(FaultId::Call(request, number)) {
        return healthy;
    }
    let writes = call.name.writes();
    let changed = u64::from(writes);
    // SES refuses a mail for reasons that lie with its recipient.
    let denied = if call.is("SendEmail") { 60 } else { 8 };
    let mut kinds = [
        (30, Kind::Works),
        (8, Kind::Refused),
        (8, Kind::Silent),
        (6, Kind::ServerError),
        (6, Kind::Throttled),
        (denied, Kind::Denied),
        (2, Kind::Conflict),
        (18, Kind::AnswerLost),
        (5, Kind::AnswerCut),
        (14 * changed, Kind::Late),
    ];
    // An outage fails most calls in the same way.
    let last = kinds.len() - 1;
    kinds[favourite.min(last)].0 *= if favourite <= last { 20 } else { 1 };
    let kind = dice.weighted(&kinds);
    match kind {
        Kind::Works if writes && dice.percent(35) => Fate { again: Some(dice.latency()), ..healthy },
        Kind::Works if dice.percent(50) => Fate { to: dice.latency(), ..healthy },
        Kind::Works => Fate { back: dice.latency(), ..healthy },
        Kind::Late => Fate { kind, to: dice.latency(), ..healthy },
        kind => Fate { kind, ..healthy },
    }
}

/// The HTTP client under the SDK.
#[derive(Clone)]
pub(crate) struct Network(pub(crate) Arc<World>);

impl std::fmt::Debug for Network {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Network")
    }
}

impl HttpClient for Network {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let world = Arc::clone(&self.0);
        // Without a request: the simulator's own, which never fails.
        let Ok(flight) = REQUEST.try_with(Arc::clone) else {
            return HttpConnectorFuture::new(async move { Ok(response(&world.ask(&mock(&request)).await)) });
        };
        let mock = mock(&request);
        let number = flight.calls.fetch_add(1, Ordering::Relaxed);
        let call = world.name(Sent::now(&request), flight.creates);
        let fate = drawn(&world, &flight, number, &call);
        let left = flight.deadline.get().map(|end| end.saturating_duration_since(Instant::now()));
        let place = if call.is("SendEmail") { "a mail" } else { "a call to AWS" };
        world.keep(flight.request, place, &String::from_utf8_lossy(&mock.body));
        let fault = fate.is_fault().then(|| format!("{fate:?}"));
        let sent = What::Sent { number, call: call.clone(), left, fault, passes: fate.passes() };
        world.record(Some(flight.request), sent);
        let signed_at = world.clock(flight.ahead);
        let carry_out = move |again: bool| {
            let (world, mock, call) = (Arc::clone(&world), mock.clone(), call.clone());
            let request = flight.request;
            async move {
                let age = world.clock(0) - signed_at;
                let (outcome, answer) = if age.abs() > SIGNATURE_SECONDS {
                    (Outcome::Unsigned, error(400, "InvalidSignatureException"))
                } else {
                    world.carry_out(mock, &call).await
                };
                world.record(Some(request), What::CarriedOut { number, call, outcome, again });
                answer
            }
        };
        HttpConnectorFuture::new(go(fate, service_of(&request), carry_out))
    }
}

async fn go<F>(
    fate: Fate,
    service: &'static str,
    carry_out: impl Fn(bool) -> F + Send + 'static,
) -> Result<HttpResponse, ConnectorError>
where
    F: Future<Output = MockResponse> + Send + 'static,
{
    let code = match (fate.kind, service) {
        (Kind::ServerError, _) => Some((500, "InternalServerError")),
        (Kind::Throttled, _) => Some((400, "ThrottlingException")),
        (Kind::Denied, "ses") => Some((400, "MessageRejected")),
        (Kind::Denied, _) => Some((400, "AccessDeniedException")),
        (Kind::Conflict, "ses") => Some((409, "ConflictException")),
        (Kind::Conflict, "kms") => Some((400, "KMSInvalidStateException")),
        (Kind::Conflict, _) => Some((400, "TransactionConflictException")),
        _ => None,
    };
    if let Some((status, code)) = code {
        sleep(fate.to + fate.back).await;
        return Ok(response(&error(status, code)));
    }
    if fate.kind == Kind::Silent {
        return std::future::pending().await;
    }
    if fate.kind == Kind::Refused {
        sleep(fate.to).await;
        return Err(broken());
    }
    // On a task of its own: what is on its way is carried out even if nobody waits.
    let (tell, answered) = oneshot::channel();
    let (to, back, again) = (fate.to, fate.back, fate.again);
    tokio::spawn(async move {
        sleep(to).await;
        let answer = carry_out(false).await;
        if let Some(after) = again {
            tokio::spawn(async move {
                sleep(after).await;
                carry_out(true).await;
            });
        }
        sleep(back).await;
        tell.send(answer).ok();
    });
    match fate.kind {
        Kind::Late => {
            sleep(back).await;
            Err(broken())
        }
        Kind::AnswerLost => Err(answered.await.map_or_else(|_| broken(), |_| broken())),
        Kind::AnswerCut => {
            answered.await.ok();
            let cut = SdkBody::from("{\"Item");
            Ok(HttpResponse::new(200.try_into().expect("a status"), cut))
        }
        _ => answered.await.map(|answer| response(&answer)).map_err(|_| broken()),
    }
}

fn broken() -> ConnectorError {
    ConnectorError::io(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into())
}

fn error(status: u16, code: &str) -> MockResponse {
    let mut response = MockResponse::json(status, format!("{{\"__type\":\"com.amazonaws#{code}\"}}"));
    response.headers.insert("x-amzn-errortype", code.parse().expect("a code is ASCII"));
    response
}

/// Without the emulators' random request ids, which would get into the log.
fn response(answer: &MockResponse) -> HttpResponse {
    let status = answer.status.try_into().expect("a status");
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body.as_ref()));
    if let Some(code) = answer.headers.get("x-amzn-errortype").and_then(|code| code.to_str().ok()) {
        response.headers_mut().insert("x-amzn-errortype", code.to_owned());
    }
    response
}

/// The request as the emulators take it: without the region of its environment, since
/// the embedded KMS has its key in one region.
fn mock(request: &HttpRequest) -> MockRequest {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let mut headers = HeaderMap::new();
    headers.insert("x-amz-target", target.parse().expect("a target is ASCII"));
    MockRequest {
        method: request.method().to_owned(),
        uri: if target.is_empty() {
            "https://email.us-east-1.amazonaws.com/v2/email/outbound-emails".to_owned()
        } else {
            format!("https://{}.us-east-1.amazonaws.com/", service_of(request))
        },
        headers,
        body: request.body().bytes().expect("the bodies of requests are in memory").to_vec().into(),
    }
}

/// The service that a request is for.
fn service_of(request: &HttpRequest) -> &'static str {
    match request.headers().get("x-amz-target").unwrap_or_default() {
        target if target.starts_with("DynamoDB") => "dynamodb",
        target if target.starts_with("Trent") => "kms",
        _ => "ses",
    }
}
