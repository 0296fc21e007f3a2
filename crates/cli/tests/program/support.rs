//! Starting the program, and what it has said.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Longer than the program takes on any machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program with an environment of its own, and a home with nothing in it.
pub(crate) struct Cli {
    /// The directory it is started in, which is also its home.
    pub(crate) home: TempDir,
    variables: Vec<(String, String)>,
}

/// What it has said.
pub(crate) struct Ran {
    /// Its exit code.
    pub(crate) code: i32,
    /// Its standard output.
    pub(crate) stdout: String,
    /// Its standard error.
    pub(crate) stderr: String,
}

impl Cli {
    /// Without a server.
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().unwrap(), variables: Vec::new() }
    }

    /// At a server.
    pub(crate) fn at(origin: impl Into<String>) -> Self {
        Self::new().with("READONCE_SERVER", origin)
    }

    /// With one more variable.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Trusting one certificate, in PEM, in place of this machine's.
    pub(crate) fn trusting(self, certificate: &str) -> Self {
        let trusted = self.write("roots.pem", certificate);
        self.with("SSL_CERT_FILE", trusted)
    }

    /// Trusting somebody, as this machine may have no certificates at all.
    pub(crate) fn with_a_root(self) -> Self {
        let somebody = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        self.trusting(&somebody.cert.pem())
    }

    /// A path in its home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file into its home.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Its environment, whole.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let program = Path::new(env!("CARGO_BIN_EXE_readonce")).parent().unwrap();
        let mut all = vec![
            ("HOME".to_owned(), self.home.path().to_str().unwrap().to_owned()),
            ("PATH".to_owned(), format!("{}:/usr/bin:/bin", program.display())),
            ("TZ".to_owned(), "UTC".to_owned()),
        ];
        all.extend(self.variables.iter().cloned());
        all
    }

    /// Runs it with this standard input.
    pub(crate) async fn run_with(&self, stdin: impl AsRef<[u8]>, words: &[&str]) -> Ran {
        let program = env!("CARGO_BIN_EXE_readonce");
        self.run_program(program, words, stdin.as_ref()).await
    }

    /// Runs it with nothing on its standard input.
    pub(crate) async fn run(&self, words: &[&str]) -> Ran {
        self.run_with("", words).await
    }

    /// Runs a line of shell.
    pub(crate) async fn shell(&self, line: &str) -> Ran {
        self.run_program("/bin/sh", &["-c", line], b"").await
    }

    async fn run_program(&self, program: &str, words: &[&str], stdin: &[u8]) -> Ran {
        let mut command = Command::new(program);
        command.args(words).env_clear().envs(self.environment()).current_dir(self.home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let stdin = stdin.to_owned();
        tokio::spawn(async move {
            // A program that refuses early does not read to the end.
            let _ = input.write_all(&stdin).await;
        });
        let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await;
        let output = output.expect("the program ends in time").unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Shares a text and answers with its link.
    pub(crate) async fn shared(&self, text: &str, words: &[&str]) -> String {
        self.run_with(text, &[&["share"], words].concat()).await.succeeded().trim_end().to_owned()
    }

    /// Shares a text and answers with its receipt's key and its link.
    pub(crate) async fn shared_with_key(&self, text: &str, words: &[&str]) -> (String, String) {
        let json = self.run_with(text, &[&["share", "--json"], words].concat()).await.json();
        (json["metadata_key"].as_str().unwrap().to_owned(), json["secret_url"].as_str().unwrap().to_owned())
    }

    /// What a link reveals.
    pub(crate) async fn revealed(&self, link: &str) -> String {
        self.run(&["get", "--yes", link]).await.succeeded()
    }
}

impl Ran {
    /// Its standard output; standard error is silent, as nobody is there.
    pub(crate) fn succeeded(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{}", self.stdout);
        self.stdout
    }

    /// Its standard output, one line of JSON.
    pub(crate) fn json(self) -> Value {
        let stdout = self.succeeded();
        assert_eq!(stdout.lines().count(), 1, "{stdout}");
        serde_json::from_str(&stdout).unwrap()
    }

    /// What it says of its failure; standard output is empty.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (code, ""), "{}", self.stderr);
        assert!(self.stderr.starts_with("readonce: error: "), "{}", self.stderr);
        self.stderr
    }
}
