//! The programs that are measured, and how they are built.

use readonce_core::environment;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A function's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Name in reports.
    pub name: &'static str,
    /// The Cargo package that contains it.
    pub package: &'static str,
    /// Name of the executable.
    pub binary: &'static str,
    /// Resource of template.yaml whose variables it gets; `None` for none.
    pub resource: Option<&'static str>,
}

/// A function that does nothing, on the loop of `lambda_http`: the baseline for ours.
pub const BARE: Program =
    Program { name: "bare", package: "readonce-bench-bare", binary: "readonce-bench-bare", resource: None };

/// A function that does nothing, with the `http::Request` of `lambda_http`.
pub const BARE_HTTP: Program = Program {
    name: "bare, lambda_http",
    package: "readonce-bench-bare-http",
    binary: "readonce-bench-bare-http",
    resource: None,
};

const fn function(name: &'static str, package: &'static str, resource: &'static str) -> Program {
    Program { name, package, binary: package, resource: Some(resource) }
}

/// The deployed function `share`.
pub const SHARE: Program = function("share", "readonce-share", "ShareFunction");
/// The deployed function `generate`.
pub const GENERATE: Program = function("generate", "readonce-generate", "GenerateFunction");
/// The deployed function `reveal`.
pub const REVEAL: Program = function("reveal", "readonce-reveal", "RevealFunction");
/// The deployed function `receipt`.
pub const RECEIPT: Program = function("receipt", "readonce-receipt", "ReceiptFunction");
/// The deployed function `page`.
pub const PAGE: Program = function("page", "readonce-page", "PageFunction");
/// The deployed function `status`.
pub const STATUS: Program = function("status", "readonce-status", "StatusFunction");

/// `share`, with the machine's root certificates.
pub const SHARE_OVER_TLS: Program = Program {
    name: "share",
    package: "readonce-bench-over-tls",
    binary: "readonce-bench-share-over-tls",
    resource: Some("ShareFunction"),
};
/// `reveal`, with the machine's root certificates.
pub const REVEAL_OVER_TLS: Program = Program {
    name: "reveal",
    binary: "readonce-bench-reveal-over-tls",
    resource: Some("RevealFunction"),
    ..SHARE_OVER_TLS
};

/// The way in which programs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// As `sam build` does: each set of packages with its own features.
    Release,
    /// With the features of the tests, so that nothing is built twice.
    Tests,
}

/// Paths of the built programs, by name.
pub struct Built(HashMap<String, PathBuf>);

impl Built {
    /// Builds programs with cargo, unless they are up to date.
    ///
    /// # Errors
    /// cargo failed; it has printed the reason.
    pub fn new(programs: &[Program], build: Build) -> crate::Result<Self> {
        let mut paths = HashMap::new();
        match build {
            // cargo unites the features of packages that are built together, and the bare
            // functions must not get more than they ask for.
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

    /// Programs that are already built, under their own names in `directory`.
    pub fn found(programs: &[Program], directory: &Path) -> Self {
        let path = |program: &Program| (program.binary.to_owned(), directory.join(program.binary));
        Self(programs.iter().map(path).filter(|(_, path)| path.exists()).collect())
    }

    /// Whether the program was built or found.
    pub fn has(&self, program: Program) -> bool {
        self.0.contains_key(program.binary)
    }

    /// Path of a program.
    ///
    /// # Errors
    /// The program was not built.
    pub fn path(&self, program: Program) -> crate::Result<&Path> {
        let path = self.0.get(program.binary).map(PathBuf::as_path);
        path.ok_or_else(|| format!("cargo has built no {}", program.binary).into())
    }
}

/// Root directory of the repository.
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
    // One JSON object per line; those about executables contain their path
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
