//! A failure of AWS never reveals a secret twice, loses it, or leaves a half-done
//! state.

use aws_sdk_dynamodb::types::AttributeValue;
use readonce_tests::faults::Fault;
use readonce_tests::rows::{self, Row};
use readonce_tests::{Answer, Caller, TestApp};

const UNAVAILABLE: (u16, &str) = (503, "Service temporarily unavailable. Please try again shortly.");
const NOT_MAILED: (u16, &str) = (502, "The email could not be sent; the secret was not kept.");

/// Faults that end at once; deadlines.rs covers calls that hang.
const QUICK: [Fault; 6] = [
    Fault::Refused,
    Fault::ServerError,
    Fault::Throttled,
    Fault::AccessDenied,
    Fault::AnswerLost,
    Fault::AnswerCut,
];

async fn open_secrets(app: &TestApp) -> usize {
    let rows = rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    let is_open = |row: &&Row| row.get("state") == Some(&AttributeValue::S("open".to_owned()));
    rows.iter().filter(is_open).count()
}

fn assert_refused(answer: &Answer, expected: (u16, &str), context: &str) {
    assert_eq!(answer.refusal(), (expected.0, expected.1.to_owned()), "{context}");
    assert_eq!(answer.header("retry-after").is_empty(), expected.0 != 503, "{context}");
    assert!(!answer.body.contains("the text"), "{context}");
}

async fn share(caller: &Caller) -> Answer {
    caller.share(&[("secret", "the text"), ("recipient", "jo@example.com")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_that_cannot_be_finished_leaves_no_secret() {
    for fault in QUICK {
        for (operation, expected) in [
            ("GetItem", UNAVAILABLE),
            ("GenerateDataKey", UNAVAILABLE),
            ("PutItem", UNAVAILABLE),
            ("SendEmail", NOT_MAILED),
        ] {
            let context = format!("{operation} {fault:?}");
            let app = TestApp::start().await;
            let tom = app.account("tom@example.com").await;
            app.faults.always(operation, fault);
            let answer = share(&tom).await;
            // The write is carried out although each of its answers is lost. A put can find
            // that out: its repeat meets its own row.
            if operation == "PutItem" && matches!(fault, Fault::AnswerLost) {
                assert!(answer.status == 200 || answer.status == 503, "{context}: {}", answer.body);
            } else {
                assert_refused(&answer, expected, &context);
            }
            app.faults.clear();
            assert_eq!(open_secrets(&app).await, usize::from(answer.status == 200), "{context}");
            for mail in app.outbox.mails() {
                let key = mail.link().rsplit('/').next().unwrap().to_owned();
                let revealed = app.anonymous().revealed(&key).await;
                assert_eq!(revealed.is_ok(), answer.status == 200, "{context}: the first link is dead");
            }
            assert_eq!(share(&tom).await.status, 200, "{context}: afterwards all is well");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_with_one_failing_put_leaves_nothing() {
    for (has_account, puts) in [(false, 2), (true, 3)] {
        for skip in 0..puts {
            let context = format!("put {skip} of {puts}");
            let app = TestApp::start().await;
            let tom = app.account("tom@example.com").await;
            let caller = if has_account { &tom } else { &app.anonymous() };
            app.faults.after("PutItem", skip, 1, Fault::AccessDenied);
            let answer = caller.share(&[("secret", "the text")]).await;
            assert_refused(&answer, UNAVAILABLE, &context);
            assert_eq!(open_secrets(&app).await, 0, "{context}");
            assert_eq!(tom.get("/api/v1/private/recent").await.body, "[]", "{context}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_whose_answer_is_lost_is_repeated() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    app.faults.always("SendEmail", Fault::AccessDenied);
    app.faults.next("UpdateItem", 7, Fault::AnswerLost);
    assert_refused(&share(&tom).await, NOT_MAILED, "");
    assert_eq!(open_secrets(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_withdrawal_is_not_reported_as_done() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    app.faults.always("SendEmail", Fault::Refused);
    app.faults.always("UpdateItem", Fault::AccessDenied);
    assert_refused(&share(&tom).await, UNAVAILABLE, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_arrived_despite_an_error_is_not_a_failure() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    // SES accepts the mail, its answer is lost, and the recipient is quick.
    app.faults.always("SendEmail", Fault::AnswerLost);
    let eager = async {
        loop {
            if let Some(mail) = app.outbox.mails().first() {
                let key = mail.link().rsplit('/').next().unwrap().to_owned();
                return app.anonymous().revealed(&key).await.unwrap();
            }
            tokio::task::yield_now().await;
        }
    };
    let (answer, text) = tokio::join!(share(&tom), eager);
    assert_eq!((answer.status, text.as_str()), (200, "the text"), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transient_fault_is_retried_unnoticed() {
    for operation in ["GetItem", "GenerateDataKey", "PutItem", "SendEmail", "Decrypt", "UpdateItem"] {
        for fault in [Fault::Refused, Fault::ServerError, Fault::Throttled, Fault::AnswerLost] {
            let context = format!("{operation} {fault:?}");
            let app = TestApp::start().await;
            let tom = app.account("tom@example.com").await;
            app.faults.next(operation, 2, fault);
            let answer = share(&tom).await;
            assert_eq!(answer.status, 200, "{context}: {}", answer.body);
            let key = answer.text("secret_key");
            assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"), "{context}");
            assert_eq!(app.anonymous().reveal(&key, &[]).await.status, 404, "{context}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reveal_that_fails_before_its_claim_consumes_nothing() {
    for fault in QUICK {
        for operation in ["GetItem", "Decrypt"] {
            let context = format!("{operation} {fault:?}");
            let app = TestApp::start().await;
            let key = app.anonymous().shared(&[("secret", "the text")]).await;
            app.faults.always(operation, fault);
            let answer = app.anonymous().reveal(&key, &[]).await;
            assert_refused(&answer, UNAVAILABLE, &context);
            app.faults.clear();
            assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"), "{context}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_is_refused_for_good_consumes_nothing() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "the text")]).await;
    app.faults.always("UpdateItem", Fault::AccessDenied);
    app.faults.take_calls();
    assert_refused(&app.anonymous().reveal(&key, &[]).await, UNAVAILABLE, "");
    let claims = app.faults.take_calls().iter().filter(|call| *call == "UpdateItem").count();
    assert_eq!(claims, 1, "what was refused at the first attempt is not asked for again");
    app.faults.clear();
    assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"));
}

/// The second attempt is refused; the first may have been carried out.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_is_refused_after_a_lost_answer_is_repeated_until_its_outcome_is_known() {
    for lost in [Fault::AnswerLost, Fault::Refused] {
        let app = TestApp::start().await;
        let key = app.anonymous().shared(&[("secret", "the text")]).await;
        app.faults.next("UpdateItem", 1, lost);
        app.faults.next("UpdateItem", 2, Fault::AccessDenied);
        assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"), "{lost:?}");
        assert_eq!(app.anonymous().reveal(&key, &[]).await.status, 404, "{lost:?}");
    }
}

/// The SDK gives up after five attempts; the claim is repeated anyway.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_whose_outcome_is_unknown_is_repeated_until_it_is_known() {
    for fault in [Fault::Refused, Fault::ServerError, Fault::Throttled, Fault::AnswerLost] {
        let app = TestApp::start().await;
        let key = app.anonymous().shared(&[("secret", "the text")]).await;
        app.faults.next("UpdateItem", 7, fault);
        assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"), "{fault:?}");
        assert_eq!(app.anonymous().reveal(&key, &[]).await.status, 404, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_passphrase_that_fails_on_our_side_is_not_counted() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "the text"), ("passphrase", "right")]).await;
    let right: &[(&str, &str)] = &[("passphrase", "right")];
    app.faults.always("Decrypt", Fault::AccessDenied);
    for _ in 0..6 {
        assert_refused(&app.anonymous().reveal(&key, right).await, UNAVAILABLE, "");
    }
    app.faults.clear();
    assert_eq!(app.anonymous().reveal(&key, right).await.text("value"), "the text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guess_that_cannot_be_counted_is_not_allowed() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "the text"), ("passphrase", "right")]).await;
    app.faults.always("UpdateItem", Fault::AccessDenied);
    let answer = app.anonymous().reveal(&key, &[("passphrase", "right")]).await;
    assert_refused(&answer, UNAVAILABLE, "");
    app.faults.clear();
    assert_eq!(app.anonymous().reveal(&key, &[("passphrase", "right")]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burn_that_fails_burns_nothing() {
    for fault in QUICK {
        for operation in ["GetItem", "UpdateItem"] {
            // An update is repeated until the deadline unless AWS refuses it for good; see
            // below, and deadlines.rs.
            if operation == "UpdateItem" && fault != Fault::AccessDenied {
                continue;
            }
            let context = format!("{operation} {fault:?}");
            let app = TestApp::start().await;
            let shared = app.anonymous().share(&[("secret", "the text")]).await;
            let burn = format!("/api/v1/private/{}/burn", shared.text("metadata_key"));
            app.faults.always(operation, fault);
            assert_refused(&app.anonymous().post(&burn, &[]).await, UNAVAILABLE, &context);
            app.faults.clear();
            let key = shared.text("secret_key");
            assert_eq!(app.anonymous().revealed(&key).await.as_deref(), Ok("the text"), "{context}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burn_whose_outcome_is_unknown_is_repeated_until_it_is_known() {
    for fault in [Fault::Refused, Fault::ServerError, Fault::Throttled, Fault::AnswerLost] {
        let app = TestApp::start().await;
        let shared = app.anonymous().share(&[("secret", "the text")]).await;
        let burn = format!("/api/v1/private/{}/burn", shared.text("metadata_key"));
        app.faults.next("UpdateItem", 7, fault);
        assert_eq!(app.anonymous().post(&burn, &[]).await.status, 200, "{fault:?}");
        assert_eq!(app.anonymous().reveal(&shared.text("secret_key"), &[]).await.status, 404, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_returned_even_if_it_cannot_be_marked_as_viewed() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "the text")]).await;
    let receipt = format!("/api/v1/private/{}", shared.text("metadata_key"));
    app.faults.always("UpdateItem", Fault::AccessDenied);
    assert_eq!(app.anonymous().get(&receipt).await.text("state"), "new");
    app.faults.clear();
    assert_eq!(app.anonymous().get(&receipt).await.text("state"), "new");
    assert_eq!(app.anonymous().get(&receipt).await.text("state"), "viewed");
    app.faults.always("GetItem", Fault::AccessDenied);
    assert_refused(&app.anonymous().get(&receipt).await, UNAVAILABLE, "");
}
