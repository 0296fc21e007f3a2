//! Parses a request to AWS from the wire: its operation, the kind of its row, and its
//! purpose. So a test discovers the calls of the service instead of listing them.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use readonce_core::table::{PARTITION_KEY, SORT_KEY};
use serde_json::Value;
use std::fmt;
use tokio::time::Instant;

/// A call as the service makes it, for example `UpdateItem secret (received)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    /// Name of the operation, for example `PutItem`.
    pub operation: String,
    /// The kind of row, for example `secret` or `receipt`, with the new state if a kind
    /// has several writes; empty outside DynamoDB.
    pub subject: String,
}

impl Call {
    fn of(request: &HttpRequest, body: &Value) -> Self {
        // SES sends no such header; it has only one operation here.
        let target = request.headers().get("x-amz-target").and_then(|target| target.split_once('.'));
        let (service, operation) = target.unwrap_or(("", "SendEmail"));
        let subject = if service.starts_with("DynamoDB") { subject(body) } else { String::new() };
        Self { operation: operation.to_owned(), subject }
    }

    /// Whether it may change anything.
    pub fn writes(&self) -> bool {
        matches!(self.operation.as_str(), "PutItem" | "UpdateItem" | "DeleteItem" | "SendEmail")
    }
}

/// A request as it was passed to the connection.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its operation and subject.
    pub call: Call,
    /// Its partition keys, from [`leading_keys`].
    pub keys: Vec<String>,
    /// Time at which it was sent.
    pub at: Instant,
    /// Its condition and update expressions for DynamoDB; empty if it has none.
    pub expressions: [String; 2],
    /// Whether it is a consistent read.
    pub reads_consistently: bool,
}

impl Sent {
    /// Parses a request that is being sent now.
    pub fn now(request: &HttpRequest) -> Self {
        let body: Value =
            request.body().bytes().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
        let expression = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        Self {
            call: Call::of(request, &body),
            keys: leading_keys(&body),
            at: Instant::now(),
            expressions: ["ConditionExpression", "UpdateExpression"].map(expression),
            reads_consistently: body["ConsistentRead"] == true,
        }
    }

    /// Whether it ends a secret for a caller who waits for the result: a claim or a
    /// burn.
    pub fn is_claim(&self) -> bool {
        ["secret (received)", "secret (burned)"].contains(&self.call.subject.as_str())
    }
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.subject.is_empty() { "" } else { " " };
        write!(formatter, "{}{separator}{}", self.operation, self.subject)
    }
}

/// The partition keys in a request to DynamoDB, as the condition `dynamodb:LeadingKeys`
/// of a role sees them.
pub fn leading_keys(body: &Value) -> Vec<String> {
    let batch = body["RequestItems"].as_object().into_iter().flat_map(|tables| tables.values());
    let of_batch = batch.filter_map(|table| table["Keys"].as_array()).flatten();
    let keys = of_batch.chain([&body["Item"], &body["Key"]]).map(|key| &key[PARTITION_KEY]);
    let queried = [&body["ExpressionAttributeValues"][":pk"]];
    keys.chain(queried).filter_map(|key| key["S"].as_str()).map(str::to_owned).collect()
}

fn subject(body: &Value) -> String {
    let keys = [&body["Item"], &body["Key"], first_of_batch(body)];
    let row = keys.into_iter().find(|key| key.is_object()).map_or_else(
        || kind("", body["ExpressionAttributeValues"][":oldest"]["S"].as_str().unwrap_or_default()),
        |key| kind(text(&key[PARTITION_KEY]), text(&key[SORT_KEY])),
    );
    let values = &body["ExpressionAttributeValues"];
    match (text(&values[":state"]), values[":change"]["N"].as_str()) {
        ("", Some(change)) => format!("{row} ({:+})", change.parse::<i64>().unwrap_or_default()),
        ("", None) => row,
        (state, _) => format!("{row} ({state})"),
    }
}

/// The kind of a row: its sort key without the part that identifies a row.
fn kind(partition: &str, sort: &str) -> String {
    let kind = sort.split('#').next().unwrap_or_default();
    if kind.is_empty() { partition.to_owned() } else { kind.to_owned() }
}

fn first_of_batch(body: &Value) -> &Value {
    let tables = body["RequestItems"].as_object();
    tables.and_then(|tables| tables.values().next()).map_or(&Value::Null, |table| &table["Keys"][0])
}

fn text(value: &Value) -> &str {
    value["S"].as_str().unwrap_or_default()
}
