//! The end of a life under the worst conditions: TTL deletes a row in the first second
//! in which it may, clocks differ, and AWS carries out a write minutes after its caller
//! has given up. Each
//! test replays a trace from an exhaustive model of the rows, like that in tests/model.

use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::faults::Fault;
use readonce_tests::planted::plant;
use readonce_tests::stage::{Request, Service, Stage};
use readonce_tests::wire::Call;

/// Maximum age of a signature that AWS accepts.
const SIGNATURE_SECONDS: i64 = 300;
/// Maximum delay of a write, or of a reader with a slow clock: the age of a signature,
/// and half a minute for its request.
const LATEST_SECONDS: i64 = SIGNATURE_SECONDS + 30;
const TTL_SECONDS: i64 = 60;
const GUESS_WINDOW_SECONDS: i64 = readonce_core::verbs::guess::RATE.window_seconds;
const RECENT: &str = "/api/v1/private/recent";

/// A service, and the time at which the trace starts.
struct Scene {
    stage: Stage,
    service: Service,
    start: UnixTime,
}

impl Scene {
    async fn new() -> Self {
        let stage = Stage::new(|_| {}).await;
        let service = stage.service();
        // The start of a guess window.
        let start = UnixTime::now().seconds() / GUESS_WINDOW_SECONDS * GUESS_WINDOW_SECONDS;
        Self { stage, service, start: UnixTime::from_seconds(start) }
    }

    /// The answer to a request that comes in this many seconds after the start.
    async fn at(&self, seconds: i64, request: &Request) -> Answer {
        // On the heap: the SDK's futures are too large for a test's stack.
        Box::pin(self.service.answer(request, self.start.plus(seconds))).await
    }

    /// A secret that is shared at the start.
    async fn shared(&self, ttl_seconds: i64) -> Shared {
        let ttl = ttl_seconds.to_string();
        let answer = self.at(0, &Request::post("/api/v1/share", &[("secret", "text"), ("ttl", &ttl)])).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        Shared { secret: answer.text("secret_key"), metadata: answer.text("metadata_key") }
    }

    async fn let_ttl_delete(&self, kind: &str, seconds: i64) {
        self.stage.let_ttl_delete(kind, self.start.plus(seconds)).await;
    }

    async fn holds_sealed_text(&self) -> bool {
        self.stage.rows().await.iter().any(|row| row["sk"]["S"] == "secret" && row.contains_key("ciphertext"))
    }
}

struct Shared {
    secret: String,
    metadata: String,
}

impl Shared {
    fn reveal(&self) -> Request {
        reveal(&self.secret, &[])
    }

    fn receipt(&self) -> Request {
        Request::get(format!("/api/v1/private/{}", self.metadata))
    }

    fn page(&self) -> Request {
        Request::get(format!("/private/{}", self.metadata))
    }
}

fn reveal(key: &str, form: &[(&'static str, &str)]) -> Request {
    Request::post(format!("/api/v1/secret/{key}"), form)
}

fn put(subject: &str) -> Call {
    Call { operation: "PutItem".to_owned(), subject: subject.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn a_receipt_says_received_until_its_last_second() {
    let scene = Scene::new().await;
    let shared = scene.shared(TTL_SECONDS).await;
    assert_eq!(scene.at(1, &shared.reveal()).await.text("value"), "text");
    for kind in ["secret", "receipt"] {
        scene.let_ttl_delete(kind, 2 * TTL_SECONDS + LATEST_SECONDS).await;
        let receipt = scene.at(2 * TTL_SECONDS - 1, &shared.receipt()).await;
        assert_eq!(receipt.text("state"), "received", "without the {kind}");
    }
    assert_eq!(scene.at(2 * TTL_SECONDS, &shared.receipt()).await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_there_until_its_last_second_and_expired_from_then_on() {
    let scene = Scene::new().await;
    let shared = scene.shared(TTL_SECONDS).await;
    scene.let_ttl_delete("secret", TTL_SECONDS + LATEST_SECONDS).await;
    assert_eq!(scene.at(TTL_SECONDS - 1, &shared.receipt()).await.text("state"), "new");
    assert_eq!(scene.at(TTL_SECONDS, &shared.receipt()).await.text("state"), "expired");
    // Hours later, after TTL has deleted rows.
    let shared = scene.shared(86_400).await;
    scene.let_ttl_delete("secret", 100_000).await;
    assert!(!scene.holds_sealed_text().await);
    assert_eq!(scene.at(100_000, &shared.receipt()).await.text("state"), "expired");
}

#[tokio::test(start_paused = true)]
async fn a_put_carried_out_minutes_late_does_not_undo_a_reported_expiry() {
    let scene = Scene::new().await;
    scene.service.faults.at(&put("secret"), 0, 1, Fault::Late);
    let shared = scene.shared(TTL_SECONDS).await;
    scene.let_ttl_delete("secret", LATEST_SECONDS).await;
    assert_eq!(scene.at(TTL_SECONDS, &shared.receipt()).await.text("state"), "expired");
    scene.service.faults.carry_out_late().await;
    assert_eq!(scene.at(TTL_SECONDS - 1, &shared.reveal()).await.status, 404);
    assert_eq!(scene.at(TTL_SECONDS + 1, &shared.receipt()).await.text("state"), "expired");
}

#[tokio::test(start_paused = true)]
async fn a_put_carried_out_minutes_late_does_not_restore_the_sealed_text() {
    let scene = Scene::new().await;
    scene.service.faults.at(&put("secret"), 0, 1, Fault::Late);
    let shared = scene.shared(TTL_SECONDS).await;
    assert_eq!(scene.at(1, &shared.reveal()).await.status, 200);
    scene.let_ttl_delete("secret", LATEST_SECONDS).await;
    scene.service.faults.carry_out_late().await;
    assert!(!scene.holds_sealed_text().await);
}

/// A page may not write, so it waits until AWS no longer accepts the claim's signature.
#[tokio::test(start_paused = true)]
async fn a_page_reports_no_expiry_while_a_late_claim_can_still_win() {
    let scene = Scene::new().await;
    let shared = scene.shared(600).await;
    scene.service.faults.always("UpdateItem", Fault::Late);
    assert_eq!(scene.at(599, &shared.reveal()).await.status, 503);
    scene.service.faults.clear();
    let page = scene.at(600 + LATEST_SECONDS, &shared.page()).await;
    assert!(page.body.contains("Time is up") && !page.body.contains("Expired"), "{}", page.body);
    scene.service.faults.carry_out_late().await;
    let page = scene.at(600 + LATEST_SECONDS, &shared.page()).await;
    assert!(page.body.contains("The secret was opened"), "{}", page.body);
}

/// The list has the receipt's key before the creation is answered.
#[tokio::test(start_paused = true)]
async fn reading_a_receipt_during_its_creation_does_not_fail_the_creation() {
    for (lost, look) in [("receipt", ""), ("secret", "/burn")] {
        let scene = Scene::new().await;
        let token = ApiToken::random();
        let email = EmailAddress::parse("tom@example.com").unwrap();
        let account = Account::new(email, PlanName::Basic, &token, scene.start);
        assert!(scene.stage.table().create_account(&account).await.unwrap());
        let tom = |request: Request| request.signed_in("tom@example.com", token.expose());
        let share = tom(Request::post("/api/v1/share", &[("secret", "text")]));
        scene.service.faults.at(&put(lost), 0, 1, Fault::AnswerLost);
        let looked = async {
            let key = loop {
                let listed = scene.at(0, &tom(Request::get(RECENT))).await.json();
                if let Some(key) = listed[0]["metadata_key"].as_str() {
                    break key.to_owned();
                }
            };
            let receipt = format!("/api/v1/private/{key}{look}");
            let request = if look.is_empty() { Request::get(receipt) } else { Request::post(receipt, &[]) };
            scene.at(0, &request).await
        };
        let (shared, looked) = tokio::join!(scene.at(0, &share), looked);
        assert_eq!((shared.status, looked.status), (200, 200), "{lost}: {}", shared.body);
        let puts = scene.service.faults.take_detailed_calls();
        assert_eq!(puts.iter().filter(|call| **call == put(lost)).count(), 2, "it was put again");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_clock_gets_no_sixth_guess_after_the_window() {
    let scene = Scene::new().await;
    let secret = plant(&scene.stage, "text", "right", scene.start).await.secret_key;
    let guess = |passphrase| reveal(secret.expose(), &[("passphrase", passphrase)]);
    for _ in 0..5 {
        assert_eq!(scene.at(0, &guess("wrong")).await.status, 404);
    }
    scene.let_ttl_delete("guesses", GUESS_WINDOW_SECONDS + LATEST_SECONDS).await;
    assert_eq!(scene.at(GUESS_WINDOW_SECONDS - 1, &guess("right")).await.status, 429);
    assert_eq!(scene.at(GUESS_WINDOW_SECONDS, &guess("right")).await.text("value"), "text");
}
