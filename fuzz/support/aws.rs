//! AWS behind the SDK, for a fuzz target: it answers at once, and as it was
//! told. Its rows stay as they are whatever is written, so that one input says
//! nothing about the next.

use arbitrary::Arbitrary;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::aws::config::AwsConfig;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What KMS gives out, and what it unwraps.
pub const DATA_KEY: [u8; 32] = [7; 32];
/// The same as KMS wraps it.
pub const WRAPPED_DATA_KEY: &[u8] = b"a data key in KMS's wrapping";

/// How AWS takes one call.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// As it should.
    Answers,
    /// An update's condition does not hold; any other call is answered.
    ConditionFails,
    /// It leaves a batch's rows out; any other call is answered.
    LeavesOut,
    /// "Later".
    Throttles,
    /// An error of its own.
    ServerError,
    /// "No".
    Refuses,
    /// The connection is cut before the answer.
    Cuts,
    /// The connection is cut within the answer.
    CutsShort,
}

/// A row, as DynamoDB writes it in JSON.
pub type Row = Map<String, Value>;

/// A call that was made.
pub struct Call {
    /// `PutItem` and so on.
    pub operation: String,
    /// What was sent.
    pub body: Value,
}

/// The fake and a handle on it.
#[derive(Clone, Debug, Default)]
pub struct Aws(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    rows: BTreeMap<(String, String), Row>,
    is_recording: bool,
    behaviours: VecDeque<Behaviour>,
    answer: Option<(u16, Vec<u8>)>,
    /// Kept from one [`Aws::behave`] to the next [`Aws::take_calls`].
    calls: Option<Vec<Call>>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("State(..)")
    }
}

impl Aws {
    /// Puts rows into the table from now on, or leaves the table alone.
    pub fn record(&self, is_recording: bool) {
        self.state().is_recording = is_recording;
    }

    /// Puts a row into the table, over one of the same key.
    pub fn put(&self, row: Row) {
        self.state().put(row);
    }

    /// A row of the table.
    pub fn row(&self, partition_key: &str, sort_key: &str) -> Option<Row> {
        self.state().rows.get(&(partition_key.to_owned(), sort_key.to_owned())).cloned()
    }

    /// How the next calls are taken; those after them are answered.
    pub fn behave(&self, behaviours: impl IntoIterator<Item = Behaviour>) {
        let mut state = self.state();
        state.behaviours = behaviours.into_iter().collect();
        state.calls = Some(Vec::new());
    }

    /// Every call is answered with this, whatever it is, until there is `None`.
    pub fn answer(&self, answer: Option<(u16, Vec<u8>)>) {
        self.state().answer = answer;
    }

    /// The calls since the last [`Aws::behave`].
    pub fn take_calls(&self) -> Vec<Call> {
        self.state().calls.take().unwrap_or_default()
    }

    /// The configuration under which the SDK's clients come here.
    pub fn config(&self) -> AwsConfig {
        let connector = SharedHttpConnector::new(self.clone());
        AwsConfig::with_http_client(http_client_fn(move |_, _| connector.clone()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpConnector for Aws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").and_then(|target| target.split_once('.'));
        let operation = target.map_or("SendEmail", |(_, operation)| operation).to_owned();
        let body = request.body().bytes().and_then(|body| serde_json::from_slice(body).ok());
        let body: Value = body.unwrap_or_default();
        let mut state = self.state();
        let behaviour = state.behaviours.pop_front().unwrap_or(Behaviour::Answers);
        let answer = match &state.answer {
            Some((status, answer)) => Ok(response(*status, answer.clone())),
            None => state.taken(behaviour, &operation, &body),
        };
        if let Some(calls) = &mut state.calls {
            calls.push(Call { operation, body });
        }
        HttpConnectorFuture::ready(answer)
    }
}

impl State {
    fn taken(
        &mut self,
        behaviour: Behaviour,
        operation: &str,
        body: &Value,
    ) -> Result<HttpResponse, ConnectorError> {
        let answer = self.answered(operation, body);
        match (behaviour, operation) {
            (Behaviour::ConditionFails, "UpdateItem") => {
                let found = self.found(&body["Key"]);
                let mut error = json!({ "__type": "ConditionalCheckFailedException", "message": "" });
                if let Some(row) = found {
                    error["Item"] = Value::Object(row.clone());
                }
                Ok(response(400, error.to_string().into_bytes()))
            }
            (Behaviour::LeavesOut, "BatchGetItem") => {
                let left_out = json!({ "Responses": {}, "UnprocessedKeys": body["RequestItems"] });
                Ok(response(200, left_out.to_string().into_bytes()))
            }
            (Behaviour::Answers | Behaviour::ConditionFails | Behaviour::LeavesOut, _) => Ok(answer),
            (Behaviour::Throttles, _) => Ok(error(400, "ThrottlingException")),
            (Behaviour::ServerError, _) => Ok(error(500, "InternalServerError")),
            (Behaviour::Refuses, _) => Ok(error(400, "AccessDeniedException")),
            (Behaviour::Cuts, _) => {
                Err(ConnectorError::io(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into()))
            }
            (Behaviour::CutsShort, _) => Ok(response(200, b"{\"Item".to_vec())),
        }
    }

    fn answered(&mut self, operation: &str, body: &Value) -> HttpResponse {
        let answer = match operation {
            "GetItem" => self.found(&body["Key"]).map_or_else(|| json!({}), |row| json!({ "Item": row })),
            "PutItem" => {
                if let (true, Value::Object(row)) = (self.is_recording, &body["Item"]) {
                    self.put(row.clone());
                }
                json!({})
            }
            "Query" => {
                let partition_key = text(&body["ExpressionAttributeValues"][":pk"]);
                let is_asked_for =
                    |key: &(String, String)| key.0 == partition_key && key.1.starts_with("recent#");
                let rows = self.rows.iter().filter(|(key, _)| is_asked_for(key));
                let rows: Vec<&Row> = rows.map(|(_, row)| row).collect();
                json!({ "Items": rows })
            }
            "BatchGetItem" => {
                let tables = body["RequestItems"].as_object().into_iter().flatten();
                let rows = tables.map(|(table, wanted)| {
                    let keys = wanted["Keys"].as_array().into_iter().flatten();
                    (table.clone(), keys.filter_map(|key| self.found(key)).cloned().collect())
                });
                json!({ "Responses": rows.collect::<BTreeMap<String, Vec<Row>>>() })
            }
            "GenerateDataKey" => json!({
                "Plaintext": STANDARD.encode(DATA_KEY),
                "CiphertextBlob": STANDARD.encode(WRAPPED_DATA_KEY),
            }),
            "Decrypt" if body["CiphertextBlob"] == STANDARD.encode(WRAPPED_DATA_KEY) => {
                json!({ "Plaintext": STANDARD.encode(DATA_KEY) })
            }
            "Decrypt" => return error(400, "InvalidCiphertextException"),
            "SendEmail" => json!({ "MessageId": "1" }),
            _ => json!({}),
        };
        response(200, answer.to_string().into_bytes())
    }

    fn put(&mut self, row: Row) {
        self.rows.insert((text(&row["pk"]), text(&row["sk"])), row);
    }

    fn found(&self, key: &Value) -> Option<&Row> {
        self.rows.get(&(text(&key["pk"]), text(&key["sk"])))
    }
}

/// The text of a string attribute.
fn text(attribute: &Value) -> String {
    attribute["S"].as_str().unwrap_or_default().to_owned()
}

fn response(status: u16, body: Vec<u8>) -> HttpResponse {
    HttpResponse::new(status.try_into().expect("a status"), SdkBody::from(body))
}

fn error(status: u16, code: &str) -> HttpResponse {
    let body = json!({ "__type": code, "message": "" });
    let mut response = response(status, body.to_string().into_bytes());
    response.headers_mut().insert("x-amzn-errortype", code.to_owned());
    response
}
