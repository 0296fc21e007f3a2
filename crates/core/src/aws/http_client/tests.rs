//! The client against misbehaving servers.

use super::*;
use crate::aws::config::AwsConfig;
use crate::aws::roots::TrustedRoots;
use aws_sdk_dynamodb::Client as DynamoDb;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use futures_util::future::join_all;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::cell::Cell;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Barrier, mpsc};
use tokio_rustls::TlsAcceptor;

/// Connections that are made at once, one more than the SDK has attempts.
const AT_ONCE: usize = 6;

thread_local! {
    /// Offset of this thread's wall clock.
    static JUMPED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

fn wall_clock() -> Duration {
    since_epoch() + JUMPED.get()
}

/// The server's reaction to a request that it has read.
#[derive(Clone, Copy)]
enum Act {
    Answer,
    /// Answers once there are [`AT_ONCE`] such requests.
    AnswerAllAtOnce,
    AnswerThenHangUp,
    /// Answers with an internal error and keeps the connection.
    Fail,
    HangUp,
    /// Closes the connection in the middle of the head.
    CutHead,
    /// Closes the connection in the middle of the body.
    CutBody,
    NotHttp,
    Wait,
}

/// A server that reacts in a given way to each of its first requests, on any connection,
/// and answers all later ones.
struct Server {
    address: SocketAddr,
    connections: mpsc::UnboundedReceiver<usize>,
    /// Number of connections that were opened, and of those that are dead.
    made: Arc<AtomicUsize>,
    dead: Arc<AtomicUsize>,
}

impl Server {
    async fn start(acts: Vec<Act>) -> Self {
        Self::start_behind(None, acts).await
    }

    async fn start_behind(tls: Option<TlsAcceptor>, acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acts = Arc::new(Mutex::new(acts.into_iter()));
        let (sender, connections) = mpsc::unbounded_channel();
        let (made, dead) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let barrier = Arc::new(Barrier::new(AT_ONCE));
        let server = Self { address, connections, made: made.clone(), dead: dead.clone() };
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let number = made.fetch_add(1, Ordering::Relaxed);
                let (acts, sender, tls) = (acts.clone(), sender.clone(), tls.clone());
                let (dead, barrier) = (dead.clone(), barrier.clone());
                let next_act = move || {
                    sender.send(number).unwrap();
                    let is_dead = number < dead.load(Ordering::Relaxed);
                    if is_dead { Act::Wait } else { acts.lock().unwrap().next().unwrap_or(Act::Answer) }
                };
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, next_act, &barrier).await,
                        Some(tls) => serve(tls.accept(stream).await?, next_act, &barrier).await,
                    }
                });
            }
        });
        server
    }

    /// Makes the connections so far go silent, without closing them.
    fn lose_connections(&self) {
        self.dead.store(self.made.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Returns the connection's number for each request so far, and forgets them.
    fn connections(&mut self) -> Vec<usize> {
        std::iter::from_fn(|| self.connections.try_recv().ok()).collect()
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    next_act: impl Fn() -> Act,
    barrier: &Barrier,
) -> io::Result<()> {
    const ANSWER: &str =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}";
    let mut buffer = [0; 8192];
    // The requests are small enough to come at once.
    while stream.read(&mut buffer).await? > 0 {
        let (answer, then_hang_up) = match next_act() {
            Act::Answer => (ANSWER, false),
            Act::AnswerAllAtOnce => {
                barrier.wait().await;
                (ANSWER, false)
            }
            Act::AnswerThenHangUp => (ANSWER, true),
            Act::Fail => ("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n{}", false),
            Act::HangUp => ("", true),
            Act::CutHead => (&ANSWER[..20], true),
            Act::CutBody => (&ANSWER[..ANSWER.len() - 1], true),
            Act::NotHttp => ("SSH-2.0-server\r\n", true),
            Act::Wait => std::future::pending().await,
        };
        stream.write_all(answer.as_bytes()).await?;
        if then_hang_up {
            break;
        }
    }
    stream.shutdown().await
}

fn dynamodb(endpoint: String, roots: RootCertStore, timeouts: TimeoutConfig) -> DynamoDb {
    let retries = RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1));
    let aws = AwsConfig::with_http_client(http_client_at(roots, wall_clock));
    let config = aws
        .dynamodb
        .to_builder()
        .retry_config(retries)
        .timeout_config(timeouts)
        .endpoint_url(endpoint)
        .build();
    DynamoDb::new(&config)
}

/// Without TLS and time-outs.
fn plain(address: SocketAddr) -> DynamoDb {
    plain_within(TimeoutConfig::disabled(), address)
}

/// Without TLS.
fn plain_within(timeouts: TimeoutConfig, address: SocketAddr) -> DynamoDb {
    dynamodb(format!("http://{address}"), RootCertStore::empty(), timeouts)
}

async fn get(client: &DynamoDb) -> Result<(), SdkError<GetItemError>> {
    let call = client.get_item().table_name("table").key("pk", AttributeValue::S("k".to_owned()));
    let answer = tokio::time::timeout(Duration::from_mins(1), call.send()).await;
    answer.expect("an end within a minute").map(drop)
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    let mut server = Server::start(vec![]).await;
    let client = plain(server.address);
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(server.connections(), [0, 0, 0]);
}

#[tokio::test]
async fn a_closed_connection_is_replaced() {
    let mut server = Server::start(vec![Act::AnswerThenHangUp]).await;
    let client = plain(server.address);
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(server.connections(), [0, 1]);
}

/// Opens parallel connections, which die unnoticed while they are idle.
async fn lose_many(client: &DynamoDb, server: &mut Server) {
    for answered in join_all((0..AT_ONCE).map(|_| get(client))).await {
        answered.unwrap();
    }
    assert_eq!(server.connections().len(), AT_ONCE);
    server.lose_connections();
}

/// As after a freeze, during which tokio's clock may stop.
#[tokio::test]
async fn a_connection_idle_too_long_by_the_wall_clock_is_not_reused() {
    let mut server = Server::start(vec![Act::AnswerAllAtOnce; AT_ONCE]).await;
    let client = plain(server.address);
    lose_many(&client, &mut server).await;
    JUMPED.set(MAX_IDLE_TIME + Duration::from_secs(1));
    get(&client).await.unwrap();
    assert_eq!(server.connections(), [AT_ONCE], "a new one");
    JUMPED.set(JUMPED.get() + MAX_IDLE_TIME / 2);
    get(&client).await.unwrap();
    assert_eq!(server.connections(), [AT_ONCE], "kept for as long as ever");
    JUMPED.set(Duration::ZERO);
    get(&client).await.unwrap();
    assert_eq!(server.connections(), [AT_ONCE], "and so when the clock is set back");
}

#[tokio::test]
async fn connections_that_died_unnoticed_do_not_use_up_all_attempts() {
    let mut server = Server::start(vec![Act::AnswerAllAtOnce; AT_ONCE]).await;
    let endpoint = format!("http://{}", server.address);
    // The retries are the service's own.
    let mut aws = AwsConfig::with_http_client(http_client_at(RootCertStore::empty(), wall_clock));
    aws.dynamodb = aws.dynamodb.to_builder().endpoint_url(endpoint).build();
    let client = aws.dynamodb_client();
    lose_many(&client, &mut server).await;
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(200)).build();
    let soon = aws_sdk_dynamodb::config::Builder::new().timeout_config(timeouts);
    let call = client.get_item().table_name("table").key("pk", AttributeValue::S("k".to_owned()));
    call.customize().config_override(soon).send().await.unwrap();
    let connections = server.connections();
    assert_eq!(connections.len(), MAX_IDLE + 1, "{connections:?}");
    assert_eq!(connections[MAX_IDLE], AT_ONCE, "a new one");
}

#[tokio::test]
async fn after_a_fault_the_next_attempt_has_a_connection_of_its_own() {
    for act in [Act::Fail, Act::HangUp, Act::CutHead, Act::CutBody] {
        let mut server = Server::start(vec![Act::Answer, act]).await;
        let client = plain(server.address);
        get(&client).await.unwrap();
        get(&client).await.unwrap();
        assert_eq!(server.connections(), [0, 0, 1]);
    }
}

#[tokio::test]
async fn a_missing_answer_times_out() {
    type TimeoutsOf = fn(Duration) -> TimeoutConfig;
    let attempt: TimeoutsOf = |long| TimeoutConfig::builder().operation_attempt_timeout(long).build();
    let read: TimeoutsOf = |long| TimeoutConfig::builder().read_timeout(long).build();
    for timeouts in [attempt, read] {
        // Long enough for a second attempt.
        let mut server = Server::start(vec![Act::Wait]).await;
        let client = plain_within(timeouts(Duration::from_secs(2)), server.address);
        get(&client).await.unwrap();
        assert_eq!(server.connections(), [0, 1]);

        let server = Server::start(vec![Act::Wait, Act::Wait]).await;
        let client = plain_within(timeouts(Duration::from_millis(100)), server.address);
        let error = get(&client).await.unwrap_err();
        assert!(timed_out(&error), "{error:?}");
    }
}

#[tokio::test]
async fn a_hanging_tls_handshake_times_out() {
    let server = Server::start(vec![Act::Wait, Act::Wait]).await;
    let timeouts = TimeoutConfig::builder().connect_timeout(Duration::from_millis(100)).build();
    let client = dynamodb(format!("https://{}", server.address), RootCertStore::empty(), timeouts);
    let error = get(&client).await.unwrap_err();
    assert!(timed_out(&error), "{error:?}");
}

fn timed_out(error: &SdkError<GetItemError>) -> bool {
    match error {
        SdkError::TimeoutError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_timeout(),
        _ => false,
    }
}

// Other systems refuse connections that do not fit into the queue.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_hanging_connect_times_out() {
    use tokio::net::{TcpSocket, TcpStream};
    // A listener that accepts nothing, with as many callers in its queue as fit:
    // the next one gets no answer at all.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(connected) =
        tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(address)).await
    {
        queue.push(connected.unwrap());
    }
    let timeouts = TimeoutConfig::builder().connect_timeout(Duration::from_millis(100)).build();
    let client = plain_within(timeouts, address);
    let error = get(&client).await.unwrap_err();
    assert!(timed_out(&error), "{error:?}");
}

#[tokio::test]
async fn a_refused_connection_is_a_fault_of_the_connection() {
    let unused = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = get(&plain(unused)).await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()), "{error:?}");
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_not_retried() {
    let mut server = Server::start(vec![Act::NotHttp]).await;
    let error = get(&plain(server.address)).await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_other()), "{error:?}");
    assert_eq!(server.connections(), [0]);
}

#[tokio::test]
async fn only_certificates_under_the_trusted_roots_are_accepted() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.key_pair.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.clone()], key).unwrap();
    let mut server = Server::start_behind(Some(TlsAcceptor::from(Arc::new(config))), vec![]).await;
    let endpoint = format!("https://localhost:{}", server.address.port());

    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let client = dynamodb(endpoint.clone(), roots.clone(), TimeoutConfig::disabled());
    get(&client).await.unwrap();
    assert_eq!(server.connections().len(), 1);

    // A certificate of another issuer, and one for another name.
    assert_eq!(TrustedRoots::Amazon.certificates().len(), 5);
    for (endpoint, roots) in [
        (endpoint, TrustedRoots::Amazon.certificates()),
        (format!("https://127.0.0.1:{}", server.address.port()), roots),
    ] {
        let client = dynamodb(endpoint, roots, TimeoutConfig::disabled());
        let error = get(&client).await.unwrap_err();
        assert!(format!("{error:?}").contains("InvalidCertificate"), "{error:?}");
        assert!(server.connections().is_empty());
    }
}
