//! A server that dies without warning forgets no secret and repeats none.

use crate::start_with_tom;
use readonce_tests::process::data_directory;
use readonce_tests::{Answer, Caller};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

const KILLS: u64 = 50;
const CLIENTS: usize = 4;

/// The clients' knowledge of a secret whose keys they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// Nobody has asked for it.
    Open,
    /// Somebody has, and the server died before it answered.
    Asked,
    /// Somebody has got it.
    Revealed,
}

struct Secret {
    key: String,
    metadata_key: String,
    text: String,
    known: Known,
}

#[derive(Default)]
struct Secrets {
    all: Mutex<Vec<Secret>>,
    /// Tells that a reveal was answered.
    revealed: Notify,
}

impl Secrets {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Secret>) -> T) -> T {
        work(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a secret that nobody has asked for, the oldest or the newest.
    fn ask(&self, oldest: bool) -> Option<usize> {
        self.with(|secrets| {
            let is_open = |secret: &Secret| secret.known == Known::Open;
            let found =
                if oldest { secrets.iter().position(is_open) } else { secrets.iter().rposition(is_open) };
            found.inspect(|index| secrets[*index].known = Known::Asked)
        })
    }
}

/// Shares and reveals until the server is gone.
async fn use_it(caller: Caller, client: usize, round: u64, secrets: &Secrets) {
    for count in 0.. {
        if count % 3 < 2 {
            let text = format!("text {round} {client} {count}");
            let body = format!("secret={}", text.replace(' ', "+"));
            let shared = Answer::try_to(caller.request("POST", "/api/v1/share").body(body)).await;
            let Some(shared) = shared else { return };
            let (key, metadata_key) = (shared.text("secret_key"), shared.text("metadata_key"));
            secrets.with(|secrets| secrets.push(Secret { key, metadata_key, text, known: Known::Open }));
        } else if let Some(index) = secrets.ask(client.is_multiple_of(2)) {
            let key = secrets.with(|secrets| secrets[index].key.clone());
            let path = format!("/api/v1/secret/{key}");
            let Some(revealed) = Answer::try_to(caller.request("POST", &path)).await else { return };
            secrets.with(|secrets| {
                assert_eq!(revealed.text("value"), secrets[index].text);
                secrets[index].known = Known::Revealed;
            });
            secrets.revealed.notify_one();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_50_kills_none_loses_a_secret_or_reveals_one_twice() {
    let directory = data_directory().unwrap();
    let options = ["--data", directory.path().to_str().unwrap()];
    let secrets = Secrets::default();
    for round in 0..KILLS {
        let server = start_with_tom(&options).await;
        let load = (0..CLIENTS).map(|client| use_it(server.anonymous(), client, round, &secrets));
        let load = futures_util::future::join_all(load);
        // At another moment each time; what the server is doing then, nobody knows. Every
        // second time after a reveal at least, since a busy machine may need longer than
        // the pause for the first.
        let kill = async {
            if round % 2 == 1 {
                secrets.revealed.notified().await;
            }
            tokio::time::sleep(Duration::from_millis(20 + round * 7_919 % 101)).await;
            server.kill().await;
        };
        futures_util::join!(load, kill);
    }
    let server = start_with_tom(&options).await;
    let anonymous = server.anonymous();
    let secrets = secrets.with(std::mem::take);
    let mut counts = [0_usize; 3];
    for secret in &secrets {
        let answer = anonymous.reveal(&secret.key, &[]).await;
        let receipt = anonymous.get(&format!("/api/v1/private/{}", secret.metadata_key)).await;
        assert_eq!(receipt.text("state"), "received", "{:?}", secret.known);
        let may_be_there = secret.known != Known::Revealed;
        let may_be_gone = secret.known != Known::Open;
        match answer.status {
            200 if may_be_there => assert_eq!(answer.text("value"), secret.text),
            404 if may_be_gone => {}
            status => panic!("{:?}: {status}", secret.known),
        }
        assert_eq!(anonymous.reveal(&secret.key, &[]).await.status, 404, "{:?}", secret.known);
        counts[secret.known as usize] += 1;
    }
    let [open, asked, revealed] = counts;
    assert!(
        open > 0 && revealed > 0,
        "there was a load: {open} open, {asked} asked for, {revealed} revealed"
    );
}
