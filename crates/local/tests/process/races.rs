//! Races over several processes: on one `--data` directory, and on one emulator.

use crate::{program, start};
use readonce_core::environment::variable;
use readonce_tests::lambda::AwsOverHttp;
use readonce_tests::process::{LocalServer, data_directory};
use readonce_tests::races::{Outcome, race};
use std::io::Write as _;
use std::time::Instant;

const READERS: usize = 16;
/// The number of secrets in the race.
const SECRETS: usize = 100;

/// With as many secrets as `RACE_SECRETS` says, if it says so.
#[tokio::test(flavor = "multi_thread")]
async fn four_processes_on_one_directory_reveal_once() {
    let directory = data_directory().unwrap();
    let options = ["--data", directory.path().to_str().unwrap()];
    // At once, so that all want to make the table and the key.
    let (one, two, three, four) =
        tokio::join!(start(&options), start(&options), start(&options), start(&options));
    let secrets = variable("RACE_SECRETS").map_or(SECRETS, |count| count.parse().unwrap());
    all_once("one directory", secrets, &[one, two, three, four]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_emulator_reveal_once() {
    let aws = AwsOverHttp::start().await;
    let environment = aws.environment();
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let options = ["--aws", "--site-url", "https://secrets.example.com"];
    let (one, two) = tokio::join!(
        LocalServer::start(program(), &options, &environment),
        LocalServer::start(program(), &options, &environment)
    );
    all_once("one emulator", SECRETS, &[one, two]).await;
}

async fn all_once(what: &str, secrets: usize, servers: &[LocalServer]) {
    let services: Vec<_> = servers.iter().map(LocalServer::anonymous).collect();
    let beginning = Instant::now();
    let outcome = race(&services, secrets, READERS).await;
    let (processes, seconds) = (servers.len(), beginning.elapsed().as_secs());
    let figures = format!("{processes} processes on {what}, {READERS} readers for each secret");
    let _ = writeln!(std::io::stderr(), "{figures}: {outcome:?} in {seconds} s");
    assert_eq!(outcome, Outcome { once: secrets, lost: 0, doubles: 0 });
}
