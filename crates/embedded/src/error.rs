//! Why the embedded AWS cannot start.

use std::path::{Path, PathBuf};

/// The reason why the embedded AWS cannot start; its `Display` is for people.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A directory or a file cannot be used.
    #[error("cannot use {path}: {problem}")]
    File {
        /// Path of the file or directory.
        path: PathBuf,
        /// The error of the operating system, or a required change.
        problem: String,
    },
    /// The database failed to create or open the table; contains its message.
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
