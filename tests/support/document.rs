//! Committed documents that tests generate.

use readonce_core::environment::variable;
use std::path::{Path, PathBuf};

/// Fails the test if the file at `path` in this checkout differs from the generated
/// text. If `UPDATE_DOCS` is set, writes the file instead.
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

/// The path of a file in this checkout, even if another checkout shares the build
/// directory.
fn in_checkout(path: &str) -> PathBuf {
    let package = variable("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    Path::new(&package).join("..").join(path)
}
