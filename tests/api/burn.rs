use futures_util::future::join_all;
use readonce_tests::{Answer, TestApp};
use std::collections::HashMap;

fn path(shared: &Answer, end: &str) -> String {
    format!("/api/v1/private/{}{end}", shared.text("metadata_key"))
}

#[tokio::test]
async fn a_burned_secret_is_gone_and_its_receipt_says_so() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "the text"), ("ttl", "3600")]).await;
    let key = shared.text("secret_key");
    let burned = app.anonymous().post(&path(&shared, "/burn"), &[]).await;
    assert_eq!(burned.status, 200, "{}", burned.body);
    let metadata_key = shared.text("metadata_key");
    let created = shared.json()["created"].to_string();
    let updated = burned.json()["state"]["updated"].to_string();
    let body = burned
        .body
        .replace(&metadata_key, "[metadata_key]")
        .replace(&key[..6], "[short]")
        .replace(&format!("\"created\":{created}"), "\"created\":[time]")
        .replace(&format!("\"updated\":{updated}"), "\"updated\":[time]")
        .replace(&app.origin(), "[origin]")
        .replace(",\"", ",\n\"");
    let metadata_ttl = burned.json()["state"]["metadata_ttl"].to_string();
    insta::assert_snapshot!(body.replace(&format!("_ttl\":{metadata_ttl}"), "_ttl\":[left]"), @r#"
    {"state":{"custid":"anon",
    "metadata_key":"[metadata_key]",
    "secret_key":"",
    "ttl":3600,
    "metadata_ttl":[left],
    "secret_ttl":null,
    "metadata_url":"[origin]/private/[metadata_key]",
    "state":"burned",
    "updated":[time],
    "created":[time],
    "recipient":[],
    "share_domain":"",
    "identifier":"[metadata_key]",
    "secret_identifier":"",
    "recipients":[],
    "receipt_ttl":[left],
    "receipt_url":"[origin]/private/[metadata_key]"},
    "secret_shortkey":"[short]"}
    "#);
    assert_eq!(app.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
    assert_eq!(app.anonymous().get(&path(&shared, "")).await.text("state"), "burned");
    assert_eq!(app.anonymous().post(&path(&shared, "/burn"), &[]).await.refusal().0, 404, "once is enough");
}

#[tokio::test]
async fn burning_needs_the_passphrase_and_shares_the_guesses_of_reveal() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x"), ("passphrase", "right")]).await;
    let burn = path(&shared, "/burn");
    let wrong: &[(&str, &str)] = &[("passphrase", "wrong")];
    for form in [&[][..], wrong] {
        let answer = app.anonymous().post(&burn, form).await;
        assert_eq!(answer.refusal(), (403, "Double check that passphrase".to_owned()));
    }
    for _ in 0..4 {
        assert_eq!(app.anonymous().reveal(&shared.text("secret_key"), wrong).await.status, 404);
    }
    let right: &[(&str, &str)] = &[("passphrase", "right")];
    assert_eq!(app.anonymous().post(&burn, right).await.status, 429);
    app.pass_seconds(600);
    assert_eq!(app.anonymous().post(&burn, right).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_burns_and_reveals_at_once_one_wins_and_the_receipt_tells_it_for_ever() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    for round in 0..60 {
        let shared = anonymous.share(&[("secret", "text")]).await;
        let (burn, key, receipt) = (path(&shared, "/burn"), shared.text("secret_key"), path(&shared, ""));
        let burns = join_all((0..4).map(|_| anonymous.post(&burn, &[])));
        let reveals = join_all((0..4).map(|_| anonymous.reveal(&key, &[])));
        let reads = join_all((0..4).map(|_| anonymous.get(&receipt)));
        let (burns, reveals, reads) = tokio::join!(burns, reveals, reads);
        let won = |answers: &[Answer]| answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won(&burns) + won(&reveals), 1, "round {round}");
        assert_eq!(won(&reads), 4, "round {round}");
        let expected = if won(&burns) == 1 { "burned" } else { "received" };
        for _ in 0..2 {
            assert_eq!(anonymous.get(&receipt).await.text("state"), expected, "round {round}");
        }
    }
}

/// What a client does.
#[derive(Clone, Copy, Debug)]
enum Step {
    Read,
    WrongReveal,
    Reveal,
    Burn,
    Expire,
}

const STEPS: [Step; 5] = [Step::Read, Step::WrongReveal, Step::Reveal, Step::Burn, Step::Expire];

/// The model: the state after a step, and the status of its answer.
fn model(state: &'static str, step: Step) -> (&'static str, u16) {
    match (state, step) {
        ("new" | "viewed", Step::Expire) => ("expired", 0),
        (state, Step::Expire) => (state, 0),
        ("new", Step::Read) => ("viewed", 200),
        (state, Step::Read) => (state, 200),
        ("new" | "viewed", Step::Reveal) => ("received", 200),
        ("new" | "viewed", Step::Burn) => ("burned", 200),
        (state, Step::WrongReveal | Step::Reveal | Step::Burn) => (state, 404),
    }
}

/// Every sequence of up to four steps after a share, against the model. bcrypt
/// is slow and guesses are few, so the secrets here have no passphrase, and a
/// wrong guess is one at the key; with passphrases, see above.
#[tokio::test(flavor = "multi_thread")]
async fn every_short_life_of_a_secret_follows_the_model() {
    let mut sequences: Vec<Vec<Step>> = vec![Vec::new()];
    let mut last = sequences.clone();
    for _ in 0..4 {
        last =
            last.iter().flat_map(|so_far| STEPS.map(|step| [so_far.as_slice(), &[step]].concat())).collect();
        sequences.extend(last.clone());
    }
    let mut ends = HashMap::new();
    let app = TestApp::start().await;
    for sequence in sequences {
        let end = live(&app, &sequence).await;
        *ends.entry(end).or_insert(0) += 1;
    }
    assert_eq!(ends.len(), 5, "every state was reached: {ends:?}");
}

async fn live(app: &TestApp, sequence: &[Step]) -> &'static str {
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "text"), ("ttl", "60")]).await;
    let (burn, key, receipt) = (path(&shared, "/burn"), shared.text("secret_key"), path(&shared, ""));
    let mut other_key = key.clone();
    other_key.replace_range(..1, if key.starts_with('0') { "1" } else { "0" });
    let mut state = "new";
    let mut passed = 0;
    for step in sequence {
        let before = state;
        let (after, status) = model(state, *step);
        let answer = match step {
            Step::Expire => {
                // Once; a second time the receipt itself would be gone.
                if passed == 0 {
                    app.pass_seconds(60);
                    passed = 60;
                }
                None
            }
            Step::Read => Some(anonymous.get(&receipt).await),
            Step::Reveal => Some(anonymous.reveal(&key, &[]).await),
            Step::WrongReveal => Some(anonymous.reveal(&other_key, &[]).await),
            Step::Burn => Some(anonymous.post(&burn, &[]).await),
        };
        if let Some(answer) = answer {
            assert_eq!(answer.status, status, "{sequence:?} at {step:?}");
            if matches!(step, Step::Read) {
                assert_eq!(answer.text("state"), before, "{sequence:?}");
            }
        }
        state = after;
    }
    let found = anonymous.get(&receipt).await;
    assert_eq!(found.text("state"), state, "{sequence:?}");
    app.pass_seconds(-passed);
    state
}
