use crate::share::redacted;
use readonce_tests::TestApp;
use readonce_tests::caller::Form;
use std::collections::BTreeSet;

#[tokio::test]
async fn generating_answers_with_value_and_receipt() {
    let app = TestApp::start().await;
    let answer = app.anonymous().generate(&[("ttl", "3600")]).await;
    assert_eq!(answer.text("value").len(), 12);
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
    "value":"[value]",
    "passphrase_required":false,
    "identifier":"[metadata_key]",
    "secret_identifier":"[secret_key]",
    "has_passphrase":false,
    "recipients":[],
    "receipt_ttl":7200,
    "receipt_url":"[origin]/private/[metadata_key]",
    "secret_value":"[value]",
    "secret_url":"[origin]/secret/[secret_key]"}
    "#);
}

#[tokio::test]
async fn a_generated_value_is_revealed_unchanged() {
    let app = TestApp::start().await;
    for length in ["4", "12", "", "128"] {
        let form = [("length", length), ("secret", "is ignored"), ("passphrase", "horse")];
        let answer = app.anonymous().generate(&form).await;
        let expected = if length.is_empty() { 12 } else { length.parse().unwrap() };
        assert_eq!(answer.text("value").len(), expected);
        let revealed = app.anonymous().reveal(&answer.text("secret_key"), &[("passphrase", "horse")]).await;
        assert_eq!(revealed.text("value"), answer.text("value"));
    }
}

#[tokio::test]
async fn character_sets_are_the_callers_choice() {
    let app = TestApp::start().await;
    let only_numbers = r#"{"uppercase":false,"lowercase":false,"symbols":false,"exclude_ambiguous":false}"#;
    let answer = app.anonymous().generate(&[("character_sets", only_numbers), ("length", "128")]).await;
    let value = answer.text("value");
    assert!(value.bytes().all(|byte| byte.is_ascii_digit()), "{value}");
    assert!(value.contains('0') && value.contains('1'), "128 digits without a nought: {value}");
}

#[tokio::test]
async fn invalid_generate_requests_are_refused_with_a_reason() {
    let app = TestApp::start().await;
    let none = r#"{"uppercase":false,"lowercase":false,"numbers":false,"symbols":false}"#;
    let long = "x".repeat(129);
    let small = "Generated password length must be at least 4 characters";
    let large = "Generated password length must be no more than 128 characters";
    let cases: &[(&Form<'_>, u16, &str)] = &[
        (&[("length", "3")], 400, small),
        (&[("length", "-1")], 400, small),
        (&[("length", "twelve")], 400, small),
        (&[("length", "129")], 400, large),
        (&[("length", "99999999999999999999")], 400, large),
        (&[("character_sets", none)], 400, "At least one character set is needed"),
        (&[("character_sets", "all")], 400, "Incorrect payload format"),
        (&[("recipient", "jo@example.com")], 401, "An account is required to send emails."),
        (
            &[("share_domain", "their.example.com")],
            403,
            "You do not have permission to use domain: their.example.com",
        ),
        // In the order in which the parameters are checked.
        (
            &[("length", "3"), ("passphrase", &long)],
            400,
            "Passphrase must be no more than 128 characters long",
        ),
        (&[("length", "3"), ("character_sets", "all")], 400, small),
        (
            &[("length", "3"), ("share_domain", "a.example.com")],
            403,
            "You do not have permission to use domain: a.example.com",
        ),
    ];
    for (form, status, message) in cases {
        let answer = app.anonymous().generate(form).await;
        assert_eq!(answer.refusal(), (*status, (*message).to_owned()), "{form:?}");
    }
    assert!(readonce_tests::rows::all(&app.aws.dynamodb_client(), app.table.name()).await.is_empty());
}

#[tokio::test]
async fn default_values_use_every_unambiguous_character() {
    let app = TestApp::start().await;
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        seen.extend(app.anonymous().generate(&[("length", "128")]).await.text("value").chars());
    }
    let letters_and_numbers = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";
    let symbols = "!@#$%^&*()_-+=[]{}|:;\"'<>,.?/~`";
    assert_eq!(seen, letters_and_numbers.chars().chain(symbols.chars()).collect());
}
