//! The listener.

use crate::cors::Cors;
use crate::gateway;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use readonce_core::call::Call;
use readonce_core::time::UnixTime;
use readonce_http::gateway::failure;
use readonce_http::gateway::function::{self, Function};
use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::task::TaskTracker;

/// Maximum duration of receiving a client's headers.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum wait for a client to read more of its answers.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Larger than the gateway's limit, so that the refusal of somewhat too much is
/// the gateway's; of more, and of more than a hundred headers, it is hyper's.
const HEADER_BUFFER_BYTES: usize = 64 * 1024;
/// Connections at once, at most: less than the files that a process may usually
/// have open. More of them wait in the system's queue.
pub const CONNECTIONS: usize = 512;
/// Between two attempts to accept a connection when the system refuses.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// At the end, the wait for clients to read their answers, in addition to a call's
/// time.
const STOP_GRACE: Duration = Duration::from_secs(5);
/// The part of a call's time that is reserved for sending the answer, as on
/// Lambda.
const ANSWER_RESERVE: Duration = Duration::from_secs(1);

/// Tells a request what time it is.
pub type Clock = Arc<dyn Fn() -> UnixTime + Send + Sync>;

/// The HTTP server.
pub struct Server<F> {
    /// The functions behind it.
    pub function: Arc<F>,
    /// The time for them.
    pub clock: Clock,
    /// Maximum duration of one call.
    pub call_timeout: Duration,
    /// The origins whose pages may call it.
    pub cors: Cors,
    /// Maximum number of connections at once.
    pub connections: usize,
}

impl<F: Function + 'static> Server<F> {
    /// Serves until `stop` is done, then finishes the requests that are
    /// running.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let server = Arc::new(self);
        let cold = Arc::new(AtomicBool::new(true));
        let connections = GracefulShutdown::new();
        let calls = TaskTracker::new();
        let places = Arc::new(Semaphore::new(server.connections));
        let mut stop = std::pin::pin!(stop);
        loop {
            let accept = async {
                let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes it");
                (place, listener.accept().await)
            };
            let (place, accepted) = tokio::select! {
                accepted = accept => accepted,
                () = &mut stop => break,
            };
            let Ok((stream, client)) = accepted else {
                // Out of file descriptors, say: others are served meanwhile.
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            // Where places are scarce, none is kept for a client that may ask again.
            let keep_alive = places.available_permits() >= server.connections / 2;
            // Answers are small; waiting to fill a packet only costs time.
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(WRITE_TIMEOUT));
            let (server, cold, calls) = (Arc::clone(&server), Arc::clone(&cold), calls.clone());
            let place = Arc::new(place);
            let calls_place = Arc::clone(&place);
            let service = service_fn(move |request| {
                let (server, cold, place) =
                    (Arc::clone(&server), Arc::clone(&cold), Arc::clone(&calls_place));
                // On a task of its own: Lambda finishes a call whose client has
                // hung up, and so a creation is not left half done here either.
                let call = calls.spawn(async move {
                    let response = server.call(request, client.ip(), &cold).await;
                    drop(place);
                    response
                });
                async move {
                    Ok::<_, Infallible>(
                        call.await.unwrap_or_else(|_| gateway::response(&failure::panicked())),
                    )
                }
            });
            let connection = http1::Builder::new()
                .keep_alive(keep_alive)
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIMEOUT)
                .max_buf_size(HEADER_BUFFER_BYTES)
                .serve_connection(TokioIo::new(Box::pin(stream)), service);
            let connection = connections.watch(connection);
            tokio::spawn(async move {
                // A client that hangs up is no news.
                let _ = connection.await;
                drop(place);
            });
        }
        drop(listener);
        calls.close();
        let finished = async {
            connections.shutdown().await;
            calls.wait().await;
        };
        // A client that does not read its answer must not keep us for ever.
        let _ = tokio::time::timeout(server.call_timeout + STOP_GRACE, finished).await;
    }

    async fn call(
        &self,
        request: Request<Incoming>,
        client: IpAddr,
        cold: &AtomicBool,
    ) -> Response<Full<Bytes>> {
        if let Some(response) = self.cors.preflight(&request) {
            return response;
        }
        let origin = self.cors.allowed(&request);
        let mut response = match gateway::event(request, client).await {
            Err(refusal) => refusal,
            Ok(event) => {
                let call = Call::new((self.clock)(), self.call_timeout.saturating_sub(ANSWER_RESERVE));
                let cold = cold.swap(false, Ordering::Relaxed);
                let reply = function::handle(&*self.function, event, call, cold).await;
                gateway::response(&reply)
            }
        };
        if let Some(origin) = origin {
            self.cors.open_to(origin, &mut response);
        }
        response
    }
}
