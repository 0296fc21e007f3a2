//! Rules on the repository itself, read from its sources.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod documents;
mod imports;
mod layers;

use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> PathBuf {
    // At run time: a build directory shared by two checkouts may hold the other's.
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&package).parent().unwrap().to_owned()
}
