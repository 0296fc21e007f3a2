//! The program as Lambda runs it.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

use readonce_core::account::Caller;
use readonce_core::create::{Arrival, CreateApp, CreateOptions};
use readonce_core::deadline::Deadline;
use readonce_core::keyring::{MasterKey, SealingKeyring};
use readonce_core::passphrase::Passphrase;
use readonce_core::secret_text::SecretText;
use readonce_core::settings::CreatePolicy;
use readonce_core::share::share;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_embedded::aws::TABLE;
use readonce_tests::lambda::{AwsOverHttp, LambdaProcess, event};
use readonce_tests::template::Stack;
use std::path::Path;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_readonce-reveal");

/// Shares a text from this process, as the share function would from its own.
async fn shared(aws: &AwsOverHttp, text: &str, options: CreateOptions) -> String {
    let config = aws.aws.config();
    let master = MasterKey { key_id: aws.aws.kms_key_id().to_owned(), table: TABLE.to_owned() };
    let app = CreateApp {
        table: Table::new(config.dynamodb_client(), TABLE),
        keyring: SealingKeyring::new(config.kms_client(), master),
        mailer: None,
        policy: CreatePolicy::default(),
    };
    let site = "https://eu.readonce.example".parse().unwrap();
    let arrival = Arrival { host: "eu.readonce.example", site: &site };
    let text = Some(SecretText::new(text.to_owned()));
    let deadline = Deadline::after(Duration::from_secs(19));
    let now = UnixTime::now();
    let created = share(&app, &Caller::Anonymous, text, options, arrival, now, deadline).await;
    created.unwrap().receipt.secret_key.expose().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_execution_environments_reveal_a_secret_once() {
    let aws = AwsOverHttp::start().await;
    let one = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    let two = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    for round in 0..20 {
        let text = format!("text {round}");
        let path = format!("/api/v1/secret/{}", shared(&aws, &text, CreateOptions::default()).await);
        let reveal = || event("POST", &path, "", &[], None);
        let (first, second) = tokio::join!(one.invoke(reveal()), two.invoke(reveal()));
        let mut statuses = [&first, &second].map(|answer| answer["statusCode"].as_u64().unwrap());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404], "round {round}: {first} {second}");
        let winner = if first["statusCode"] == 200 { first } else { second };
        let body: serde_json::Value = serde_json::from_str(winner["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["value"], text);
    }
    let printed = one.stop().await;
    assert!(!printed.contains("text "), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_role_allows_what_it_does_and_no_more() {
    let aws = AwsOverHttp::start().await;
    let function = LambdaProcess::start(Path::new(PROGRAM), "RevealFunction", &aws, &[]).await;
    let passphrase = Passphrase::given("horse".to_owned().into());
    let key = shared(&aws, "text", CreateOptions { passphrase, ..CreateOptions::default() }).await;
    let path = format!("/api/v1/secret/{key}");
    for (passphrase, status) in [("wrong", 404), ("horse", 200), ("horse", 404)] {
        let form = format!("passphrase={passphrase}");
        let answer = function.invoke(event("POST", &path, "", &[], Some(&form))).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
    }
    assert_eq!(aws.actions(), Stack::new(&[]).actions("RevealRole"));
}
