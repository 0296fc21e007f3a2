//! The programs, run as processes.

use crate::caller::{Basic, Caller};
use std::path::Path;
use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;
use tempfile::{NamedTempFile, TempDir};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

/// Longer than any program takes to start or stop, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A local server in its own process; killed when dropped.
pub struct LocalServer {
    child: Child,
    stdout: BufReader<ChildStdout>,
    printed: String,
    /// Its output on standard error. It is read all the time, because a server stops
    /// when the pipe of its log is full.
    log: JoinHandle<String>,
    origin: String,
}

impl LocalServer {
    /// Starts the program with these options and waits until it is ready. It uses a
    /// free port unless the options name one.
    pub async fn start(program: &Path, options: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program);
        if !options.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.args(options).envs(environment.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().expect("the program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut printed = String::new();
        let read = tokio::time::timeout(PATIENCE, stdout.read_line(&mut printed)).await;
        read.expect("the program answers in time").expect("its output can be read");
        let origin = printed.trim().strip_prefix("Readonce is listening on ");
        let Some(origin) = origin.map(str::to_owned) else {
            let output = child.wait_with_output().await.expect("it has ended");
            panic!("the first line is {printed:?}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let mut stderr = child.stderr.take().expect("it is piped");
        let log = tokio::spawn(async move {
            let mut log = String::new();
            stderr.read_to_string(&mut log).await.expect("its output is text");
            log
        });
        Self { child, stdout, printed, log, origin }
    }

    /// As [`LocalServer::start`], with accounts: lines `EMAIL:TOKEN[:PLAN]`, which the
    /// program reads from a file.
    pub async fn start_with_accounts(
        program: &Path,
        accounts: &str,
        options: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let file = NamedTempFile::new().expect("there is a temporary directory");
        std::fs::write(&file, accounts).expect("it can be written");
        let path = file.path().to_str().expect("a temporary file's name is text");
        Self::start(program, &[options, &["--account-file", path]].concat(), environment).await
    }

    /// The origin that it listens on.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A caller without credentials.
    pub fn anonymous(&self) -> Caller {
        Caller::new(&self.origin, None)
    }

    /// A caller with credentials.
    pub fn account(&self, user: &str, token: &str) -> Caller {
        Caller::new(&self.origin, Some(Basic { user: user.to_owned(), password: token.to_owned() }))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it is running")
    }

    /// Kills it and waits until it has ended.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it is running");
    }

    /// Sends it a signal, and returns its exit status and its whole output.
    pub async fn stop(mut self, signal: &str) -> (ExitStatus, String) {
        let kill = Command::new("kill").args([signal, &self.id().to_string()]).status().await;
        assert!(kill.expect("kill runs").success());
        let read = tokio::time::timeout(PATIENCE, self.stdout.read_to_string(&mut self.printed)).await;
        read.expect("it stops in time").expect("its output is text");
        let status = self.child.wait().await.expect("it has ended");
        let log = self.log.await.expect("its output was read");
        (status, self.printed + &log)
    }
}

/// A directory for `--data`, accessible only to its owner.
///
/// # Errors
/// As [`tempfile::Builder::tempdir`].
pub fn data_directory() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Runs a program until it ends.
pub async fn run(program: &Path, options: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.args(options).env_remove("TABLE_NAME").envs(environment.iter().copied()).kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output()).await;
    output.expect("the program ends in time").expect("the program starts")
}

/// The text that a program has printed on standard output and standard error.
pub fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}
