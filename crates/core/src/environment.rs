//! The process environment, read in one place.

/// Reads a variable of the process environment that is not in the operator's settings,
/// such as the log level. `None` if it is not set.
#[expect(clippy::disallowed_methods, reason = "this is the one home of the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
