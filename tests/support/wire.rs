//! What a request to AWS asks for, read off the wire: which operation, on what
//! kind of row, to do what. So a test finds the calls that the service makes,
//! instead of knowing them.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use readonce_core::table::{PARTITION_KEY, SORT_KEY};
use serde_json::Value;
use std::fmt;
use tokio::time::Instant;

/// A call as the service makes it, for example `UpdateItem secret (received)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    /// `PutItem` and so on.
    pub operation: String,
    /// The kind of row, `secret` or `receipt` for example, and what becomes of it
    /// where one kind is written in several ways; empty outside DynamoDB.
    pub subject: String,
}

impl Call {
    fn of(request: &HttpRequest, body: &Value) -> Self {
        // SES has no such header; it is asked for one thing only.
        let target = request.headers().get("x-amz-target").and_then(|target| target.split_once('.'));
        let (service, operation) = target.unwrap_or(("", "SendEmail"));
        let subject = if service.starts_with("DynamoDB") { subject(body) } else { String::new() };
        Self { operation: operation.to_owned(), subject }
    }

    /// May it change anything?
    pub fn writes(&self) -> bool {
        matches!(self.operation.as_str(), "PutItem" | "UpdateItem" | "DeleteItem" | "SendEmail")
    }
}

/// A request as it was handed to the connection.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What it asks for.
    pub call: Call,
    /// The partition keys that it names, as [`leading_keys`] reads them.
    pub keys: Vec<String>,
    /// When.
    pub at: Instant,
    /// Its condition and its update, as DynamoDB's expressions; empty where it has none.
    pub expressions: [String; 2],
    /// Does it read what was written last?
    pub reads_consistently: bool,
}

impl Sent {
    /// Reads a request that is sent now.
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

    /// Does it end a secret for somebody who waits to hear so: a claim, or a burn?
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

/// The partition keys that a request to DynamoDB names, as a role's condition
/// `dynamodb:LeadingKeys` sees them.
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

/// The kind of a row: its sort key, up to what tells one row from another.
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
