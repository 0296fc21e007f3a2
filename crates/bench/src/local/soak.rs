//! Mixed load on the local server over time. It shows whether memory grows, calls slow
//! down, or rows are left behind.

use super::connection::{Answer, Connection};
use super::durations::Durations;
use super::{print, server};
use crate::harness::process::memory;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode};
use readonce_core::table::{PARTITION_KEY, TTL_ATTRIBUTE};
use readonce_embedded::{EmbeddedAws, Storage, aws};
use readonce_tests::process::data_directory;
use readonce_tests::rows;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

const MEBIBYTE: u64 = 1_048_576;
const ACCOUNT: &str = "soak@example.com";
/// 64 hexadecimal digits; the server is discarded afterwards.
const TOKEN: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";
/// One secret in this many has a passphrase. Checking it takes a quarter of a second of
/// CPU time.
const LOCKED_EVERY: u64 = 100;
/// The minimum ttl, so that after some minutes as many rows are deleted as are created.
/// Later growth or slowdown then does not come from the table.
const TTL_SECONDS: u64 = 60;
/// One secret in this many is created by an account.
const SIGNED_IN_EVERY: u64 = 10;

/// How long, and how hard.
#[derive(clap::Args)]
pub struct Options {
    /// For how long
    #[arg(long, default_value_t = 20)]
    minutes: u64,
    /// How many connections at once
    #[arg(long, default_value_t = 8)]
    connections: u64,
}

/// Runs the load, prints a line for each minute, and reports the rows that are left.
///
/// # Errors
/// No temporary directory can be created.
pub async fn run(options: &Options) -> crate::Result<()> {
    let data = data_directory()?;
    let account = format!("{ACCOUNT}:{TOKEN}");
    let server = server::start(Some(data.path()), Some(&account)).await;

    print("| minute | calls/s | p50 ms | p99 ms | worst ms | memory MiB | files MiB |");
    print("|--:|--:|--:|--:|--:|--:|--:|");
    let start = Instant::now();
    let until = start + Duration::from_secs(60 * options.minutes);
    let (minutes, mut finished) = tokio::sync::mpsc::unbounded_channel();
    for number in 0..options.connections {
        let (origin, minutes) = (server.origin().to_owned(), minutes.clone());
        tokio::spawn(async move {
            let mut worker = Worker::new(&origin, number).await;
            for minute in 1.. {
                let end = start + Duration::from_secs(60 * minute);
                while Instant::now() < end {
                    worker.one_life().await;
                }
                let done = (std::mem::take(&mut worker.durations), worker.created);
                if minutes.send(done).is_err() || end >= until {
                    break;
                }
            }
        });
    }
    drop(minutes);
    let mut created = 0;
    for minute in 1..=options.minutes {
        let mut durations = Durations::default();
        created = 0;
        for _ in 0..options.connections {
            let (these, so_many) = finished.recv().await.expect("every call was answered as it should be");
            durations.append(&these);
            created += so_many;
        }
        let count = durations.count() / 60;
        let [median, high, worst] = [0.5, 0.99, 1.0].map(|quantile| durations.at_quantile(quantile));
        let memory = resident_mebibytes(server.id());
        let files = mebibytes_of_files(data.path())?;
        print(&format!("| {minute} | {count} | {median} | {high} | {worst} | {memory} | {files} |"));
    }
    let (status, log) = server.stop("-TERM").await;
    assert!(status.success(), "{log}");
    left_behind(data.path(), created).await;
    Ok(())
}

/// The load of one connection.
struct Worker {
    connection: Connection,
    turn: u64,
    created: u64,
    durations: Durations,
}

impl Worker {
    async fn new(origin: &str, number: u64) -> Self {
        let connection = Connection::open(origin).await;
        Self { connection, turn: number, created: 0, durations: Durations::default() }
    }

    /// Plays the whole life of a secret, and some fruitless calls.
    async fn one_life(&mut self) {
        self.turn += 1;
        let turn = self.turn;
        let size_bytes = [40, 400, 9_000][usize::try_from(turn % 3).expect("it is below 3")];
        let text = "x".repeat(size_bytes);
        let passphrase = if turn.is_multiple_of(LOCKED_EVERY) { "&passphrase=right" } else { "" };
        let form = format!("ttl={TTL_SECONDS}&secret={text}{passphrase}");
        let answer = if turn.is_multiple_of(SIGNED_IN_EVERY) {
            let answer = self.signed_in(Method::POST, "/api/v1/share", &form).await;
            self.signed_in(Method::GET, "/api/v1/private/recent", "").await;
            answer
        } else {
            self.call(Method::POST, "/api/v1/share", &form, StatusCode::OK).await
        };
        self.created += 1;
        let (secret, receipt) = (answer.text("secret_key"), answer.text("metadata_key"));
        self.call(Method::GET, &format!("/api/v1/private/{receipt}"), "", StatusCode::OK).await;
        self.call(Method::GET, &format!("/secret/{secret}"), "", StatusCode::OK).await;
        let path = format!("/api/v1/secret/{secret}");
        if !passphrase.is_empty() {
            self.call(Method::POST, &path, "passphrase=wrong", StatusCode::NOT_FOUND).await;
            self.call(Method::POST, &path, "passphrase=right", StatusCode::OK).await;
        } else if turn.is_multiple_of(7) {
            self.call(Method::POST, &format!("/api/v1/private/{receipt}/burn"), "", StatusCode::OK).await;
        } else if !turn.is_multiple_of(11) {
            let answer = self.call(Method::POST, &path, "", StatusCode::OK).await;
            assert_eq!(answer.text("value"), text);
        } else {
            // It expires unread.
            return;
        }
        self.call(Method::POST, &path, "", StatusCode::NOT_FOUND).await;
        self.call(Method::GET, &format!("/private/{receipt}"), "", StatusCode::OK).await;
        self.call(Method::POST, "/api/v1/share", "secret=%", StatusCode::BAD_REQUEST).await;
    }

    async fn call(&mut self, method: Method, path: &str, form: &str, expected: StatusCode) -> Answer {
        self.timed(method, path, form, &[], expected).await
    }

    async fn signed_in(&mut self, method: Method, path: &str, form: &str) -> Answer {
        let credentials = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
        self.timed(method, path, form, &[("authorization", &credentials)], StatusCode::OK).await
    }

    async fn timed(
        &mut self,
        method: Method,
        path: &str,
        form: &str,
        headers: &[(&str, &str)],
        expected: StatusCode,
    ) -> Answer {
        let before = Instant::now();
        let answer = self.connection.send(method, path, form, headers).await;
        self.durations.add(before.elapsed());
        assert_eq!(answer.status, expected, "{path}");
        answer
    }
}

/// The process's resident memory in MiB; `unknown` where no file reports it.
fn resident_mebibytes(process: u32) -> String {
    let tenths = memory(process, "VmRSS:").map(|bytes| bytes * 10 / MEBIBYTE);
    tenths.map_or_else(|_| "unknown".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

/// Total size of the files in a directory, in MiB.
fn mebibytes_of_files(directory: &Path) -> std::io::Result<u64> {
    let sizes = std::fs::read_dir(directory)?.map(|entry| Ok(entry?.metadata()?.len()));
    Ok(sizes.sum::<std::io::Result<u64>>()? / MEBIBYTE)
}

/// Waits, without load, until every secret has ended and one more sweep has run. Then
/// counts the remaining rows of each kind, and those without an end.
async fn left_behind(data: &Path, created: u64) {
    let storage = Storage { data: Some(data.to_owned()), outbox: None };
    let embedded = EmbeddedAws::start(&storage).await.expect("the directory is in order");
    // The sweep itself takes time.
    tokio::time::sleep(aws::SWEEP_EVERY + Duration::from_mins(1)).await;
    let found = rows::all(&embedded.config().dynamodb_client(), aws::TABLE).await;
    let mut kinds: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in &found {
        let key = row[PARTITION_KEY].as_s().expect("a key is a text");
        let (kind, _) = key.split_once('#').unwrap_or((key, ""));
        let (count, endless) = kinds.entry(kind).or_default();
        *count += 1;
        *endless += u64::from(!row.contains_key(TTL_ATTRIBUTE));
    }
    print("");
    print(&format!("{created} secrets were created. The rows that are left when all have ended:"));
    print("");
    print("| kind | rows | without an end |");
    print("|---|--:|--:|");
    for (kind, (count, endless)) in kinds {
        print(&format!("| {kind} | {count} | {endless} |"));
    }
}
