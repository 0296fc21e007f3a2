//! Documents name only files that exist.

use crate::root;
use regex::Regex;
use std::path::{Path, PathBuf};

/// The top-level folders of the paths that documents name.
const FOLDERS: &str = "crates|docs|functions|fuzz|infra|tests";

fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [".", ".cargo", "docs", "infra", "fuzz"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md" || extension == "toml") {
                found.push(path);
            }
        }
    }
    found
}

/// Looks up paths with wildcards or placeholders as far as they are definite.
fn exists(path: &str) -> bool {
    let definite = path.split(['*', '<', '{', '$']).next().unwrap_or_default();
    let definite = if definite.len() < path.len() {
        definite.rsplit_once('/').map_or("", |(folder, _)| folder)
    } else {
        definite
    };
    Path::new(&root().join(definite)).exists()
}

#[test]
fn every_path_that_a_document_names_exists() {
    let paths = Regex::new(&format!(r#"[`"]((?:{FOLDERS})/[^`"\s]+)[`"]"#)).unwrap();
    let mut count = 0;
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for found in paths.captures_iter(&text) {
            count += 1;
            assert!(exists(&found[1]), "{} names {}, which is not there", document.display(), &found[1]);
        }
    }
    assert!(count > 80, "only {count} paths were found");
}
