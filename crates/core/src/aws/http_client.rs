//! The HTTP client under the SDK: hyper's pool of connections, HTTP/1.1, rustls.
//!
//! The SDK's own client does the same, and also supports HTTP/2 and proxies. AWS needs
//! neither, and both add to the size and start-up time of every function. This module
//! only connects the SDK to the same libraries. The SDK decides which failures to
//! retry, by the kinds that [`connector_error`] gives them.

use crate::time::since_epoch;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use hyper::Uri;
use hyper::rt::{Sleep, Timer};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::error::Elapsed;
use tower_service::Service;

/// Maximum number of idle connections per host. A creation makes this many writes in
/// parallel. It is less than the number of the SDK's attempts: if all idle connections
/// have died unnoticed, one attempt is left for a new one.
const MAX_IDLE: usize = 3;
/// Maximum idle time of a connection, in wall-clock time. AWS closes its side after a
/// minute or more.
const MAX_IDLE_TIME: Duration = Duration::from_secs(45);

/// A client for all services, so that they share one TLS configuration and, per host,
/// connections. It trusts the given roots and no others.
pub(crate) fn http_client(roots: RootCertStore) -> SharedHttpClient {
    http_client_at(roots, since_epoch)
}

/// As [`http_client`], with a clock that returns the time since 1970.
fn http_client_at(roots: RootCertStore, clock: fn() -> Duration) -> SharedHttpClient {
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider has suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    SharedHttpClient::new(Client { tls, timer: WallTimer::new(clock), pools: Mutex::default() })
}

#[derive(Debug)]
struct Client {
    tls: ClientConfig,
    timer: WallTimer,
    /// One connector per pair of time-outs. Our services share one pair; only some
    /// sources of credentials use others.
    pools: Mutex<Vec<(TimeOuts, SharedHttpConnector)>>,
}

/// Time-outs to connect, and to receive the head of the response.
type TimeOuts = (Option<Duration>, Option<Duration>);

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let time_outs = (settings.connect_timeout(), settings.read_timeout());
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pool)) = pools.iter().find(|(theirs, _)| *theirs == time_outs) {
            return pool.clone();
        }
        let pool = SharedHttpConnector::new(Pool::new(&self.tls, self.timer, time_outs));
        pools.push((time_outs, pool.clone()));
        pool
    }
}

#[derive(Debug)]
struct Pool {
    client: legacy::Client<Connector, SdkBody>,
    read_timeout: Option<Duration>,
}

impl Pool {
    fn new(tls: &ClientConfig, timer: WallTimer, (connect_timeout, read_timeout): TimeOuts) -> Self {
        let mut tcp = legacy::connect::HttpConnector::new();
        // TLS is the next layer's task; an emulator may do without.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls.clone())
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let connector = Connector { https, connect_timeout };
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(MAX_IDLE)
            .pool_idle_timeout(MAX_IDLE_TIME)
            .pool_timer(timer)
            .build(connector);
        Self { client, read_timeout }
    }
}

impl HttpConnector for Pool {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        // After a transient fault the SDK poisons the connection, so that the next attempt
        // does not reuse it.
        let connection = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&connection));
        }
        let answer = self.client.request(request);
        let read_timeout = self.read_timeout;
        HttpConnectorFuture::new(async move {
            let answered = within(read_timeout, answer).await;
            let answered = answered.map_err(|elapsed| ConnectorError::timeout(elapsed.into()))?;
            let response = answered.map_err(connector_error)?;
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Clock by which the pool measures idle time. The clock under [`Instant`] may stop
/// while an execution environment is frozen, and connections die unnoticed meanwhile.
/// This clock follows the wall clock instead.
#[derive(Clone, Copy, Debug)]
struct WallTimer {
    clock: fn() -> Duration,
    started: Instant,
    started_since_epoch: Duration,
}

impl WallTimer {
    fn new(clock: fn() -> Duration) -> Self {
        Self { clock, started: TokioTimer::new().now(), started_since_epoch: clock() }
    }
}

impl Timer for WallTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        TokioTimer::new().sleep(duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(deadline.saturating_duration_since(self.now()))
    }

    fn now(&self) -> Instant {
        let by_the_wall = self.started + (self.clock)().saturating_sub(self.started_since_epoch);
        // If the wall clock was set back, this clock must not stop.
        by_the_wall.max(TokioTimer::new().now())
    }
}

/// Opens connections. Name lookup, TCP and TLS together must finish within the
/// time-out.
#[derive(Clone)]
struct Connector {
    https: HttpsConnector<legacy::connect::HttpConnector>,
    connect_timeout: Option<Duration>,
}

impl Service<Uri> for Connector {
    type Response = <HttpsConnector<legacy::connect::HttpConnector> as Service<Uri>>::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = within(self.connect_timeout, self.https.call(uri));
        Box::pin(async { connecting.await? })
    }
}

/// Runs a future with an optional time limit; `Elapsed` if the limit has passed.
async fn within<F: Future>(limit: Option<Duration>, future: F) -> Result<F::Output, Elapsed> {
    match limit {
        None => Ok(future.await),
        Some(limit) => tokio::time::timeout(limit, future).await,
    }
}

/// Metadata of the request's connection; `None` if it never had one.
fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    connection.connection_metadata().as_ref()?;
    let connection = connection.clone();
    let poison = move || {
        if let Some(connected) = connection.connection_metadata().as_ref() {
            connected.poison();
        }
    };
    Some(ConnectionMetadata::builder().proxied(false).poison_fn(poison).build())
}

/// Classifies a failure for the SDK, which retries time-outs, I/O errors and errors
/// marked as transient.
fn connector_error(error: legacy::Error) -> ConnectorError {
    if cause::<Elapsed>(&error).is_some() {
        return ConnectorError::timeout(error.into());
    }
    let hyper = cause::<hyper::Error>(&error);
    if hyper.is_some_and(hyper::Error::is_user) {
        ConnectorError::user(error.into())
    } else if hyper.is_some_and(hyper::Error::is_incomplete_message) {
        // The other side closed the connection before or during its response.
        ConnectorError::other(error.into(), Some(ErrorKind::TransientError))
    } else if error.is_connect()
        || hyper.is_some_and(|error| error.is_closed() || error.is_canceled())
        || cause::<io::Error>(&error).is_some()
    {
        ConnectorError::io(error.into())
    } else {
        ConnectorError::other(error.into(), None)
    }
}

/// The first error of type `E` in the chain of causes.
fn cause<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(<dyn StdError>::downcast_ref)
}

#[cfg(test)]
mod tests;
