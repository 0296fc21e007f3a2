//! Documents that tests write, and that are committed.

use readonce_core::environment::variable;
use std::path::{Path, PathBuf};

/// Fails the test if the file at `path` in this checkout is not what the test
/// has generated; writes it instead if `UPDATE_DOCS` is set.
pub fn assert_committed(path: &str, generated: &str) {
    let file = in_checkout(path);
    if variable("UPDATE_DOCS").is_some() {
        std::fs::write(&file, generated).expect("the checkout can be written");
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let mut lines = generated.lines().zip(committed.lines()).enumerate();
    let differing = lines.find(|(_, (new, old))| new != old);
    let (number, (new, old)) =
        differing.unwrap_or((committed.lines().count(), ("(its length)", "(differs)")));
    assert!(
        generated == committed,
        "{path} is out of date; run the test again with UPDATE_DOCS=1 and look at the difference. Line {}:\n\
         now:       {new}\ncommitted: {old}",
        number + 1
    );
}

/// A file of this checkout, which a build directory shared by two does not know.
fn in_checkout(path: &str) -> PathBuf {
    let package = variable("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    Path::new(&package).join("..").join(path)
}
