//! The commands of README, runbook and scripts, as an operator copies them.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    // At run time: a build directory shared by two checkouts may hold the other's.
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&package).parent().unwrap().to_owned()
}

/// In a directory that everybody writes to, another user may make a known name
/// first, or point it elsewhere; `mktemp` makes one that nobody knows.
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
