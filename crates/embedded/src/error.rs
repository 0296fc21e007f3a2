//! Why the embedded AWS cannot start.

use std::path::{Path, PathBuf};

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A directory or a file cannot be used.
    #[error("cannot use {path}: {problem}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// The database does not do what it should.
    #[error("the embedded table: {0}")]
    Table(String),
    /// The KMS has no key.
    #[error("the embedded KMS has no key")]
    NoKey,
}

impl StartError {
    pub(crate) fn file(path: &Path, problem: &dyn std::error::Error) -> Self {
        Self::File { path: path.to_owned(), problem: problem.to_string() }
    }
}
