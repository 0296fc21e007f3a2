//! The tests that docs/threat-model.md names exist.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    // Read at run time: a build directory that two checkouts share may contain the
    // other's path.
    let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&package).parent().unwrap().to_owned()
}

/// The sources of all tests, in Rust and for the browser.
fn sources(directory: &Path, found: &mut String) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() && name != "node_modules" && name != "target" {
            sources(&path, found);
        } else if name.ends_with(".rs") || name.ends_with(".test.mjs") {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The names in code type in the column "shown by" of each table.
fn named(document: &str) -> Vec<&str> {
    let mut column = None;
    let mut names = Vec::new();
    for line in document.lines() {
        let cells: Vec<_> = line.split(" | ").collect();
        if !line.starts_with('|') {
            column = None;
        } else if let Some(column) = column {
            let cell: &str = cells.get(column).copied().unwrap_or_default();
            names.extend(cell.split('`').skip(1).step_by(2));
        } else {
            column = cells.iter().position(|cell| *cell == "shown by");
        }
    }
    names
}

#[test]
fn every_test_of_the_threat_model_exists() {
    let document = std::fs::read_to_string(root().join("docs/threat-model.md")).unwrap();
    let mut all = String::new();
    for directory in ["crates", "functions", "tests"] {
        sources(&root().join(directory), &mut all);
    }
    let names = named(&document);
    assert!(names.len() > 60, "{}", names.len());
    for name in names {
        let forms = [format!("fn {name}("), format!("test(\"{name}"), format!("test(`{name}")];
        assert!(forms.iter().any(|form| all.contains(form)), "there is no test {name}");
    }
}
