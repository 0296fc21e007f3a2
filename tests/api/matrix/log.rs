//! The log of a cell, at the maximum level of the programs.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The lines that this thread has logged.
pub(super) struct Log {
    lines: Lines,
    _guard: tracing::subscriber::DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Records the log of this thread from now on.
    pub(super) fn start() -> Self {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        let loudest =
            Targets::new().with_default(LevelFilter::WARN).with_target("readonce", LevelFilter::TRACE);
        Self { lines, _guard: tracing_subscriber::registry().with(loudest).with(layer).set_default() }
    }

    /// Forgets what was logged.
    pub(super) fn clear(&self) {
        self.lines.with(Vec::clear);
    }

    /// The lines logged so far, or since they were last cleared.
    pub(super) fn text(&self) -> String {
        self.lines.with(|lines| String::from_utf8_lossy(lines).into_owned())
    }
}

impl Lines {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
