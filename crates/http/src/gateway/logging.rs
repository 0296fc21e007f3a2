//! The log: one line per request, and what went wrong.
//!
//! The SDK prints request bodies at trace level, a mail with its link among
//! them, and the Lambda runtime the whole event. So every crate but ours is
//! capped at WARN, and no environment variable raises that: the level a
//! variable names holds for our own lines, which hold no secret at any level. In
//! release builds no crate's lines below INFO are even there (see Cargo.toml).

use readonce_core::environment;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The common start of our crates' names.
const OURS: &str = "readonce";

/// Writes JSON lines to standard output, where Lambda reads them.
pub fn start_for_lambda() {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    // Lambda stamps each line itself, yet a line that is copied out should
    // still say when; so time stays on.
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

/// The level of our own lines: what `AWS_LAMBDA_LOG_LEVEL` or `RUST_LOG` name,
/// if it is a level, else INFO.
fn level(lookup: impl Fn(&str) -> Option<String>) -> LevelFilter {
    let named = ["AWS_LAMBDA_LOG_LEVEL", "RUST_LOG"].into_iter().find_map(lookup);
    match named.unwrap_or_default().to_ascii_lowercase().as_str() {
        // AWS's own word for the highest level that we treat as off.
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
