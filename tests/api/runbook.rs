//! The commands in README, runbook and scripts, as operators copy them.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    // Read at run time: a build directory that two checkouts share may contain the
    // other's path.
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&package).parent().unwrap().to_owned()
}

/// In a directory that is writable by everybody, another user may create a known name
/// first, or redirect it. `mktemp` creates an unpredictable one.
#[test]
fn no_command_uses_a_fixed_name_in_tmp() {
    let mut paths = vec![root().join("README.md"), root().join(".ci/run")];
    for entry in std::fs::read_dir(root().join("infra")).unwrap() {
        paths.push(entry.unwrap().path());
    }
    for path in paths.iter().filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines() {
            assert!(!line.contains("/tmp/"), "{}: {line}", path.display());
        }
    }
}
