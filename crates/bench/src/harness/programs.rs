//! The programs that are measured, and building them.

use readonce_core::environment;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A function's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// What a report calls it.
    pub name: &'static str,
    /// The package that it is built from, and the program's own name.
    pub package: &'static str,
    /// The program's own name.
    pub binary: &'static str,
    /// The resource of template.yaml whose variables it gets.
    pub resource: Option<&'static str>,
}

/// Nothing, on the loop of `lambda_http`: what ours are held against.
pub const BARE: Program =
    Program { name: "bare", package: "readonce-bench-bare", binary: "readonce-bench-bare", resource: None };

/// Nothing, with the `http::Request` of `lambda_http`.
pub const BARE_HTTP: Program = Program {
    name: "bare, lambda_http",
    package: "readonce-bench-bare-http",
    binary: "readonce-bench-bare-http",
    resource: None,
};

const fn function(name: &'static str, package: &'static str, resource: &'static str) -> Program {
    Program { name, package, binary: package, resource: Some(resource) }
}

/// `share`.
pub const SHARE: Program = function("share", "readonce-share", "ShareFunction");
/// `generate`.
pub const GENERATE: Program = function("generate", "readonce-generate", "GenerateFunction");
/// `reveal`.
pub const REVEAL: Program = function("reveal", "readonce-reveal", "RevealFunction");
/// `receipt`.
pub const RECEIPT: Program = function("receipt", "readonce-receipt", "ReceiptFunction");
/// `page`.
pub const PAGE: Program = function("page", "readonce-page", "PageFunction");
/// `status`.
pub const STATUS: Program = function("status", "readonce-status", "StatusFunction");

/// `share`, trusting the machine's roots.
pub const SHARE_OVER_TLS: Program = Program {
    name: "share",
    package: "readonce-bench-over-tls",
    binary: "readonce-bench-share-over-tls",
    resource: Some("ShareFunction"),
};
/// `reveal`, trusting the machine's roots.
pub const REVEAL_OVER_TLS: Program = Program {
    name: "reveal",
    binary: "readonce-bench-reveal-over-tls",
    resource: Some("RevealFunction"),
    ..SHARE_OVER_TLS
};

/// How programs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// As `sam build` does: each set of packages with its own features.
    Release,
    /// As the tests are, so that nothing is built twice.
    Tests,
}

/// The built programs, by name.
pub struct Built(HashMap<String, PathBuf>);

impl Built {
    /// Builds programs, or finds that they are.
    ///
    /// # Errors
    /// cargo failed; it has said why.
    pub fn new(programs: &[Program], build: Build) -> crate::Result<Self> {
        let mut paths = HashMap::new();
        match build {
            // cargo unites the features of what it builds in one go, and the
            // bare ones should have no more than they ask for.
            Build::Release => {
                let (bare, ours): (Vec<Program>, Vec<Program>) =
                    programs.iter().partition(|program| program.resource.is_none());
                for set in bare.chunks(1).chain([ours.as_slice()]).filter(|set| !set.is_empty()) {
                    let packages = set.iter().flat_map(|program| ["--package", program.package]);
                    cargo(["--release"].into_iter().chain(packages), &mut paths)?;
                }
            }
            Build::Tests if cfg!(debug_assertions) => cargo([], &mut paths)?,
            Build::Tests => cargo(["--release"], &mut paths)?,
        }
        Ok(Self(paths))
    }

    /// Programs that are built already, under their own names in `directory`.
    pub fn found(programs: &[Program], directory: &Path) -> Self {
        let path = |program: &Program| (program.binary.to_owned(), directory.join(program.binary));
        Self(programs.iter().map(path).filter(|(_, path)| path.exists()).collect())
    }

    /// Is it there?
    pub fn has(&self, program: Program) -> bool {
        self.0.contains_key(program.binary)
    }

    /// Where a program is.
    ///
    /// # Errors
    /// It was not built.
    pub fn path(&self, program: Program) -> crate::Result<&Path> {
        let path = self.0.get(program.binary).map(PathBuf::as_path);
        path.ok_or_else(|| format!("cargo has built no {}", program.binary).into())
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cargo<'a>(
    options: impl IntoIterator<Item = &'a str>,
    built: &mut HashMap<String, PathBuf>,
) -> crate::Result<()> {
    let cargo = environment::variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--locked", "--bins", "--message-format", "json-render-diagnostics"])
        .args(options);
    let output = command.current_dir(root()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("cargo could not build the functions".into());
    }
    // One JSON object a line; those of programs say where they are
    // (https://doc.rust-lang.org/cargo/reference/external-tools.html).
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line)?;
        if let (Some(name), Some(path)) = (message["target"]["name"].as_str(), message["executable"].as_str())
        {
            built.insert(name.to_owned(), path.into());
        }
    }
    Ok(())
}
