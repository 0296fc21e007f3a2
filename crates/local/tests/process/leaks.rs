//! Neither table nor log holds what is secret.

use crate::program;
use readonce_embedded::{EmbeddedAws, Storage, aws};
use readonce_tests::process::{LocalServer, data_directory};
use readonce_tests::rows;

const TEXT: &str = "a text that nobody else may know";
const PASSPHRASE: &str = "a passphrase likewise";
const WRONG: &str = "a wrong passphrase";
const TOKEN: &str = "00112233445566778899aabbccddeeff";
const WRONG_TOKEN: &str = "ffeeddccbbaa";
const RECIPIENT: &str = "recipient@example.org";

#[tokio::test]
async fn no_row_and_no_line_holds_a_secret_key_passphrase_token_or_recipient() {
    let data = data_directory().unwrap();
    let outbox = tempfile::tempdir().unwrap();
    let account = format!("tom@example.com:{TOKEN}");
    let options = ["--data", data.path().to_str().unwrap(), "--outbox", outbox.path().to_str().unwrap()];
    let loud = [("RUST_LOG", "trace"), ("AWS_LAMBDA_LOG_LEVEL", "TRACE"), ("RUST_BACKTRACE", "1")];
    let server = LocalServer::start_with_accounts(program(), &account, &options, &loud).await;
    let tom = server.account("tom@example.com", TOKEN);
    let mut needles: Vec<String> =
        [TEXT, PASSPHRASE, WRONG, TOKEN, WRONG_TOKEN, RECIPIENT].map(str::to_owned).to_vec();

    let form = [("secret", TEXT), ("passphrase", PASSPHRASE), ("recipient", RECIPIENT)];
    let locked = tom.share(&form).await;
    let generated = tom.generate(&[("length", "40")]).await;
    let open = server.anonymous().share(&[("secret", TEXT)]).await;
    let left = server.anonymous().share(&[("secret", TEXT), ("passphrase", PASSPHRASE)]).await;
    needles.push(generated.text("value"));
    for answer in [&locked, &generated, &open, &left] {
        needles.push(answer.text("metadata_key"));
        needles.push(answer.text("secret_key"));
    }
    let key = locked.text("secret_key");
    assert_eq!(tom.reveal(&key, &[("passphrase", WRONG)]).await.status, 404);
    assert_eq!(tom.reveal(&key, &[("passphrase", PASSPHRASE)]).await.text("value"), TEXT);
    assert_eq!(
        server.anonymous().revealed(&generated.text("secret_key")).await.unwrap(),
        generated.text("value")
    );
    assert_eq!(server.anonymous().revealed(&open.text("secret_key")).await.unwrap(), TEXT);
    server.account("tom@example.com", WRONG_TOKEN).get("/api/v1/authcheck").await;
    tom.share(&[("secret", TEXT), ("recipient", "not@an@address")]).await;
    tom.share(&[("secret", TEXT), ("share_domain", "their.example.com")]).await;
    // A fault on our side is logged with all its causes: here, no mail can be written.
    std::fs::remove_dir_all(outbox.path()).unwrap();
    assert_eq!(tom.share(&form).await.status, 502);

    let (status, printed) = server.stop("-TERM").await;
    assert!(status.success());
    assert!(printed.contains("a dependency failed"), "the log is on: {printed}");
    let storage = Storage { data: Some(data.path().to_owned()), outbox: None };
    let embedded = EmbeddedAws::start(&storage).await.unwrap();
    let table = rows::all(&embedded.config().dynamodb_client(), aws::TABLE).await;
    assert!(table.len() >= 8, "the table was in use");
    let table = rows::searchable(&table);
    assert!(rows::contains(&table, "re*****@e*****.org"), "the search finds what is there");
    for needle in &needles {
        assert!(!rows::contains(&table, needle), "{needle} is in the table");
        assert!(!printed.contains(needle), "{needle} is in the log: {printed}");
    }
    // The log of the database beside it as well.
    for entry in std::fs::read_dir(data.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for needle in &needles {
            assert!(!rows::contains(&bytes, needle), "{needle} is in a file");
        }
    }
}
