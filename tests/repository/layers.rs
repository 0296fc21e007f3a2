//! Imports point in one direction, from the use cases to the foundation.

use crate::imports::Crate;
use crate::root;
use std::path::PathBuf;

/// The top-level modules of each crate, from the foundation up. A module may use only
/// those before it. The root may use all.
const LAYERS: &[(&str, &[&str])] = &[
    ("crates/text", &["display", "number", "time"]),
    (
        "crates/core",
        &[
            // The foundation, which knows nothing about secrets.
            "error",
            "time",
            "random",
            "environment",
            "deadline",
            "call",
            // Mechanism.
            "aws",
            "table",
            // Domain types.
            "brand",
            "plan",
            "address",
            "secret",
            "account",
            "receipt",
            "limits",
            "mail",
            // Use cases.
            "verbs",
            // The operator's variables, which configure all of the above.
            "settings",
        ],
    ),
    ("crates/http", &["routes", "gateway", "request", "page", "api"]),
    ("crates/embedded", &["template", "error", "private", "dynamodb", "kms", "original", "ses", "aws"]),
    ("crates/local", &["cors", "gateway", "server", "options", "accounts", "start"]),
    (
        "crates/cli",
        &[
            "failure",
            "environment",
            "words",
            "private_file",
            "input",
            "options",
            "terminal",
            "server",
            "call",
            "commands",
            "run",
        ],
    ),
    ("crates/admin", &["credentials", "options", "doctor", "run"]),
    (
        "crates/simulator",
        &["dice", "script", "history", "world", "network", "lambda", "clients", "run", "judge", "shorten"],
    ),
    ("crates/bench", &["statistics", "harness", "functions", "local", "results"]),
];

/// The `src` folder of every package.
fn source_directories() -> Vec<PathBuf> {
    let mut directories = Vec::new();
    for parent in ["crates", "functions", "crates/bench/functions"] {
        for entry in std::fs::read_dir(root().join(parent)).unwrap() {
            let source = entry.unwrap().path().join("src");
            if source.exists() {
                directories.push(source);
            }
        }
    }
    directories.sort();
    directories
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut modules = 0;
    for directory in source_directories() {
        for root in ["lib.rs", "main.rs"].iter().filter(|root| directory.join(root).exists()) {
            let read = Crate::read(&directory, root);
            modules += read.uses.len();
            assert!(read.circles().is_empty(), "{}: {:?}", directory.display(), read.circles());
        }
    }
    assert!(modules > 150, "only {modules} modules were read");
}

#[test]
fn imports_point_from_upper_layers_to_lower_ones() {
    for (name, layers) in LAYERS {
        let source = root().join(name).join("src");
        let read = Crate::read(&source, if source.join("lib.rs").exists() { "lib.rs" } else { "main.rs" });
        let layer = |module: &[String]| {
            let top = module.first().expect("the root is not asked for");
            let position = layers.iter().position(|layer| layer == top);
            position.unwrap_or_else(|| panic!("{name}: {top} is in no layer"))
        };
        for (module, used) in read.uses.iter().filter(|(module, _)| !module.is_empty()) {
            for other in used.iter().filter(|other| !other.is_empty()) {
                assert!(
                    layer(other) <= layer(module),
                    "{name}: {} is below {} and must not use it",
                    module.join("::"),
                    other.join("::"),
                );
            }
        }
        for layer in *layers {
            assert!(read.uses.keys().any(|module| module.first().is_some_and(|top| top == layer)), "{layer}");
        }
    }
}
