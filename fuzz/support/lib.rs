//! What the fuzz targets share: AWS that answers at once, a table with known
//! rows, the functions on it, and what must hold of every answer.

pub mod answers;
pub mod aws;
pub mod fixture;
pub mod service;

use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

/// Time stands still, and where somebody waits for it, it has passed at once.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().expect("a runtime needs nothing")
});

/// Runs something that waits.
pub fn wait_for<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}
