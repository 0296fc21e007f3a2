use futures_util::future::join_all;
use readonce_tests::{Answer, TestApp};

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
async fn one_of_many_parallel_burns_and_reveals_wins_and_the_receipt_keeps_it() {
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
