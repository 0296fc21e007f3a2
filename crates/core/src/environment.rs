//! The process environment, read in one place.

/// One variable of the process's environment, for the few that are not
/// settings of ours, like the log level.
#[expect(clippy::disallowed_methods, reason = "this is the one home of the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
