use readonce_core::plan::PlanName;
use readonce_tests::caller::Form;
use readonce_tests::{Answer, TestApp};
use serde_json::{Value, json};

/// The body with placeholders for values that differ between runs.
pub(crate) fn redacted(app: &TestApp, answer: &Answer) -> String {
    let mut text = answer.body.clone();
    let json = answer.json();
    for name in ["metadata_key", "secret_key", "value"] {
        if let Some(value) = json[name].as_str() {
            let quoted = serde_json::to_string(value).unwrap();
            // A generated value may itself end in a quote.
            text = text.replace(&quoted[1..quoted.len() - 1], &format!("[{name}]"));
        }
    }
    let created = json["created"].to_string();
    text.replace(&created, "[time]").replace(&app.origin(), "[origin]").replace(",\"", ",\n\"")
}

#[tokio::test]
async fn sharing_answers_with_the_whole_receipt() {
    let app = TestApp::start().await;
    let answer = app.anonymous().share(&[("secret", "text"), ("ttl", "3600")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    insta::assert_snapshot!(redacted(&app, &answer), @r#"
    {"custid":"anon",
    "metadata_key":"[metadata_key]",
    "secret_key":"[secret_key]",
    "ttl":3600,
    "metadata_ttl":7200,
    "secret_ttl":3600,
    "metadata_url":"[origin]/private/[metadata_key]",
    "state":"new",
    "updated":[time],
    "created":[time],
    "recipient":[],
    "share_domain":"",
    "passphrase_required":false,
    "identifier":"[metadata_key]",
    "secret_identifier":"[secret_key]",
    "has_passphrase":false,
    "recipients":[],
    "receipt_ttl":7200,
    "receipt_url":"[origin]/private/[metadata_key]",
    "secret_url":"[origin]/secret/[secret_key]"}
    "#);
}

#[tokio::test]
async fn an_account_may_use_every_option() {
    let app = TestApp::start().await;
    let tom = app.account_with("Tom@example.com", PlanName::Basic, &["secrets.example.com"]).await;
    let form = [
        ("secret", "text"),
        ("passphrase", "horse"),
        ("recipient", "jo@example.org"),
        ("share_domain", "secrets.example.com"),
        ("ttl", "1209600"),
    ];
    let answer = tom.share(&form).await;
    insta::assert_snapshot!(redacted(&app, &answer), @r#"
    {"custid":"Tom@example.com",
    "metadata_key":"[metadata_key]",
    "secret_key":"[secret_key]",
    "ttl":1209600,
    "metadata_ttl":2419200,
    "secret_ttl":1209600,
    "metadata_url":"https://secrets.example.com/private/[metadata_key]",
    "state":"new",
    "updated":[time],
    "created":[time],
    "recipient":["jo*****@e*****.org"],
    "share_domain":"secrets.example.com",
    "passphrase_required":true,
    "identifier":"[metadata_key]",
    "secret_identifier":"[secret_key]",
    "has_passphrase":true,
    "recipients":["jo*****@e*****.org"],
    "receipt_ttl":2419200,
    "receipt_url":"https://secrets.example.com/private/[metadata_key]",
    "secret_url":"https://secrets.example.com/secret/[secret_key]"}
    "#);
}

#[tokio::test]
async fn keys_are_31_characters_and_the_secret_key_follows_from_the_metadata_key() {
    let app = TestApp::start().await;
    let answer = app.anonymous().post("/api/v1/create", &[("secret", "text")]).await;
    let metadata_key = readonce_core::secret::key::MetadataKey::parse(&answer.text("metadata_key")).unwrap();
    assert_eq!(metadata_key.secret_key().expose(), answer.text("secret_key"));
}

#[tokio::test]
async fn invalid_share_requests_are_refused_with_a_reason() {
    let app = TestApp::start_with(|settings| settings.create.minimum_passphrase = 8).await;
    let anonymous = app.anonymous();
    let tom = app.account("tom@example.com").await;
    let long = "x".repeat(129);
    let over = "x".repeat(10_001);
    let cases: &[(bool, &Form<'_>, u16, &str)] = &[
        (false, &[], 400, "You did not provide anything to share"),
        (false, &[("secret", "")], 400, "You did not provide anything to share"),
        (false, &[("secret", "\0")], 400, "You did not provide anything to share"),
        (false, &[("secret", &over)], 413, "Secret value exceeds the maximum size of 10000 bytes"),
        (true, &[("secret", &over)], 413, "Secret value exceeds the maximum size of 10000 bytes"),
        (
            false,
            &[("secret", "x"), ("passphrase", "1234567")],
            400,
            "Passphrase must be at least 8 characters long",
        ),
        (
            false,
            &[("secret", "x"), ("passphrase", &long)],
            400,
            "Passphrase must be no more than 128 characters long",
        ),
        (
            false,
            &[("secret", "x"), ("recipient", "jo@example.com")],
            401,
            "An account is required to send emails.",
        ),
        (false, &[("secret", "x"), ("recipient", "jo")], 401, "An account is required to send emails."),
        (true, &[("secret", "x"), ("recipient", "jo")], 400, "Undeliverable email address: jo"),
        (
            true,
            &[("secret", "x"), ("recipient", "a@b.com,c@d.com")],
            400,
            "Undeliverable email address: a@b.com,c@d.com",
        ),
        (
            true,
            &[("secret", "x"), ("recipient", "a@b.com"), ("recipient", "c@d.com")],
            400,
            "Only one recipient is possible",
        ),
        (
            true,
            &[("secret", "x"), ("share_domain", "their.example.com")],
            403,
            "You do not have permission to use domain: their.example.com",
        ),
        (
            false,
            &[("secret", "x"), ("share_domain", "Their.example.com")],
            403,
            "You do not have permission to use domain: Their.example.com",
        ),
        // In the order in which the parameters are checked, not of the form.
        (
            false,
            &[("share_domain", "a.example.com"), ("recipient", "x"), ("passphrase", "x"), ("secret", "")],
            400,
            "You did not provide anything to share",
        ),
        (
            false,
            &[("share_domain", "a.example.com"), ("recipient", "x"), ("passphrase", "x"), ("secret", "x")],
            400,
            "Passphrase must be at least 8 characters long",
        ),
        (
            false,
            &[("share_domain", "a.example.com"), ("recipient", "x"), ("secret", "x")],
            401,
            "An account is required to send emails.",
        ),
    ];
    for (with_account, form, status, message) in cases {
        let caller = if *with_account { &tom } else { &anonymous };
        let answer = caller.share(form).await;
        assert_eq!(answer.refusal(), (*status, (*message).to_owned()), "{form:?}");
    }
    let rows = readonce_tests::rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    assert_eq!(rows.len(), 1, "only the account is in the table");
}

#[tokio::test]
async fn repeated_recipients_count_once() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let form = [
        ("secret", "x"),
        ("recipient", "jo@example.com"),
        ("recipient", "JO@example.com"),
        ("recipient[]", ""),
    ];
    let answer = tom.share(&form).await;
    assert_eq!(answer.json()["recipient"], json!(["jo*****@e*****.com"]));
    assert_eq!(app.outbox.mails().len(), 1);
}

#[tokio::test]
async fn empty_parameters_count_as_missing() {
    let app = TestApp::start().await;
    let form =
        [("secret", "x"), ("passphrase", ""), ("recipient", ""), ("share_domain", ""), ("unknown", "1")];
    let answer = app.anonymous().share(&form).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["passphrase_required"], false);
    assert_eq!(answer.json()["ttl"], 604_800);
    let answer = app.anonymous().share(&[("secret", "x"), ("ttl", "")]).await;
    assert_eq!(answer.json()["ttl"], 60);
    let tom = app.account("tom@example.com").await;
    assert_eq!(tom.share(&[("secret", "x")]).await.json()["ttl"], 604_800, "not the plan's 14 days");
}

#[tokio::test]
async fn each_plan_has_its_own_limits() {
    let app = TestApp::start().await;
    let basic = app.account("basic@example.com").await;
    let identity = app.account_with("identity@example.com", PlanName::Identity, &[]).await;
    let forever = "99999999999999999999";
    for (caller, bytes, days) in [(app.anonymous(), 10_000, 7), (basic, 10_000, 14), (identity, 100_000, 30)]
    {
        let exactly = "x".repeat(bytes);
        let answer = caller.share(&[("secret", &exactly), ("ttl", forever)]).await;
        assert_eq!(answer.json()["ttl"], days * 86_400);
        assert_eq!(app.anonymous().revealed(&answer.text("secret_key")).await.unwrap(), exactly);
        // One character of two bytes: the limit counts bytes.
        let over = format!("{}é", "x".repeat(bytes - 1));
        let answer = caller.share(&[("secret", &over)]).await;
        assert_eq!(
            answer.refusal(),
            (413, format!("Secret value exceeds the maximum size of {bytes} bytes"))
        );
    }
}

#[tokio::test]
async fn without_anonymous_creation_anybody_may_still_reveal() {
    let app = TestApp::start_with(|settings| settings.create.plans.anonymous = None).await;
    for path in ["/api/v1/share", "/api/v1/generate"] {
        let answer = app.anonymous().post(path, &[]).await;
        assert_eq!(answer.refusal(), (401, "Not authorized".to_owned()));
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"OTS\"");
    }
    let key = app.account("tom@example.com").await.shared(&[("secret", "x")]).await;
    assert_eq!(app.anonymous().revealed(&key).await.unwrap(), "x");
}

#[tokio::test]
async fn links_carry_the_right_host() {
    let open = "open.example.com".parse().unwrap();
    let app = TestApp::start_with(|settings| {
        settings.create.open_domains = vec![open];
        settings.site =
            readonce_core::address::site::SiteRule::Fixed("https://eu.example.com".parse().unwrap());
    })
    .await;
    let tom = app.account_with("tom@example.com", PlanName::Basic, &["toms.example.com"]).await;
    let cases = [
        // Caller, share domain, Host header, and the expected result.
        (app.anonymous(), "", "", ""),
        (app.anonymous(), "eu.example.com", "", ""),
        (app.anonymous(), "EU.example.com", "", ""),
        (app.anonymous(), "localhost", "", ""),
        (app.anonymous(), "10.0.0.1", "", ""),
        (app.anonymous(), "https://open.example.com", "", ""),
        (app.anonymous(), "open.example.com", "", "open.example.com"),
        (tom.clone(), "Toms.example.com", "", "toms.example.com"),
        (tom.clone(), "", "toms.example.com", "toms.example.com"),
        (tom.clone(), "open.example.com", "toms.example.com", "open.example.com"),
        (app.anonymous(), "", "open.example.com:443", "open.example.com"),
        // A foreign host in the Host header does not get into a link.
        (app.anonymous(), "", "toms.example.com", ""),
        (app.anonymous(), "", "evil.example.com", ""),
        (app.anonymous(), "", "<script>", ""),
    ];
    for (caller, share_domain, host, expected) in cases {
        let mut request =
            caller.request("POST", "/api/v1/share").body(format!("secret=x&share_domain={share_domain}"));
        if !host.is_empty() {
            request = request.header("host", host);
        }
        let answer = Answer::to(request).await;
        assert_eq!(answer.json()["share_domain"], expected, "{share_domain} {host}: {}", answer.body);
        let origin = if expected.is_empty() {
            "https://eu.example.com".to_owned()
        } else {
            format!("https://{expected}")
        };
        let key = answer.text("secret_key");
        assert_eq!(answer.text("secret_url"), format!("{origin}/secret/{key}"));
        assert_eq!(app.anonymous().reveal(&key, &[]).await.json()["share_domain"], Value::from(origin));
    }
}
