//! Secrets that the local server creates and reveals per second.

use super::connection::Connection;
use super::durations::Durations;
use super::{print, rows, server};
use http::StatusCode;
use readonce_tests::process::data_directory;
use std::path::Path;
use std::time::{Duration, Instant};

const CONNECTIONS: [usize; 3] = [1, 8, 32];
const SIZES_BYTES: [usize; 2] = [100, 10_000];

/// What is measured.
#[derive(clap::Args)]
pub struct Options {
    /// How long to create secrets in each line of the table; as many are revealed
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many rows the table has in the last lines
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
}

/// Measures, and prints a table in Markdown.
///
/// # Errors
/// No temporary directory can be created.
pub async fn run(options: &Options) -> crate::Result<()> {
    print(
        "| storage | bytes | connections | creates/s | p50 | p99 | p99.9 | reveals/s | p50 | p99 | p99.9 |",
    );
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let creating = Duration::from_secs(options.seconds);
    let memory = server::start(None, None).await;
    lines("memory", memory.origin(), creating).await;
    drop(memory);

    let data = data_directory()?;
    on_disk("`--data`", data.path(), creating).await;
    rows::fill(data.path(), options.rows);
    on_disk(&format!("`--data`, {} rows", options.rows), data.path(), creating).await;
    Ok(())
}

async fn on_disk(name: &str, data: &Path, creating: Duration) {
    let server = server::start(Some(data), None).await;
    lines(name, server.origin(), creating).await;
    let (status, log) = server.stop("-TERM").await;
    assert!(status.success(), "{log}");
}

async fn lines(storage: &str, origin: &str, creating: Duration) {
    for size_bytes in SIZES_BYTES {
        for connections in CONNECTIONS {
            let (creates, reveals) = measure(origin, size_bytes, connections, creating).await;
            print(&format!("| {storage} | {size_bytes} | {connections} | {creates} | {reveals} |"));
        }
    }
}

/// Creates secrets on this many connections for a while, then reveals all of them.
async fn measure(origin: &str, size_bytes: usize, connections: usize, creating: Duration) -> (Side, Side) {
    let form = format!("ttl=86400&secret={}", "x".repeat(size_bytes));
    let start = Instant::now();
    let creators = (0..connections).map(|_| {
        let (origin, form) = (origin.to_owned(), form.clone());
        tokio::spawn(async move {
            let mut connection = Connection::open(&origin).await;
            let (mut durations, mut keys) = (Durations::default(), Vec::new());
            while start.elapsed() < creating {
                let before = Instant::now();
                let answer = connection.post("/api/v1/share", &form).await;
                durations.add(before.elapsed());
                assert_eq!(answer.status, StatusCode::OK);
                keys.push(answer.text("secret_key"));
            }
            (durations, (connection, keys))
        })
    });
    let (creates, made) = together(start, creators.collect()).await;

    let start = Instant::now();
    let readers = made.into_iter().map(|(mut connection, keys)| {
        tokio::spawn(async move {
            let mut durations = Durations::default();
            for key in keys {
                let path = format!("/api/v1/secret/{key}");
                let before = Instant::now();
                let answer = connection.post(&path, "").await;
                durations.add(before.elapsed());
                assert_eq!(answer.status, StatusCode::OK);
                assert_eq!(answer.text("value").len(), size_bytes);
            }
            (durations, ())
        })
    });
    let (reveals, _) = together(start, readers.collect()).await;
    (creates, reveals)
}

/// Results of creating, or of revealing.
struct Side {
    a_second: f64,
    percentiles: [String; 3],
}

impl std::fmt::Display for Side {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [median, high, highest] = &self.percentiles;
        write!(formatter, "{:.0} | {median} | {high} | {highest}", self.a_second)
    }
}

/// Waits for tasks that have run since `start`.
async fn together<Left>(
    start: Instant,
    tasks: Vec<tokio::task::JoinHandle<(Durations, Left)>>,
) -> (Side, Vec<Left>) {
    let (mut durations, mut left) = (Durations::default(), Vec::new());
    for task in tasks {
        let (these, rest) = task.await.expect("no call failed");
        durations.append(&these);
        left.push(rest);
    }
    let seconds = start.elapsed().as_secs_f64();
    let count = u32::try_from(durations.count()).expect("nobody waits for four billion calls");
    let percentiles = [0.5, 0.99, 0.999].map(|quantile| durations.at_quantile(quantile));
    (Side { a_second: f64::from(count) / seconds, percentiles }, left)
}
