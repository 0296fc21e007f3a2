//! A function's process: starts it, invokes it, and reads its CPU time and memory from
//! the kernel.

use crate::harness::aws::ObservedAws;
use crate::harness::calls::{Call, waited};
use crate::harness::machine;
use crate::harness::runtime_api::RuntimeApi;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A running function; killed when dropped.
pub struct FunctionProcess {
    child: Child,
    log: Option<JoinHandle<String>>,
    runtime_api: RuntimeApi,
    /// Measurements of its start.
    pub start: Phase,
}

/// A start or a call of a function.
pub struct Phase {
    /// For a start, the time from exec to the first request for an event. For a call,
    /// the time from the delivery of the event to the answer.
    pub took: Duration,
    /// Part of that time during which a call waited for AWS.
    pub waited: Duration,
    /// The calls to AWS.
    pub calls: Vec<Call>,
    /// The answer; null for a start.
    pub answer: Value,
}

impl FunctionProcess {
    /// Starts a program with these variables, and waits until it requests an event.
    ///
    /// # Errors
    /// It does not start, or does not request an event in time.
    pub async fn start(
        program: &Path,
        environment: &BTreeMap<String, String>,
        aws: &ObservedAws,
    ) -> crate::Result<Self> {
        let runtime_api = RuntimeApi::start().await?;
        let mut command = Command::new(program);
        command.env_clear().envs(environment).envs([
            ("AWS_LAMBDA_RUNTIME_API", runtime_api.address.to_string().as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "function"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
        ]);
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        aws.take_calls();
        let (mut child, began) = machine::on_the_functions_core(move || {
            let began = Instant::now();
            command.spawn().map(|child| (child, began))
        })?;
        let mut stdout = child.stdout.take().ok_or("its output is not piped")?;
        // Read all the time, because a function whose log nobody reads blocks.
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            let _ = stdout.read_to_string(&mut log);
            log
        });
        let nothing =
            Phase { took: Duration::ZERO, waited: Duration::ZERO, calls: Vec::new(), answer: Value::Null };
        let mut process = Self { child, log: Some(log), start: nothing, runtime_api };
        let ready = process.runtime_api.ready().await?;
        process.start = phase(began, ready, Value::Null, aws);
        Ok(process)
    }

    /// Sends an event, and waits for the answer and for the function's next request.
    ///
    /// # Errors
    /// The answer is not a 200.
    pub async fn invoke(&mut self, event: Value, aws: &ObservedAws) -> crate::Result<Phase> {
        let path = event["rawPath"].as_str().unwrap_or_default().to_owned();
        let answered = self.runtime_api.invoke(event).await?;
        if answered.answer["statusCode"] != 200 {
            return Err(format!("{path} was answered with {}", answered.answer).into());
        }
        Ok(phase(answered.began, answered.ended, answered.answer, aws))
    }

    /// CPU time so far, user and system together.
    ///
    /// # Errors
    /// The kernel does not provide the file.
    pub fn cpu(&self) -> crate::Result<Duration> {
        let mut nanoseconds: u64 = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // Three numbers, the first of which is the time on a core, in ns
            // (https://docs.kernel.org/scheduler/sched-stats.html).
            let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            let first = text.split_whitespace().next().ok_or("schedstat is empty")?;
            nanoseconds += first.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// Maximum resident memory so far, in bytes.
    ///
    /// # Errors
    /// The kernel does not provide the file.
    pub fn peak_memory(&self) -> crate::Result<u64> {
        memory(self.child.id(), "VmHWM:")
    }

    /// Stops the process and returns its log.
    pub fn stop(mut self) -> String {
        self.kill();
        self.log.take().and_then(|log| log.join().ok()).unwrap_or_default()
    }

    fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for FunctionProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A value of the kernel's memory statistics of a process, in bytes.
///
/// # Errors
/// The file does not exist, or has no such line.
pub(crate) fn memory(process: u32, name: &str) -> crate::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let line = line.ok_or_else(|| format!("there is no {name}"))?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kibibytes * 1_024)
}

fn phase(began: Instant, ended: Instant, answer: Value, aws: &ObservedAws) -> Phase {
    let calls = aws.take_calls();
    Phase { took: ended.saturating_duration_since(began), waited: waited(&calls), calls, answer }
}
