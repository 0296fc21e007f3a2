//! A Runtime API
//! (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>) that notes
//! when its function asks for events and when it answers them.

use crate::harness::loopback;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::Incoming;
use readonce_tests::lambda::{invocation, plain};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc};

/// Longer than a call or a start may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// One is answered before the next is handed out, so all can have the same.
const REQUEST_ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// Where one function fetches its events.
pub struct RuntimeApi {
    /// Where it listens.
    pub address: SocketAddr,
    events: mpsc::UnboundedSender<Value>,
    seen: mpsc::UnboundedReceiver<Seen>,
}

/// What a function was seen to do.
enum Seen {
    /// It asked for an event.
    Ready(Instant),
    /// It was handed one.
    Handed(Instant),
    /// It answered.
    Answered(Instant, Bytes),
}

/// A function's side of one event.
pub struct Answered {
    /// When it got the event.
    pub began: Instant,
    /// When its answer was there.
    pub ended: Instant,
    /// The answer.
    pub answer: Value,
}

impl RuntimeApi {
    /// A new one.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn start() -> crate::Result<Self> {
        let (events, waiting) = mpsc::unbounded_channel();
        let (sender, seen) = mpsc::unbounded_channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let answer = move |request| answer(request, Arc::clone(&waiting), sender.clone());
        let address = loopback::listen(None, answer).await?;
        Ok(Self { address, events, seen })
    }

    /// Waits until the function asks for an event, and answers with when it did.
    ///
    /// # Errors
    /// It does not.
    pub async fn ready(&mut self) -> crate::Result<Instant> {
        match self.next().await? {
            Seen::Ready(at) => Ok(at),
            _ => Err("the function did not ask for an event".into()),
        }
    }

    /// Hands a function that is ready an event, and waits for its answer and for
    /// it to be ready again.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn invoke(&mut self, event: Value) -> crate::Result<Answered> {
        self.events.send(event)?;
        let Seen::Handed(began) = self.next().await? else { return Err("no event was handed out".into()) };
        let Seen::Answered(ended, body) = self.next().await? else {
            return Err("the function asked for another event before it answered".into());
        };
        self.ready().await?;
        Ok(Answered { began, ended, answer: serde_json::from_slice(&body)? })
    }

    async fn next(&mut self) -> crate::Result<Seen> {
        let seen = tokio::time::timeout(PATIENCE, self.seen.recv()).await;
        seen.ok().flatten().ok_or_else(|| "the function does nothing".into())
    }
}

type Waiting = Arc<Mutex<mpsc::UnboundedReceiver<Value>>>;

async fn answer(
    request: Request<Incoming>,
    waiting: Waiting,
    seen: mpsc::UnboundedSender<Seen>,
) -> Response<Full<Bytes>> {
    let at = Instant::now();
    let (head, body) = request.into_parts();
    let path = head.uri.path().trim_start_matches("/2018-06-01/runtime/").to_owned();
    let segments: Vec<&str> = path.split('/').collect();
    match (&head.method, segments.as_slice()) {
        (&Method::GET, ["invocation", "next"]) => {
            // Nobody listens any more when a measurement has failed.
            let _ = seen.send(Seen::Ready(at));
            let Some(event) = waiting.lock().await.recv().await else { return std::future::pending().await };
            let response = invocation(REQUEST_ID.to_owned(), &event);
            let _ = seen.send(Seen::Handed(Instant::now()));
            response
        }
        (&Method::POST, ["invocation", _, "response" | "error"]) => {
            let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
            let _ = seen.send(Seen::Answered(Instant::now(), body));
            plain(StatusCode::ACCEPTED, Bytes::new())
        }
        _ => plain(StatusCode::NOT_FOUND, Bytes::new()),
    }
}
