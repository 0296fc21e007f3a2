//! Copies template.yaml to where the crate includes it from.
//!
//! An `include_str!` of a file outside the package is tracked by its absolute
//! path, so a build directory that two checkouts share would keep the other
//! checkout's template.

use std::path::Path;
use std::{env, fs};

const TEMPLATE: &str = "../../template.yaml";

#[expect(clippy::disallowed_methods, reason = "a build script is told its directory by the environment")]
fn main() {
    println!("cargo::rerun-if-changed={TEMPLATE}");
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::copy(TEMPLATE, Path::new(&out).join("template.yaml")).expect("the template is two folders up");
}
