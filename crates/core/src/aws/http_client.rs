//! The HTTP client under the SDK: hyper's pool of connections, HTTP/1.1, rustls.
//!
//! The SDK brings a client that does the same and also speaks HTTP/2 and to
//! proxies. AWS asks for neither, and they are a part of every function's size
//! and start; what is here only translates between the SDK and the same
//! libraries. Which failures are worth another attempt is the SDK's to decide, by
//! the kinds that [`connector_error`] gives them.

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

/// Idle connections that are kept to each host. As many as the writes that a
/// creation makes side by side, and fewer than the SDK's attempts: if all of them
/// have died unnoticed, there is still an attempt left for a new one.
const MAX_IDLE: usize = 3;
/// How long a connection may have been idle to be used again, in wall time. AWS
/// closes its own side after a minute or more.
const MAX_IDLE_TIME: Duration = Duration::from_secs(45);

/// A client for all services, so that they share one TLS set-up and, where they
/// share a host, connections. It trusts whoever these roots vouch for.
pub(crate) fn http_client(roots: RootCertStore) -> SharedHttpClient {
    http_client_at(roots, since_epoch)
}

/// The same, by a clock that tells how long it is since 1970.
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
    /// One for each pair of time-outs that a service asks for: ours all have the
    /// same, only some sources of credentials have others.
    pools: Mutex<Vec<(TimeOuts, SharedHttpConnector)>>,
}

/// To connect, and until the head of an answer is there.
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
        // TLS is the next layer's; an emulator may do without.
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
        // The SDK has a connection that brought a passing fault thrown away, not
        // kept for the next attempt.
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

/// By which the pool tells how long a connection has been idle. The clock under
/// [`Instant`] may stand still while an execution environment is frozen, and then
/// connections die unnoticed; so this one goes on with the wall clock.
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
        // A wall clock that was set back must not stop this one.
        by_the_wall.max(TokioTimer::new().now())
    }
}

/// Makes connections, and waits for name, connection and TLS together no longer than
/// it was told to.
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

/// What a future gives, or that there was a limit and it did not keep it.
async fn within<F: Future>(limit: Option<Duration>, future: F) -> Result<F::Output, Elapsed> {
    match limit {
        None => Ok(future.await),
        Some(limit) => tokio::time::timeout(limit, future).await,
    }
}

/// Of the connection that the request went over, if it had one already.
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

/// What the SDK should make of a failure: it tries again after time-outs, after
/// faults of the connection, and where it is told that a fault passes.
fn connector_error(error: legacy::Error) -> ConnectorError {
    if cause::<Elapsed>(&error).is_some() {
        return ConnectorError::timeout(error.into());
    }
    let hyper = cause::<hyper::Error>(&error);
    if hyper.is_some_and(hyper::Error::is_user) {
        ConnectorError::user(error.into())
    } else if hyper.is_some_and(hyper::Error::is_incomplete_message) {
        // The other side hung up in the middle of an answer, or before it.
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

/// The first of this type in the chain of causes.
fn cause<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(<dyn StdError>::downcast_ref)
}

#[cfg(test)]
mod tests;
