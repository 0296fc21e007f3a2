//! The service without a listener: events in, answers out, as on Lambda.
//!
//! On a runtime with paused time, a call that hangs takes no time. Nothing here waits
//! for a socket, so time advances as soon as only timers are left to wait for.

use crate::caller::{Answer, Form, encoded};
use crate::faults::Faults;
use crate::lambda;
use crate::outbox::Outbox;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName};
use readonce_core::address::site::{Scheme, SiteRule};
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::Settings;
use readonce_core::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use readonce_core::time::UnixTime;
use readonce_embedded::{EmbeddedAws, aws, template};
use readonce_http::api::all::AllFunctions;
use readonce_http::gateway::function;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;
use winterbaume_core::{MockRequest, MockService};

/// Time of a call that is reserved for delivering the answer.
const ANSWER_RESERVE: Duration = Duration::from_secs(1);

/// The SDK's futures are large, even more so without optimisation.
const STACK_BYTES: usize = 16 << 20;

/// Runs a future on its own thread, on a runtime with paused time, so that waiting
/// takes none.
pub fn in_paused_time<'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    work: impl AsyncFnOnce() + Send + 'scope,
) {
    let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
    let thread = builder.spawn_scoped(scope, || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().start_paused(true).build().expect("a runtime").block_on(work());
    });
    thread.expect("a thread");
}

/// Time that a function has for a call.
pub fn time_for_a_call() -> Duration {
    template::function_timeout().saturating_sub(ANSWER_RESERVE)
}

/// AWS (see [`crate::aws`]) with the settings of a stack.
pub struct Stage {
    /// The AWS under the functions, without faults.
    pub aws: AwsConfig,
    /// The settings of the functions.
    pub settings: Settings,
    /// The mails that were sent.
    pub outbox: Outbox,
    dynamodb: Arc<dyn MockService>,
}

/// A row in DynamoDB's JSON.
pub type JsonRow = Map<String, Value>;

/// Newly started functions, with their own faults between them and AWS.
pub struct Service {
    functions: AllFunctions,
    /// The faults between these functions and AWS.
    pub faults: Faults,
}

/// A request in the gateway's form.
#[derive(Clone)]
pub struct Request {
    /// HTTP method, in upper case.
    pub method: &'static str,
    /// The path, without a query.
    pub path: String,
    /// The query, without the question mark.
    pub query: &'static str,
    /// Names and values of headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body: an encoded form, or empty.
    pub body: String,
}

impl Stage {
    /// Creates an empty table, with changed settings.
    pub async fn new(change: impl FnOnce(&mut Settings)) -> Self {
        let outbox = Outbox::new();
        let embedded = crate::aws::start(&outbox).await;
        let mut settings = embedded_settings(&embedded);
        change(&mut settings);
        let [dynamodb, ..] = embedded.services();
        Self { aws: embedded.config(), settings, outbox, dynamodb }
    }

    /// Newly started functions, without data keys and faults.
    pub fn service(&self) -> Service {
        let faults = Faults::default();
        let functions = AllFunctions::new(&self.settings, &faults.between(&self.aws));
        let functions = functions.expect("the embedded settings are complete");
        Service { functions, faults }
    }

    /// The table, without faults.
    pub fn table(&self) -> Table {
        Table::new(self.aws.dynamodb_client(), &self.settings.table)
    }

    /// Reads every row, without the SDK, which would take most of a call's time.
    pub async fn rows(&self) -> Vec<JsonRow> {
        let mut answer = self.ask("Scan", json!({ "ConsistentRead": true })).await;
        assert!(answer["LastEvaluatedKey"].is_null(), "there are too many rows for one answer");
        serde_json::from_value(answer["Items"].take()).expect("rows are objects")
    }

    /// Makes the table contain exactly these rows, and empties the outbox.
    pub async fn restore(&self, rows: &[JsonRow]) {
        let found = self.rows().await;
        for row in &found {
            if !rows.iter().any(|kept| key(kept) == key(row)) {
                self.ask("DeleteItem", json!({ "Key": key(row) })).await;
            }
        }
        for row in rows.iter().filter(|row| !found.contains(row)) {
            self.ask("PutItem", json!({ "Item": row })).await;
        }
        self.outbox.clear();
    }

    /// Deletes the rows of this kind that TTL may have deleted by `now`. Others may
    /// stay for days.
    pub async fn let_ttl_delete(&self, kind: &str, now: UnixTime) {
        let is_due = |row: &JsonRow| {
            let expires_at =
                row.get(TTL_ATTRIBUTE).and_then(|value| value["N"].as_str()?.parse::<i64>().ok());
            let sort_key = row[SORT_KEY]["S"].as_str().unwrap_or_default();
            sort_key.starts_with(kind) && expires_at.is_some_and(|end| end <= now.seconds())
        };
        for row in self.rows().await.iter().filter(|row| is_due(row)) {
            self.ask("DeleteItem", json!({ "Key": key(row) })).await;
        }
    }

    async fn ask(&self, operation: &str, mut request: Value) -> Value {
        request["TableName"] = self.settings.table.as_str().into();
        let target = format!("DynamoDB_20120810.{operation}");
        let target = target.parse().expect("an operation is ASCII");
        let request = MockRequest {
            method: "POST".to_owned(),
            uri: "/".to_owned(),
            headers: HeaderMap::from_iter([(HeaderName::from_static("x-amz-target"), target)]),
            body: request.to_string().into(),
        };
        let response = self.dynamodb.handle(request).await;
        assert_eq!(response.status, 200, "{operation}");
        serde_json::from_slice(&response.body).expect("DynamoDB answers with JSON")
    }
}

fn key(row: &JsonRow) -> JsonRow {
    [PARTITION_KEY, SORT_KEY].into_iter().map(|name| (name.to_owned(), row[name].clone())).collect()
}

impl Service {
    /// Answers a request that comes in `now`.
    pub async fn answer(&self, request: &Request, now: UnixTime) -> Answer {
        self.answer_in(request, now, time_for_a_call()).await
    }

    /// Answers a request that comes in `now`, with the given time for the call.
    pub async fn answer_in(&self, request: &Request, now: UnixTime, time: Duration) -> Answer {
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = Some(request.body.as_str()).filter(|body| !body.is_empty());
        let event = lambda::event(request.method, &request.path, request.query, &headers, body);
        let event = serde_json::from_value(event).expect("it has an event's shape");
        let reply = function::handle(&self.functions, event, Call::new(now, time), false).await;
        Answer::of_reply(request.method, &format!("{}?{}", request.path, request.query), &reply)
    }
}

impl Request {
    /// A GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), query: "", headers: Vec::new(), body: String::new() }
    }

    /// A POST of a form.
    pub fn post(path: impl Into<String>, form: &Form<'_>) -> Self {
        Self { method: "POST", body: encoded(form), ..Self::get(path) }
    }

    /// The same request with HTTP Basic credentials.
    #[must_use]
    pub fn signed_in(self, user: &str, token: &str) -> Self {
        let basic = format!("Basic {}", STANDARD.encode(format!("{user}:{token}")));
        self.with("authorization", basic)
    }

    /// The same request as a form on our pages sends it.
    #[must_use]
    pub fn of_page(self) -> Self {
        Self { query: "page=en", ..self.with("accept", "text/html".to_owned()) }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// The settings of a stack on embedded AWS, independent of this process's environment.
fn embedded_settings(embedded: &EmbeddedAws) -> Settings {
    let lookup = |name: &str| match name {
        "TABLE_NAME" => Some(aws::TABLE.to_owned()),
        "KMS_KEY_ID" => Some(embedded.kms_key_id().to_owned()),
        "MAIL_SENDER" => Some(aws::MAIL_SENDER.to_owned()),
        _ => None,
    };
    let mut settings = Settings::from_variables(lookup).expect("these are good settings");
    settings.site = SiteRule::RequestHost(Scheme::Http);
    settings
}
