//! Rules for the repository itself, checked in its sources.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod documents;
mod imports;
mod layers;

use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> PathBuf {
    // Read at run time: a build directory that two checkouts share may contain the
    // other's path.
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&package).parent().unwrap().to_owned()
}
