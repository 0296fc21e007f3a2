//! The embedded AWS behind loopback listeners, where every call is observed.

use crate::harness::calls::{Call, Capacity};
use crate::harness::item;
use crate::harness::loopback::{self, Certificate};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::Incoming;
use readonce_embedded::{EmbeddedAws, Storage, aws};
use readonce_tests::template::Stack;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use winterbaume_core::{MockRequest, MockService};

/// AWS for functions in their own processes.
pub struct ObservedAws {
    /// The embedded AWS behind the listeners.
    pub embedded: EmbeddedAws,
    endpoints: Vec<(&'static str, SocketAddr)>,
    /// The root certificate for functions that use TLS; `None` for plain HTTP.
    root: Option<NamedTempFile>,
    observed: Observed,
}

type Observed = Arc<Mutex<Vec<Call>>>;

impl ObservedAws {
    /// Starts a new AWS in memory, which delays each answer by `delay`.
    ///
    /// # Errors
    /// No free port, or no temporary file for the certificate.
    pub async fn start(delay: Duration, over_tls: bool) -> crate::Result<Self> {
        let embedded = EmbeddedAws::start(&Storage::default()).await?;
        let certificate = over_tls.then(Certificate::new).transpose()?;
        let observed = Observed::default();
        let mut endpoints = Vec::new();
        let names = ["DYNAMODB", "KMS", "SESV2"];
        for (name, service) in names.into_iter().zip(embedded.services()) {
            let observed = Arc::clone(&observed);
            let answer = move |request| answer(Arc::clone(&service), request, delay, Arc::clone(&observed));
            endpoints.push((name, loopback::listen(certificate.as_ref(), answer).await?));
        }
        let root = certificate.map(|certificate| -> std::io::Result<NamedTempFile> {
            let file = NamedTempFile::new()?;
            std::fs::write(file.path(), certificate.pem)?;
            Ok(file)
        });
        Ok(Self { embedded, endpoints, root: root.transpose()?, observed })
    }

    /// Returns the calls that have ended so far and forgets them.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.observed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The variables of a function of template.yaml in a stack with default parameters,
    /// and those that direct the SDK here. `None` gives only the latter.
    pub fn environment(&self, resource: Option<&str>) -> BTreeMap<String, String> {
        let mut environment = BTreeMap::from(
            [
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "test"),
                ("AWS_SECRET_ACCESS_KEY", "test"),
                ("AWS_SESSION_TOKEN", "test"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        let scheme = if self.root.is_some() { "https" } else { "http" };
        for (name, address) in &self.endpoints {
            // By name, because the certificate is for that name.
            let host = if self.root.is_some() { "localhost" } else { "127.0.0.1" };
            let endpoint = format!("{scheme}://{host}:{}", address.port());
            environment.insert(format!("AWS_ENDPOINT_URL_{name}"), endpoint);
        }
        if let Some(root) = &self.root {
            environment.insert("SSL_CERT_FILE".to_owned(), root.path().to_string_lossy().into_owned());
        }
        if let Some(resource) = resource {
            let stack = Stack::new(&[("MailSender", aws::MAIL_SENDER)]);
            let stack = stack.with("Table", aws::TABLE).with("Key.Arn", self.embedded.kms_key_id());
            environment.extend(stack.environment(resource));
        }
        environment
    }
}

async fn answer(
    service: Arc<dyn MockService>,
    request: Request<Incoming>,
    delay: Duration,
    observed: Observed,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    let began = Instant::now();
    let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    // SES sends no such header; it has only one operation here.
    let operation = target.and_then(|target| target.rsplit_once('.')).map_or("SendEmail", |(_, name)| name);
    let operation = operation.to_owned();
    let is_dynamodb = target.is_some_and(|target| target.starts_with("DynamoDB"));
    let mut asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let body = match asked.as_object_mut().filter(|_| is_dynamodb) {
        Some(asked) => {
            asked.insert("ReturnConsumedCapacity".to_owned(), "TOTAL".into());
            serde_json::to_vec(&asked).map_or(body, Bytes::from)
        }
        None => body,
    };
    let request = MockRequest {
        method: head.method.to_string(),
        uri: head.uri.to_string(),
        headers: head.headers,
        body,
    };
    let mut answered = service.handle(request).await;
    let mut capacity = Capacity::default();
    if is_dynamodb {
        (capacity, answered.body) = without_capacity(&operation, answered.status, answered.body);
    }
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let item_bytes = asked["Item"].as_object().map_or(0, item::size_bytes);
    let what = if is_dynamodb { format!("{operation} {}", row(&asked)) } else { operation };
    let call = Call { what, began, ended: Instant::now(), capacity, item_bytes };
    observed.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    let mut response = Response::new(Full::new(answered.body));
    *response.status_mut() = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::BAD_GATEWAY);
    *response.headers_mut() = answered.headers;
    response.headers_mut().remove(http::header::CONTENT_LENGTH);
    response
}

/// The kind of row in a request: the part of its sort key before `#`.
fn row(request: &Value) -> &str {
    let key = if request["Item"].is_object() { &request["Item"] } else { &request["Key"] };
    let sort = key["sk"]["S"].as_str().unwrap_or("several");
    sort.split('#').next().unwrap_or(sort)
}

/// The capacity in DynamoDB's response, and the response without it, because our code
/// had not requested it.
fn without_capacity(operation: &str, status: u16, body: Bytes) -> (Capacity, Bytes) {
    let Ok(mut answer) = serde_json::from_slice::<Map<String, Value>>(&body) else {
        return (Capacity::default(), body);
    };
    let units = match answer.remove("ConsumedCapacity") {
        Some(Value::Array(tables)) => tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum(),
        Some(one) => one["CapacityUnits"].as_f64().unwrap_or_default(),
        // A write whose condition fails consumes capacity too, by the size of the existing
        // row. Among the writes that fail here, none is larger than 1 kB.
        None if status == 400 => 1.0,
        None => 0.0,
    };
    let reads = matches!(operation, "GetItem" | "BatchGetItem" | "Query" | "Scan");
    let capacity =
        if reads { Capacity { read: units, write: 0.0 } } else { Capacity { read: 0.0, write: units } };
    (capacity, serde_json::to_vec(&answer).map_or(body, Bytes::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_is_taken_out_of_an_answer() {
        let body = Bytes::from(r#"{"ConsumedCapacity":{"TableName":"t","CapacityUnits":2.5},"Item":{}}"#);
        let (capacity, rest) = without_capacity("GetItem", 200, body.clone());
        assert_eq!((capacity, &*rest), (Capacity { read: 2.5, write: 0.0 }, &br#"{"Item":{}}"#[..]));
        assert_eq!(without_capacity("PutItem", 200, body).0, Capacity { read: 0.0, write: 2.5 });
        let refused = Bytes::from(r#"{"__type":"ConditionalCheckFailedException"}"#);
        assert_eq!(without_capacity("UpdateItem", 400, refused).0, Capacity { read: 0.0, write: 1.0 });
    }

    #[test]
    fn a_row_is_named_by_its_sort_key() {
        let counter =
            serde_json::json!({ "Key": { "pk": { "S": "counter#address#x" }, "sk": { "S": "reveals#17" } } });
        assert_eq!(row(&counter), "reveals");
        let put = serde_json::json!({ "Item": { "pk": { "S": "secret#x" }, "sk": { "S": "secret" } } });
        assert_eq!(row(&put), "secret");
        assert_eq!(row(&serde_json::json!({ "RequestItems": {} })), "several");
    }
}
