//! Compiles `locales/*.ftl` into `Language` and a method for each message.

#[path = "build/compile.rs"]
mod compile;

use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script where it is by variables")]
fn directory(variable: &str) -> PathBuf {
    std::env::var_os(variable).expect("cargo sets it").into()
}

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let sources = compile::read(&directory("CARGO_MANIFEST_DIR").join("locales"));
    match compile::compile(&sources) {
        Ok(code) => {
            let path = directory("OUT_DIR").join("messages.rs");
            std::fs::write(path, code).expect("the build directory can be written");
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
        }
    }
}
