//! moto (<https://docs.getmoto.org>) as the AWS of the tests: the services under the
//! SDK's client forward each request to it.

use crate::outbox::Outbox;
use crate::template::Stack;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use readonce_embedded::aws::{MAIL_SENDER, TABLE};
use readonce_embedded::{EmbeddedAws, template};
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use tokio::runtime::Runtime;
use winterbaume_core::{MockRequest, MockResponse, MockService};

const REGION: &str = "us-east-1";

/// A separate runtime for the connections to moto. They outlive the test that opened
/// them, and the runtime's time is never paused.
static CONNECTIONS: LazyLock<(Runtime, reqwest::Client)> = LazyLock::new(|| {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().expect("a runtime");
    let client = reqwest::Client::builder().no_proxy().build().expect("a plain HTTP client");
    (runtime, client)
});

static ACCOUNTS: AtomicU64 = AtomicU64::new(0);

/// Creates an account at moto, with the table and the key of template.yaml, and a mail
/// identity.
pub(crate) async fn start(origin: &str, outbox: &Outbox) -> EmbeddedAws {
    // Twelve digits, unique among the tests of all processes that share this moto.
    let number = ACCOUNTS.fetch_add(1, Ordering::Relaxed);
    let account = format!("{:07}{number:05}", process::id());
    let service = |name, signed_as, url_pattern| Moto {
        name,
        signed_as,
        url_pattern,
        origin: origin.to_owned(),
        account: account.clone(),
    };
    let dynamodb =
        service("dynamodb", "dynamodb", r"^https://(?:[0-9]+\.ddb|dynamodb)\.[a-z0-9-]+\.amazonaws\.com");
    let resource = template::table();
    dynamodb.ask("DynamoDB_20120810.CreateTable", &resource.create_request(TABLE)).await;
    let time_to_live = json!({
        "TableName": TABLE,
        "TimeToLiveSpecification": { "AttributeName": resource.ttl_attribute, "Enabled": true },
    });
    dynamodb.ask("DynamoDB_20120810.UpdateTimeToLive", &time_to_live).await;
    let kms = service("kms", "kms", r"^https://kms\.[a-z0-9-]+\.amazonaws\.com");
    let stack = Stack::new(&[]).with("Table", TABLE).with("AWS::AccountId", &account);
    let policy = serde_json::to_string(&stack.property("Key", "KeyPolicy")).expect("a policy is JSON");
    let key = kms.ask("TrentService.CreateKey", &json!({ "Policy": policy })).await;
    let key_id = key["KeyMetadata"]["KeyId"].as_str().expect("a key has an id").to_owned();
    let ses = service("sesv2", "ses", r"^https://email\.[a-z0-9-]+\.amazonaws\.com");
    ses.carry_out("/v2/email/identities", HeaderMap::new(), &json!({ "EmailIdentity": MAIL_SENDER })).await;
    EmbeddedAws::around(Arc::new(dynamodb), Arc::new(kms), ses, key_id, Some(outbox.path().to_owned()))
}

/// A service in an account at moto.
struct Moto {
    name: &'static str,
    /// Its name in the credentials of a request.
    signed_as: &'static str,
    url_pattern: &'static str,
    origin: String,
    account: String,
}

impl Moto {
    /// Calls an operation of a JSON protocol.
    async fn ask(&self, target: &'static str, request: &Value) -> Value {
        let header = (HeaderName::from_static("x-amz-target"), HeaderValue::from_static(target));
        self.carry_out("/", HeaderMap::from_iter([header]), request).await
    }

    async fn carry_out(&self, path: &str, headers: HeaderMap, request: &Value) -> Value {
        let body = request.to_string().into();
        let request = MockRequest { method: "POST".to_owned(), uri: path.to_owned(), headers, body };
        let answer = self.handle(request).await;
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 200, "{}: {text}", self.name);
        serde_json::from_str(&text).expect("moto answers in JSON")
    }

    /// Adapts a request for moto, which reads service and region from the credentials
    /// and checks no signature. Tests use invented regions (`Faults::between`), which
    /// moto does not know.
    fn forwarded(&self, request: MockRequest) -> reqwest::RequestBuilder {
        let uri: Uri = request.uri.parse().expect("the SDK makes URIs");
        let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let method = request.method.parse().expect("the SDK names a method");
        let scope = format!("test/20261124/{REGION}/{}/aws4_request", self.signed_as);
        let signature = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
        let mut headers = HeaderMap::new();
        for name in ["x-amz-target", "content-type"] {
            if let Some(value) = request.headers.get(name) {
                headers.insert(name, value.clone());
            }
        }
        CONNECTIONS
            .1
            .request(method, format!("{}{path}", self.origin))
            .headers(headers)
            .header("authorization", signature)
            .header("x-moto-account-id", &self.account)
            .body(request.body)
    }
}

impl MockService for Moto {
    fn service_name(&self) -> &str {
        self.name
    }

    fn url_patterns(&self) -> Vec<&str> {
        vec![self.url_pattern]
    }

    fn handle(&self, request: MockRequest) -> Pin<Box<dyn Future<Output = MockResponse> + Send + '_>> {
        let forwarded = self.forwarded(request);
        Box::pin(async move {
            // Paused time does not advance while a blocking task runs, but would while only
            // a socket is waited for.
            let answered = tokio::task::spawn_blocking(|| CONNECTIONS.0.block_on(answer(forwarded))).await;
            answered.expect("the request does not panic").expect("moto answers; is it still running?")
        })
    }
}

async fn answer(request: reqwest::RequestBuilder) -> reqwest::Result<MockResponse> {
    let response = request.send().await?;
    let (status, mut headers) = (response.status().as_u16(), response.headers().clone());
    // Headers of this connection, which ends here.
    for name in ["connection", "content-length", "transfer-encoding"] {
        headers.remove(name);
    }
    Ok(MockResponse { status, headers, body: response.bytes().await? })
}
