//! Which row a request to AWS is about, under the name that the seed gives it.

use crate::history::Call;
use crate::script::SecretId;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use winterbaume_core::MockRequest;

/// Whose secret a row belongs to, by partition key without its prefixes: hashes,
/// which the requests of creators reveal.
#[derive(Default)]
pub(crate) struct Rows(Mutex<BTreeMap<String, SecretId>>);

impl Rows {
    /// The name of a call. `creates` is the secret that its request makes.
    pub(crate) fn name(&self, request: &MockRequest, creates: Option<SecretId>) -> Call {
        let target = request.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
        let (service, operation) = target.and_then(|target| target.split_once('.')).unwrap_or_default();
        if !service.starts_with("DynamoDB") {
            let operation = if operation.is_empty() { "SendEmail" } else { operation };
            let secret = creates.filter(|_| operation == "SendEmail");
            return Call {
                operation: operation.to_owned(),
                kind: String::new(),
                secret,
                change: String::new(),
            };
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let batch = body["RequestItems"].as_object().and_then(|tables| tables.values().next());
        let key = match batch {
            Some(table) => &table["Keys"][0],
            None if body["Item"].is_object() => &body["Item"],
            None => &body["Key"],
        };
        let values = &body["ExpressionAttributeValues"];
        let partition = text(&key["pk"]).or(text(&values[":pk"])).unwrap_or_default();
        let sort = text(&key["sk"]).unwrap_or_default();
        let kind = sort.split('#').next().filter(|kind| !kind.is_empty()).unwrap_or("recent");
        if let (Some(secret), "secret" | "receipt") = (creates, kind) {
            self.lock().insert(hash(partition).to_owned(), secret);
        }
        let is_single = batch.is_none();
        let secret = self.secret(partition).filter(|_| is_single);
        let change = text(&values[":state"]).or(values[":change"]["N"].as_str()).unwrap_or_default();
        Call { operation: operation.to_owned(), kind: kind.to_owned(), secret, change: change.to_owned() }
    }

    /// The secret that a row of this partition key belongs to.
    pub(crate) fn secret(&self, partition: &str) -> Option<SecretId> {
        self.lock().get(hash(partition)).copied()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, SecretId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is behind the prefixes.
fn hash(partition: &str) -> &str {
    partition.rsplit('#').next().unwrap_or_default()
}

fn text(value: &Value) -> Option<&str> {
    value["S"].as_str()
}
