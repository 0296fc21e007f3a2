//! A Runtime API (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>)
//! that records when its function requests events and when it answers them.

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

/// Longer than any call or start may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// Each event is answered before the next is delivered, so all share one id.
const REQUEST_ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// A Runtime API that serves one function.
pub struct RuntimeApi {
    /// Address of its listener.
    pub address: SocketAddr,
    events: mpsc::UnboundedSender<Value>,
    seen: mpsc::UnboundedReceiver<Seen>,
}

/// A request of the function.
enum Seen {
    /// It requested an event.
    Ready(Instant),
    /// It received an event.
    Handed(Instant),
    /// It answered.
    Answered(Instant, Bytes),
}

/// The times and the answer of one event.
pub struct Answered {
    /// Time at which the function received the event.
    pub began: Instant,
    /// Time at which its answer arrived.
    pub ended: Instant,
    /// The answer as JSON.
    pub answer: Value,
}

impl RuntimeApi {
    /// Starts a Runtime API on loopback.
    ///
    /// # Errors
    /// No free port.
    pub async fn start() -> crate::Result<Self> {
        let (events, waiting) = mpsc::unbounded_channel();
        let (sender, seen) = mpsc::unbounded_channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let answer = move |request| answer(request, Arc::clone(&waiting), sender.clone());
        let address = loopback::listen(None, answer).await?;
        Ok(Self { address, events, seen })
    }

    /// Waits until the function requests an event, and returns the time of the request.
    ///
    /// # Errors
    /// It makes no request in time.
    pub async fn ready(&mut self) -> crate::Result<Instant> {
        match self.next().await? {
            Seen::Ready(at) => Ok(at),
            _ => Err("the function did not ask for an event".into()),
        }
    }

    /// Sends an event to a function that is ready, and waits for its answer and its
    /// next request.
    ///
    /// # Errors
    /// It does not answer in time.
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
            // The receiver is gone if a measurement has failed.
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
