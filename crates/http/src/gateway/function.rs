//! Common to all functions: find the route, answer, log.

use crate::gateway::event::Event;
use crate::gateway::failure;
use crate::gateway::reply::Reply;
use crate::routes::{self, Route};
use futures_util::FutureExt as _;
use readonce_core::address::site::{self, Site, SiteRule};
use readonce_core::call::Call;
use readonce_core::limits::network::ClientNetwork;
use readonce_core::{Error, Result};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::time::Instant;

// cargo-lambda chooses `abort` unless the manifest says otherwise.
#[cfg(not(panic = "unwind"))]
compile_error!("a panic in one call must answer 500 and not end the program: build with panic = \"unwind\"");

/// One Lambda function, or all of them in one process.
pub trait Function: Send + Sync {
    /// Whether it serves the routes of the function of this name.
    fn serves(&self, function: &str) -> bool;

    /// Answers a request on one of its routes.
    fn answer(&self, request: Request) -> impl Future<Output = Result<Reply>> + Send;

    /// Answers a request on an unknown path.
    fn not_found(&self, event: &Event) -> Reply {
        failure::no_route(&event.raw_path)
    }

    /// Opens connections and fetches what every request needs, so that the first one
    /// does not wait for it. Failures are ignored.
    fn warm_up(&self, call: Call) -> impl Future<Output = ()> + Send;
}

/// A request on a known route.
pub struct Request {
    /// Row of the route table: endpoint and requirements.
    pub route: &'static Route,
    /// The segment that matched `{key}` in the path, as it was sent; empty if the route
    /// has none.
    pub key: String,
    /// Headers, query and body.
    pub event: Event,
    /// Start and deadline of the call.
    pub call: Call,
}

impl Request {
    /// The client's network, from the address that the gateway saw. Headers are not
    /// used, because a client can forge them.
    pub fn client(&self) -> ClientNetwork {
        ClientNetwork::of(&self.event.request_context.http.source_ip)
    }

    /// The site of the request.
    ///
    /// # Errors
    /// [`Error::IncorrectPayload`] if its host is not valid.
    pub fn site(&self, rule: &SiteRule) -> Result<Site> {
        rule.site(&self.event.request_context.domain_name).ok_or(Error::IncorrectPayload)
    }

    /// The host that received the request, without port.
    pub fn host(&self) -> &str {
        site::split_port(&self.event.request_context.domain_name).0
    }
}

/// Answers any event, and logs one line for it. `cold` marks the first event of the
/// process.
pub async fn handle(function: &impl Function, event: Event, call: Call, cold: bool) -> Reply {
    let start = Instant::now();
    let is_head = event.request_context.http.method == "HEAD";
    let found = routes::find(&event.request_context.http.method, &event.raw_path);
    let (route, mut reply) = match found {
        Some((route, key)) if function.serves(route.function) => {
            let key = key.to_owned();
            let request = Request { route, key: key.clone(), event, call };
            (route.path, answer(function, request, &key).await)
        }
        found => (found.map_or("none", |(route, _)| route.path), function.not_found(&event)),
    };
    if is_head {
        reply.drop_body();
    }
    let duration_ms = milliseconds(start.elapsed());
    tracing::info!(route, status = reply.status, duration_ms, cold, "request");
    reply
}

async fn answer(function: &impl Function, request: Request, key: &str) -> Reply {
    // A panic must fail this request only, and not the parallel ones.
    match AssertUnwindSafe(function.answer(request)).catch_unwind().await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => failure::reply(&error, key),
        Err(_) => {
            tracing::error!("a request panicked");
            failure::panicked()
        }
    }
}

/// With one decimal.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}
