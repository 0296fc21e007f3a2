//! The world of one run: its clock, its AWS, and the record of what happens.

use crate::dice::Dice;
use crate::history::{Call, Event, Outcome, RequestId, What};
use crate::script::SecretId;
use http::HeaderMap;
use readonce_embedded::EmbeddedAws;
use readonce_embedded::aws::TABLE;
use readonce_tests::wire::Sent;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use winterbaume_core::{MockRequest, MockResponse, MockService};

/// A second of 2026 at which nothing begins.
const EPOCH: i64 = 1_795_400_000;
/// How long a read that is not consistent may find a row as it was before.
const STALE: Duration = Duration::from_secs(2);
/// Characters of a key.
pub(crate) const KEY_LENGTH: usize = 31;

/// A run: the seed, and what is left out of it to find a shorter one.
#[derive(Clone, Default)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) without_steps: BTreeSet<RequestId>,
    pub(crate) without_faults: BTreeSet<FaultId>,
}

/// What may go wrong and be left out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultId {
    /// A call to AWS, by request and number.
    Call(RequestId, usize),
    Crash(RequestId),
    Stall(RequestId),
    HangUp(RequestId),
    Clocks,
    EarlyDeletion,
}

/// A request on its way through a function.
pub(crate) struct Flight {
    pub(crate) request: RequestId,
    /// The secret that it makes.
    pub(crate) creates: Option<SecretId>,
    /// How many seconds its environment's clock is ahead.
    pub(crate) ahead: i64,
    /// The calls so far.
    pub(crate) calls: AtomicUsize,
    /// Until when it must be answered, once the function works on it.
    pub(crate) deadline: OnceLock<Instant>,
    pub(crate) weather: Weather,
}

tokio::task_local! {
    /// The request that this task works on.
    pub(crate) static REQUEST: Arc<Flight>;
}

/// How likely it is that the calls of a request go wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    /// From this call on.
    pub(crate) from: usize,
    /// For so many calls.
    pub(crate) lasts: usize,
    /// So many times of a hundred.
    pub(crate) percent: u64,
    /// Mostly in this way, by its place in the network's list; beyond that in any.
    pub(crate) favourite: usize,
}

impl Flight {
    /// How likely it is that a call goes wrong, of a hundred.
    pub(crate) fn percent(&self, number: usize) -> u64 {
        let Weather { from, lasts, percent, .. } = self.weather;
        if (from..from + lasts).contains(&number) { percent } else { 0 }
    }
}

/// A text that must hold no secret: the request, the place, and the text.
pub(crate) type Kept = (RequestId, &'static str, String);

/// The state of a run.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) aws: EmbeddedAws,
    start: Instant,
    /// Whose secret a row belongs to, by the hash in its partition key: the requests of
    /// creators reveal it.
    rows: Mutex<BTreeMap<String, SecretId>>,
    /// Whether nothing goes wrong in this seed.
    pub(crate) is_quiet: bool,
    events: Mutex<Vec<Event>>,
    /// What must hold no secret, to be searched when all secrets are known.
    kept: Mutex<Vec<Kept>>,
    /// The links that were mailed.
    mailed: Mutex<BTreeMap<SecretId, String>>,
    happened: Mutex<BTreeSet<FaultId>>,
    /// When rows were last written, by key: then, before, and since, as answers to reads.
    images: Mutex<BTreeMap<String, (Duration, Value, Value)>>,
}

impl World {
    pub(crate) async fn new(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            rows: Mutex::default(),
            aws: EmbeddedAws::start_in_line().await.expect("the embedded AWS starts in memory"),
            start: Instant::now(),
            is_quiet: Dice::of(&[plan.seed, 3]).percent(12),
            events: Mutex::default(),
            kept: Mutex::default(),
            mailed: Mutex::default(),
            happened: Mutex::default(),
            images: Mutex::default(),
        }
    }

    /// Simulated time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// What a clock says that is so many seconds ahead, in Unix seconds.
    pub(crate) fn clock(&self, ahead: i64) -> i64 {
        // Days begin at other moments of each run.
        let offset = Dice::of(&[self.plan.seed, 4]).between(0, 86_399);
        EPOCH + offset + ahead + i64::try_from(self.elapsed().as_secs()).unwrap_or(i64::MAX)
    }

    /// Whether a fault that was drawn happens, and is not left out.
    pub(crate) fn happens(&self, fault: FaultId) -> bool {
        let happens = !self.is_quiet && !self.plan.without_faults.contains(&fault);
        if happens {
            lock(&self.happened).insert(fault);
        }
        happens
    }

    pub(crate) fn record(&self, request: Option<RequestId>, what: What) {
        lock(&self.events).push(Event { at: self.elapsed(), request, what });
    }

    /// The name of a call whose request makes the secret `creates`.
    pub(crate) fn name(&self, sent: Sent, creates: Option<SecretId>) -> Call {
        let key = if let [key] = sent.keys.as_slice() { key } else { "" };
        if let (Some(secret), Some(("secret" | "receipt", hash))) = (creates, key.split_once('#')) {
            lock(&self.rows).insert(hash.to_owned(), secret);
        }
        let mailed = creates.filter(|_| sent.call.operation == "SendEmail");
        Call { secret: self.secret(key).or(mailed), name: sent.call }
    }

    /// The secret that a row of this partition key belongs to.
    pub(crate) fn secret(&self, partition: &str) -> Option<SecretId> {
        lock(&self.rows).get(partition.rsplit('#').next()?).copied()
    }

    /// Keeps a text that must hold no secret.
    pub(crate) fn keep(&self, request: RequestId, place: &'static str, text: &str) {
        lock(&self.kept).push((request, place, text.to_owned()));
    }

    /// The link that was mailed for a secret.
    pub(crate) fn mailed_link(&self, secret: SecretId) -> Option<String> {
        lock(&self.mailed).get(&secret).cloned()
    }

    /// The events, what was kept, and the faults that happened; leaves none.
    pub(crate) fn take(&self) -> (Vec<Event>, Vec<Kept>, BTreeSet<FaultId>) {
        fn taken<T: Default>(kept: &Mutex<T>) -> T {
            std::mem::take(&mut lock(kept))
        }
        (taken(&self.events), taken(&self.kept), taken(&self.happened))
    }

    /// What AWS answers, with nothing in between.
    pub(crate) async fn ask(&self, request: &MockRequest) -> MockResponse {
        let [dynamodb, kms, ses] = self.aws.services();
        let service: Arc<dyn MockService> = match request.uri.get(..11) {
            Some("https://dyn") => dynamodb,
            Some("https://kms") => kms,
            _ => ses,
        };
        service.handle(request.clone()).await
    }

    /// Carries a call out.
    pub(crate) async fn carry_out(
        self: &Arc<Self>,
        request: MockRequest,
        call: &Call,
    ) -> (Outcome, MockResponse) {
        if let Some(stale) = self.stale_read(&request, call) {
            return (Outcome::Done, MockResponse::json(200, stale.to_string()));
        }
        let answer = self.ask(&request).await;
        if answer.status == 200 {
            if matches!(call.name.operation.as_str(), "PutItem" | "UpdateItem") {
                self.let_ttl_delete(&request, call).await;
            }
            if let ("SendEmail", Some(secret)) = (call.name.operation.as_str(), call.secret) {
                let mail = String::from_utf8_lossy(&request.body);
                let link = mail.split_once("/secret/").and_then(|(_, rest)| rest.get(..KEY_LENGTH));
                lock(&self.mailed).insert(secret, link.unwrap_or_default().to_owned());
            }
            return (Outcome::Done, answer);
        }
        let failed = String::from_utf8_lossy(&answer.body).contains("ConditionalCheckFailed");
        (if failed { Outcome::ConditionFailed } else { Outcome::Error }, answer)
    }

    /// What a read finds that is not consistent, for some time after a write.
    fn stale_read(&self, request: &MockRequest, call: &Call) -> Option<Value> {
        let body: Value = serde_json::from_slice(&request.body).ok()?;
        let is_eventual = call.name.operation == "GetItem" && body["ConsistentRead"] != true;
        let (at, before, _) = lock(&self.images).get(&body["Key"].to_string()).cloned()?;
        (is_eventual && !self.is_quiet && self.elapsed() < at + STALE).then_some(before)
    }

    /// Has TTL delete the row that was just written, at its time or up to two days later.
    async fn let_ttl_delete(self: &Arc<Self>, request: &MockRequest, call: &Call) {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let row = if body["Item"].is_object() { &body["Item"] } else { &body["Key"] };
        let key = json!({ "pk": row["pk"], "sk": row["sk"] });
        let found = self.dynamodb("GetItem", json!({ "Key": key })).await;
        let before = lock(&self.images).remove(&key.to_string()).map_or(json!({}), |(_, _, since)| since);
        lock(&self.images).insert(key.to_string(), (self.elapsed(), before, found.clone()));
        let end = found["Item"]["expires_at"]["N"].as_str().and_then(|end| end.parse::<i64>().ok());
        let Some(end) = end else { return };
        let call = call.clone();
        let name = format!("{call:?}");
        let hash =
            name.bytes().fold(end.unsigned_abs(), |hash, byte| hash.wrapping_mul(31) + u64::from(byte));
        let mut dice = Dice::of(&[self.plan.seed, 5, hash]);
        let late = dice.weighted(&[(50, 0), (25, 3_600), (25, 2 * 86_400)]);
        let late = if late == 0 && self.happens(FaultId::EarlyDeletion) { 0 } else { 1 + late };
        let wait = end - self.clock(0) + i64::try_from(dice.below(late + 1)).unwrap_or(0);
        let world = Arc::clone(self);
        tokio::spawn(async move {
            sleep(Duration::from_secs(u64::try_from(wait).unwrap_or(0))).await;
            let now = json!({ ":now": { "N": world.clock(0).to_string() } });
            let delete = json!({
                "Key": key,
                "ConditionExpression": "expires_at <= :now",
                "ExpressionAttributeValues": now,
                "ReturnValues": "ALL_OLD",
            });
            if world.dynamodb("DeleteItem", delete).await["Attributes"].is_object() {
                world.record(None, What::Deleted(call));
            }
        });
    }

    /// Every row as JSON.
    pub(crate) async fn table(&self) -> String {
        self.dynamodb("Scan", json!({ "ConsistentRead": true })).await.to_string()
    }

    async fn dynamodb(&self, operation: &str, mut request: Value) -> Value {
        request["TableName"] = TABLE.into();
        let mut headers = HeaderMap::new();
        let target = format!("DynamoDB_20120810.{operation}");
        headers.insert("x-amz-target", target.parse().expect("an operation is ASCII"));
        let request = MockRequest {
            method: "POST".to_owned(),
            uri: "https://dynamodb.us-east-1.amazonaws.com/".to_owned(),
            headers,
            body: request.to_string().into(),
        };
        serde_json::from_slice(&self.ask(&request).await.body).unwrap_or_default()
    }
}

pub(crate) fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
