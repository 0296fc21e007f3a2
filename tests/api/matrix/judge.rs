//! The invariants of every cell, under any fault.

use super::scenario::Kind;
use super::scene::{Found, Keys, PASSPHRASE, Scene, Strike, TEXT, TTL_SECONDS};
use readonce_core::secret::claim::row::CLAIM_RESERVE;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::stage::{Request, Service, time_for_a_call};
use readonce_tests::wire::Sent;
use std::time::Duration;
use tokio::time::Instant;

const KEY_LENGTH: usize = 31;
const GUESS_WINDOW_SECONDS: i64 = readonce_core::verbs::guess::RATE.window_seconds;
/// DynamoDB's time-out per attempt, as the SDK is configured.
const ATTEMPT: Duration = Duration::from_secs(1);

/// An answer in short: its status, and its message or state.
pub(super) fn described(answer: &Answer) -> String {
    let status = answer.status;
    if !answer.header("content-type").starts_with("application/json") {
        return status.to_string();
    }
    let json = answer.json();
    let state = json["state"].as_str().or(json["state"]["state"].as_str());
    match json["message"].as_str().or(state) {
        Some(said) if said.len() < 40 => format!("{status} {said}"),
        // 502 and 503 each have a single message.
        _ => status.to_string(),
    }
}

/// The results of a cell, and the means for further requests.
pub(super) struct Probes<'a> {
    pub(super) scene: &'a Scene,
    pub(super) service: &'a Service,
    pub(super) now: UnixTime,
    pub(super) strikes: &'a [Strike],
    pub(super) request: &'a Request,
    pub(super) first: &'a Answer,
    pub(super) second: &'a Answer,
    pub(super) found: &'a Found,
    pub(super) log: &'a str,
}

/// Calls that were sent too late. No call may be sent after the deadline. A claim or
/// burn needs time for its answer, and its first attempt needs time for a repeat.
pub(super) fn sent_too_late(sent: &[Sent], begun: Instant) -> Vec<String> {
    let deadline = begun + time_for_a_call();
    let mut wrong: Vec<String> = sent
        .iter()
        .filter(|sent| sent.at >= deadline)
        .map(|sent| format!("{} is sent after the deadline", sent.call))
        .collect();
    for (earlier, claim) in sent.iter().filter(|sent| sent.is_claim()).enumerate() {
        let needed = if earlier == 0 { CLAIM_RESERVE } else { ATTEMPT };
        let left = deadline.saturating_duration_since(claim.at);
        if left < needed {
            wrong.push(format!("{} is sent with {left:?} left, after {earlier} others", claim.call));
        }
    }
    wrong
}

/// Finds a correct guess that was not given back although its action failed on our
/// side, however late. Only correct guesses reach KMS.
pub(super) fn guess_not_given_back(sent: &[Sent], answer: &Answer) -> Option<String> {
    let is_sent = |call: &str| sent.iter().any(|sent| sent.call.to_string() == call);
    let is_due = answer.status == 503
        && is_sent("UpdateItem guesses (+1)")
        && is_sent("Decrypt")
        && !is_sent("UpdateItem secret (received)");
    (is_due && !is_sent("UpdateItem guesses (-1)")).then(|| "a right guess is not given back".to_owned())
}

impl Probes<'_> {
    /// All violated invariants; empty if the cell is correct.
    pub(super) async fn violations(&self, kind: Kind) -> Vec<String> {
        let mut wrong = self.leaks();
        if ![200, 400, 401, 403, 404, 429, 502, 503].contains(&self.first.status) {
            wrong.push(format!("answered {}", self.first.status));
        }
        let has_retry_after = !self.first.header("retry-after").is_empty();
        if has_retry_after != [429, 503].contains(&self.first.status) {
            wrong.push("Retry-After is not where it belongs".to_owned());
        }
        let prepared = &self.scene.prepared;
        match kind {
            Kind::Creates => self.creation(&mut wrong).await,
            Kind::Reveals(keys) => self.reveal(keys(prepared), &mut wrong).await,
            Kind::Burns(keys) => self.burn(keys(prepared), &mut wrong).await,
            Kind::Reads(keys) => self.reading(keys(prepared), &mut wrong).await,
            Kind::FindsExpired(keys) => self.expiry(keys(prepared), &mut wrong).await,
        }
        wrong
    }

    /// Refusals and log lines must not contain secrets. A refusal repeats the key of
    /// its request's path, and a page contains it in its form.
    fn leaks(&self) -> Vec<String> {
        let mut secrets = self.scene.prepared.secrets();
        secrets.extend(self.found.mailed.iter().cloned());
        for answer in [self.first, self.second] {
            secrets.extend(["/secret/", "/private/"].iter().filter_map(|path| key_after(&answer.body, path)));
        }
        secrets.extend(generated(self.first));
        let is_in = |secret: &&String| self.log.contains(secret.as_str());
        let mut wrong: Vec<_> =
            secrets.iter().filter(is_in).map(|_| "a secret in the log".to_owned()).collect();
        let may_say =
            |secret: &String| self.first.status < 500 && self.request.path.contains(secret.as_str());
        let says = |secret: &&String| self.first.body.contains(secret.as_str()) && !may_say(secret);
        if self.first.status != 200 {
            wrong.extend(secrets.iter().filter(says).map(|_| "a secret in a refusal".to_owned()));
        }
        wrong
    }

    async fn creation(&self, wrong: &mut Vec<String>) {
        if self.second.status != 200 {
            wrong.push(format!("tried again, it is {}", self.second.status));
        }
        // The second request creates without faults; it is checked if the first one failed.
        let created = if self.first.status == 200 { self.first } else { self.second };
        if created.status == 200 {
            self.is_good(created, wrong).await;
        }
        if self.first.status == 200 {
            let key = key_after(&self.first.body, "/secret/").unwrap_or_default();
            if self.found.mailed.iter().any(|mailed| *mailed != key) {
                wrong.push("a mail with another link".to_owned());
            }
            return;
        }
        // A failed creation must not leave a secret that anybody has the link of. It may
        // leave an open row only if the withdrawal failed as well.
        let withdrawal_failed = self.failed("withdrawn");
        for key in &self.found.mailed {
            let is_open = self.found.state_of(key) == Some("open");
            if is_open && !(withdrawal_failed && self.first.status == 503) {
                wrong.push("the link in a mail works although the caller was told that it failed".to_owned());
            }
        }
        let left_open = self.found.secrets.iter().any(|secret| secret.is_new && secret.state == "open");
        if left_open && !withdrawal_failed {
            wrong.push("an open row is left although the caller was told that it failed".to_owned());
        }
    }

    /// A created secret can be revealed once and has then ended.
    async fn is_good(&self, created: &Answer, wrong: &mut Vec<String>) {
        let key = key_after(&created.body, "/secret/").unwrap_or_default();
        let revealed = self.reveal_of(&key).await;
        if let Some(value) = generated(created) {
            if revealed.status != 200 || revealed.text("value") != value {
                wrong.push("the generated value is lost".to_owned());
            }
        } else if texts(&[&revealed]) != 1 {
            wrong.push("what was shared is lost".to_owned());
        }
        self.service.faults.carry_out_late().await;
        self.must_be("received", &key, wrong).await;
    }

    async fn reveal(&self, keys: &Keys, wrong: &mut Vec<String>) {
        self.service.faults.carry_out_late().await;
        let third = self.service.answer(&reveal(&keys.secret), self.after_the_pause()).await;
        let given = texts(&[self.first, self.second, &third]);
        if given > 1 {
            wrong.push(format!("revealed {given} times"));
        }
        // A secret may be lost if it was claimed for an answer that nobody received.
        if given == 0 {
            let is_allowed = self.first.status == 503 && self.failed("received");
            if !is_allowed || self.told_state(keys).await != "received" {
                wrong.push("lost".to_owned());
            }
        }
        self.must_be("received", &keys.secret, wrong).await;
    }

    async fn burn(&self, keys: &Keys, wrong: &mut Vec<String>) {
        self.service.faults.carry_out_late().await;
        let was_open = self.found.state_of(&keys.secret) == Some("open");
        let mut second = self.second.status;
        if second == 429 {
            second = self.service.answer(self.request, self.after_the_pause()).await.status;
        }
        self.must_be("burned", &keys.secret, wrong).await;
        if self.first.status == 200 && was_open {
            wrong.push("the caller was told that it is burned, and it was not".to_owned());
        }
        if was_open && second != 200 {
            wrong.push(format!("tried again, it is {second}"));
        }
        if !was_open && self.first.status != 200 && self.told_state(keys).await != "burned" {
            wrong.push("burned, and nobody is told".to_owned());
        }
    }

    /// Reads must not change the state.
    async fn reading(&self, keys: &Keys, wrong: &mut Vec<String>) {
        self.service.faults.carry_out_late().await;
        let found = self.scene.look().await;
        if !found.secret(&keys.secret).is_some_and(|secret| secret.is_untouched) {
            wrong.push("a look has changed it".to_owned());
        }
    }

    /// After a caller was told that the secret has expired, no answer says otherwise,
    /// not even that of an earlier reveal.
    async fn expiry(&self, keys: &Keys, wrong: &mut Vec<String>) {
        let was_told = self.first.status == 200;
        if was_told && self.found.state_of(&keys.secret) != Some("expired") {
            wrong.push("told that it has expired, which may become untrue".to_owned());
        }
        self.service.faults.carry_out_late().await;
        let before = self.now.plus(-TTL_SECONDS);
        let revealed = self.service.answer(&reveal(&keys.secret), before).await;
        if texts(&[&revealed]) > 0 {
            wrong.push("revealed after its end was told".to_owned());
        }
        self.must_be("expired", &keys.secret, wrong).await;
    }

    /// The final state of the secret, in its row and in its receipt.
    async fn must_be(&self, state: &str, key: &str, wrong: &mut Vec<String>) {
        let found = self.scene.look().await;
        let is = found.state_of(key).unwrap_or("gone");
        if is != state {
            wrong.push(format!("in the end it is {is}, not {state}"));
        }
    }

    /// Whether the write that sets this state failed.
    fn failed(&self, state: &str) -> bool {
        let name = format!("secret ({state})");
        self.strikes.iter().any(|strike| strike.call.subject == name)
    }

    /// Time from which guesses are free again. A count whose answers were lost is
    /// repeated with each retry, and may use up the window.
    fn after_the_pause(&self) -> UnixTime {
        self.now.plus(GUESS_WINDOW_SECONDS)
    }

    /// The state in the receipt.
    async fn told_state(&self, keys: &Keys) -> String {
        let receipt = Request::get(format!("/api/v1/private/{}", keys.metadata));
        let answer = self.service.answer(&receipt, self.now).await;
        if answer.status == 200 { answer.text("state") } else { answer.message() }
    }

    async fn reveal_of(&self, key: &str) -> Answer {
        self.service.answer(&reveal(key), self.now).await
    }
}

fn reveal(key: &str) -> Request {
    Request::post(format!("/api/v1/secret/{key}"), &[("passphrase", PASSPHRASE)])
}

/// Number of answers that contain the text.
fn texts(answers: &[&Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == 200 && answer.body.contains(TEXT)).count()
}

/// The generated value, as its creator saw it.
fn generated(created: &Answer) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(&created.body).ok()?;
    let value = json["value"].as_str().filter(|_| json["metadata_key"].is_string())?;
    Some(value.to_owned())
}

/// The key after this path in a link.
fn key_after(body: &str, path: &str) -> Option<String> {
    let is_key = |key: &&str| key.len() == KEY_LENGTH && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let keys = body.split(path).skip(1).filter_map(|rest| rest.get(..KEY_LENGTH));
    keys.filter(is_key).map(str::to_owned).next()
}
