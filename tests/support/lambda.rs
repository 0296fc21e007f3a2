//! Runs a function's own program as Lambda does: it fetches events from a Runtime API
//! (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>), and finds AWS
//! through the SDK's standard endpoint variables.

use crate::outbox::Outbox;
use crate::template::{Stack, is_like};
use crate::wire::leading_keys;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use readonce_core::account::token::ApiToken;
use readonce_core::account::{Account, Caller};
use readonce_core::address::email::EmailAddress;
use readonce_core::call;
use readonce_core::deadline::Deadline;
use readonce_core::limits::network::ClientNetwork;
use readonce_core::limits::{LimitSettings, Limits};
use readonce_core::plan::PlanName;
use readonce_core::receipt::Receipt;
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::secret::keyring::{MasterKey, SealingKeyring};
use readonce_core::secret::passphrase::Passphrase;
use readonce_core::secret::text::SecretText;
use readonce_core::table::Table;
use readonce_core::time::{self, UnixTime};
use readonce_core::verbs::authenticate::{Credentials, authenticate};
use readonce_core::verbs::create::CreatePolicy;
use readonce_core::verbs::create::{CreateApp, CreateOptions, RequestOrigin};
use readonce_core::verbs::share::share;
use readonce_embedded::{EmbeddedAws, aws, template};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot};
use winterbaume_core::{MockRequest, MockService};

/// Longer than any call may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// AWS behind HTTP listeners, for functions in their own processes.
pub struct AwsOverHttp {
    /// The AWS behind the listeners; see [`crate::aws`].
    pub aws: EmbeddedAws,
    /// The mails that functions have sent.
    pub outbox: Outbox,
    endpoints: [SocketAddr; 3],
    accesses: Accesses,
}

/// Actions in the notation of policies (`dynamodb:PutItem`), with the partition keys of
/// each call.
type Accesses = Arc<Mutex<BTreeSet<(String, Vec<String>)>>>;

impl AwsOverHttp {
    /// Starts a new AWS in memory.
    pub async fn start() -> Self {
        let outbox = Outbox::new();
        let aws = crate::aws::start(&outbox).await;
        let [dynamodb, kms, ses] = aws.services();
        let accesses = Accesses::default();
        let mut endpoints = Vec::new();
        for (name, service) in [("dynamodb", dynamodb), ("kms", kms), ("ses", ses)] {
            endpoints.push(listen(recording(name, service, &accesses)).await);
        }
        let endpoints = endpoints.try_into().expect("three services");
        Self { aws, outbox, endpoints, accesses }
    }

    /// The variables by which other programs find it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut environment = self.sdk_environment();
        environment.push(("TABLE_NAME", aws::TABLE.to_owned()));
        environment.push(("KMS_KEY_ID", self.aws.kms_key_id().to_owned()));
        environment.push(("MAIL_SENDER", aws::MAIL_SENDER.to_owned()));
        environment
    }

    /// Compares a role with the calls that were made. It must allow each of them, and
    /// grant nothing that none of them needed.
    pub fn assert_role(&self, stack: &Stack, role: &str) {
        let evaluated = stack.role(role);
        let accesses = self.accesses.lock().unwrap_or_else(PoisonError::into_inner);
        for (action, keys) in accesses.iter() {
            assert!(evaluated.allows(action, keys), "{role} does not allow {action} on {keys:?}");
        }
        for (action, pattern) in evaluated.grants() {
            let needs = |(called, keys): &(String, Vec<String>)| {
                *called == action && (pattern.is_empty() || keys.iter().any(|key| is_like(key, &pattern)))
            };
            assert!(accesses.iter().any(needs), "{role} needs no {action} on {pattern}");
        }
    }

    /// The variables that the SDK itself reads. Lambda sets all except those for
    /// endpoints.
    fn sdk_environment(&self) -> Vec<(&'static str, String)> {
        let [dynamodb, kms, ses] = self.endpoints.map(|address| format!("http://{address}"));
        vec![
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", dynamodb),
            ("AWS_ENDPOINT_URL_KMS", kms),
            ("AWS_ENDPOINT_URL_SESV2", ses),
        ]
    }
}

/// A running function; killed when dropped.
pub struct LambdaProcess {
    child: Child,
    calls: mpsc::UnboundedSender<Call>,
}

/// An event, and the channel for its answer.
struct Call {
    event: Value,
    answer: oneshot::Sender<Value>,
}

impl LambdaProcess {
    /// Starts the program of a function of template.yaml. Its variables are those of a
    /// stack with mail, and `more`.
    pub async fn start(program: &Path, function: &str, aws: &AwsOverHttp, more: &[(&str, &str)]) -> Self {
        let (calls, waiting) = mpsc::unbounded_channel();
        let runtime_api =
            Arc::new(RuntimeApi { waiting: tokio::sync::Mutex::new(waiting), running: Mutex::default() });
        let address = listen(move |request| {
            let runtime_api = Arc::clone(&runtime_api);
            async move { runtime_api.answer(request).await }
        })
        .await;
        let mut command = Command::new(program);
        let stack = Stack::new(&[("MailSender", aws::MAIL_SENDER)])
            .with("Table", aws::TABLE)
            .with("Key.Arn", aws.aws.kms_key_id());
        command
            .env_clear()
            .envs(aws.sdk_environment())
            .envs(stack.environment(function))
            .envs(more.iter().copied());
        command.envs([
            ("AWS_LAMBDA_RUNTIME_API", address.to_string().as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "function"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
        ]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        Self { child: command.spawn().expect("the program starts"), calls }
    }

    /// Sends an event and waits for the function's answer.
    pub async fn invoke(&self, event: Value) -> Value {
        let (answer, answered) = oneshot::channel();
        assert!(self.calls.send(Call { event, answer }).is_ok(), "the Runtime API is there");
        let answered = tokio::time::timeout(PATIENCE, answered).await;
        answered.expect("the function answers in time").expect("the function answers")
    }

    /// Ends the function and returns everything that it has printed.
    pub async fn stop(mut self) -> String {
        self.child.start_kill().expect("it is running");
        let mut printed = String::new();
        let stdout = self.child.stdout.as_mut().expect("it is piped");
        stdout.read_to_string(&mut printed).await.expect("its output is text");
        let stderr = self.child.stderr.as_mut().expect("it is piped");
        stderr.read_to_string(&mut printed).await.expect("its output is text");
        printed
    }
}

/// Shares a text without an account, from this process instead of the share function's.
pub async fn shared_beside(aws: &AwsOverHttp, text: &str, passphrase: Option<&str>) -> Receipt {
    shared_by(&Caller::Anonymous, aws, text, passphrase).await
}

/// Shares a text for a caller, from this process.
pub async fn shared_by(caller: &Caller, aws: &AwsOverHttp, text: &str, passphrase: Option<&str>) -> Receipt {
    let config = aws.aws.config();
    let master = MasterKey { key_id: aws.aws.kms_key_id().to_owned(), table: aws::TABLE.to_owned() };
    let app = CreateApp {
        table: Table::new(config.dynamodb_client(), aws::TABLE),
        keyring: SealingKeyring::new(config.kms_client(), master),
        mailer: None,
        policy: CreatePolicy::default(),
        limits: Limits::new(LimitSettings::default()),
        hashing: HashingSlots::default(),
    };
    let site = "https://eu.readonce.example".parse().expect("it is a site");
    let client = ClientNetwork::of("192.0.2.1");
    let origin = RequestOrigin { client: &client, host: "eu.readonce.example", site: &site };
    let passphrase = passphrase.and_then(|text| Passphrase::given(text.to_owned().into()));
    let options = CreateOptions { passphrase, ..CreateOptions::default() };
    let text = Some(SecretText::new(text.to_owned()));
    let call = call::Call::new(UnixTime::now(), PATIENCE);
    let created = share(&app, caller, text, options, origin, call).await;
    created.expect("the embedded AWS answers").receipt
}

/// Creates an account and returns a caller with its Authorization header.
pub async fn account(aws: &AwsOverHttp) -> (Caller, String) {
    let table = Table::new(aws.aws.config().dynamodb_client(), aws::TABLE);
    let credentials = Credentials {
        email: EmailAddress::parse("tom@example.com").expect("it is an address"),
        token: ApiToken::random(),
    };
    let account =
        Account::new(credentials.email.clone(), PlanName::Basic, &credentials.token, UnixTime::now());
    assert!(table.create_account(&account).await.expect("the table answers"));
    let caller = authenticate(&table, &credentials, Deadline::after(PATIENCE)).await;
    let basic = STANDARD.encode(format!("tom@example.com:{}", credentials.token.expose()));
    (caller.expect("these are good credentials"), format!("Basic {basic}"))
}

/// Credentials of an unknown account: nobody@example.com:0a1b.
pub const STRANGER: [(&str, &str); 1] = [("authorization", "Basic bm9ib2R5QGV4YW1wbGUuY29tOjBhMWI=")];

/// Makes a function that creates secrets do everything it can: without and with an
/// account, with a passphrase, with a mail, and with a mail that fails.
pub async fn create_in_every_way(function: &LambdaProcess, aws: &AwsOverHttp, path: &str) {
    let (_, basic) = account(aws).await;
    let credentials = [("authorization", basic.as_str())];
    let mailed = "secret=x&recipient=jo%40example.com";
    let ways = [
        (&[][..], "secret=x", 200),
        (&STRANGER, "secret=x", 401),
        (&credentials, "secret=x&passphrase=horse", 200),
        (&credentials, mailed, 200),
    ];
    for (headers, body, status) in ways {
        let answer = function.invoke(event("POST", path, "", headers, Some(body))).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
    }
    assert_eq!(aws.outbox.mails().len(), 1);
    std::fs::remove_dir_all(aws.outbox.path()).expect("the outbox can go");
    let answer = function.invoke(event("POST", path, "", &credentials, Some(mailed))).await;
    assert_eq!(answer["statusCode"], 502, "{answer}");
}

/// An HTTP API event, payload format 2.0, as API Gateway sends it.
pub fn event(method: &str, path: &str, query: &str, headers: &[(&str, &str)], body: Option<&str>) -> Value {
    let headers: HashMap<&str, &str> = headers.iter().copied().collect();
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "eu.readonce.example",
            "domainPrefix": "eu",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "agent"
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "23/Nov/2026:07:18:36 +0000",
            "timeEpoch": 1_795_418_316_000_u64
        },
        "body": body,
        "isBase64Encoded": false
    })
}

struct RuntimeApi {
    waiting: tokio::sync::Mutex<mpsc::UnboundedReceiver<Call>>,
    running: Mutex<HashMap<String, oneshot::Sender<Value>>>,
}

impl RuntimeApi {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let path = head.uri.path().trim_start_matches("/2018-06-01/runtime/").to_owned();
        let segments: Vec<&str> = path.split('/').collect();
        match (&head.method, segments.as_slice()) {
            (&Method::GET, ["invocation", "next"]) => self.next().await,
            (&Method::POST, ["invocation", id, outcome @ ("response" | "error")]) => {
                let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
                let value = serde_json::from_slice(&body).unwrap_or_default();
                let value = if *outcome == "error" { json!({ "functionError": value }) } else { value };
                let waiting = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(*id);
                let _ = waiting.map(|answer| answer.send(value));
                plain(StatusCode::ACCEPTED, Bytes::new())
            }
            _ => plain(StatusCode::NOT_FOUND, Bytes::new()),
        }
    }

    async fn next(&self) -> Response<Full<Bytes>> {
        let Some(call) = self.waiting.lock().await.recv().await else { return std::future::pending().await };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let id = format!("00000000-0000-0000-0000-{:012}", running.len() + 1);
        running.insert(id.clone(), call.answer);
        invocation(id, &call.event)
    }
}

/// An event as the Runtime API hands it to a function; `id` is the request's.
pub fn invocation(id: String, event: &Value) -> Response<Full<Bytes>> {
    let deadline = time::since_epoch() + template::function_timeout();
    let mut response = plain(StatusCode::OK, event.to_string().into());
    for (name, value) in [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.as_millis().to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:123456789012:function:f".to_owned(),
        ),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".to_owned()),
    ] {
        response.headers_mut().insert(name, value.parse().expect("a header value"));
    }
    response
}

/// Puts an emulator behind a listener and records the requests to it.
fn recording(
    name: &'static str,
    service: Arc<dyn MockService>,
    accesses: &Accesses,
) -> impl Fn(Request<Incoming>) -> BoxedAnswer + Clone + Send + use<> {
    let accesses = Arc::clone(accesses);
    move |request| {
        let (service, accesses) = (Arc::clone(&service), Arc::clone(&accesses));
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
            // SES sends no such header; it has only one operation here.
            let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
            let operation =
                target.and_then(|target| target.rsplit_once('.')).map_or("SendEmail", |(_, name)| name);
            let keys = serde_json::from_slice(&body).map(|body| leading_keys(&body)).unwrap_or_default();
            let access = (format!("{name}:{operation}"), keys);
            accesses.lock().unwrap_or_else(PoisonError::into_inner).insert(access);
            let request = MockRequest {
                method: head.method.to_string(),
                uri: head.uri.to_string(),
                headers: head.headers,
                body,
            };
            let answer = service.handle(request).await;
            let mut response = plain(StatusCode::from_u16(answer.status).expect("a status"), answer.body);
            *response.headers_mut() = answer.headers;
            response
        })
    }
}

type BoxedAnswer = std::pin::Pin<Box<dyn Future<Output = Response<Full<Bytes>>> + Send>>;

/// An answer without headers.
pub fn plain(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
}

/// Serves `answer` on a free loopback port for as long as the runtime lives.
async fn listen<A, F>(answer: A) -> SocketAddr
where
    A: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
    F: Future<Output = Response<Full<Bytes>>> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answer.clone();
            let service = service_fn(move |request| {
                let answer = answer(request);
                async move { Ok::<_, Infallible>(answer.await) }
            });
            tokio::spawn(async move {
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    address
}
