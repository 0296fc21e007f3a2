//! The log: one line per request, and its errors.
//!
//! At trace level, the SDK prints request bodies, among them mails with their links,
//! and the Lambda runtime prints whole events. So all crates except ours are capped at
//! WARN, and no environment variable can raise that. Such a variable sets only the
//! level of our own lines, which contain no secret at any level. Release builds contain
//! no lines below INFO at all (see Cargo.toml).

use readonce_core::environment;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Common prefix of our crates' names.
const OURS: &str = "readonce";

/// Writes JSON lines to standard output, where Lambda reads them.
pub fn start_for_lambda() {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    // Lambda adds a time to each line, but a line that is copied elsewhere should keep
    // it. So our own time stays on.
    tracing_subscriber::registry().with(filter()).with(lines.with_target(false)).init();
}

/// Writes lines for a person to standard error.
pub fn start_for_terminal() {
    let lines = tracing_subscriber::fmt::layer().compact().with_ansi(false).with_target(false);
    tracing_subscriber::registry().with(filter()).with(lines.with_writer(std::io::stderr)).init();
}

fn filter() -> Targets {
    let level = level(environment::variable);
    Targets::new().with_default(level.min(LevelFilter::WARN)).with_target(OURS, level)
}

/// The level of our own lines, from `AWS_LAMBDA_LOG_LEVEL` or `RUST_LOG`; INFO if
/// neither is a level.
fn level(lookup: impl Fn(&str) -> Option<String>) -> LevelFilter {
    let named = ["AWS_LAMBDA_LOG_LEVEL", "RUST_LOG"].into_iter().find_map(lookup);
    match named.unwrap_or_default().to_ascii_lowercase().as_str() {
        // AWS's name for its highest level, which we treat as ERROR.
        "fatal" => LevelFilter::ERROR,
        text => text.parse().ok().filter(|_| !text.is_empty()).unwrap_or(LevelFilter::INFO),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_sets_the_level_of_our_own_lines() {
        let level =
            |value: &str| super::level(|name| (name == "AWS_LAMBDA_LOG_LEVEL").then(|| value.to_owned()));
        assert_eq!(level("TRACE"), LevelFilter::TRACE);
        assert_eq!(level("warn"), LevelFilter::WARN);
        assert_eq!(level("FATAL"), LevelFilter::ERROR);
        for other in ["", "hyper=trace", "loud"] {
            assert_eq!(level(other), LevelFilter::INFO);
        }
    }
}
