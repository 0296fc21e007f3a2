//! The machine on which measurements run.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// A description of a machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// Model of the CPU.
    pub cpu: String,
    /// Number of cores.
    pub cores: usize,
    /// Operating system and kernel version.
    pub system: String,
    /// Version of the Rust compiler.
    pub compiler: String,
    /// Load average of the last minute when measuring began.
    pub load: String,
}

impl Machine {
    /// Describes this machine.
    pub fn this() -> Self {
        let file = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let value = |text: String, name: &str, between: char| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_once(between).map_or("unknown", |(_, value)| value).trim_matches(['"', ' ']).to_owned()
        };
        let kernel = file("/proc/sys/kernel/osrelease");
        Self {
            cpu: value(file("/proc/cpuinfo"), "model name", ':'),
            cores: cores(),
            system: format!(
                "{}, Linux {}, {}",
                value(file("/etc/os-release"), "PRETTY_NAME", '='),
                kernel.trim(),
                std::env::consts::ARCH
            ),
            compiler: compiler(),
            load: file("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
        }
    }
}

/// Number of cores that this process may use.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(
        |_| "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

/// Keeps this thread, and all that it starts, off the last core, which functions have
/// for themselves. On a single core it does nothing.
pub fn leave_the_functions_core() {
    if cores() > 1 {
        pin(|core, last| core != last);
    }
}

/// Runs a closure that starts a process, which is restricted to the last core.
pub fn on_the_functions_core<T: Send>(
    start: impl FnOnce() -> std::io::Result<T> + Send,
) -> std::io::Result<T> {
    // On its own thread, because affinity belongs to a thread and its children.
    std::thread::scope(|scope| {
        let started = scope.spawn(|| {
            pin(|core, last| core == last);
            start()
        });
        started.join().unwrap_or_else(|_| Err(std::io::Error::other("starting it panicked")))
    })
}

#[cfg(target_os = "linux")]
fn pin(keep: impl Fn(usize, usize) -> bool) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    // Read before any affinity was set.
    let online = std::fs::read_to_string("/sys/devices/system/cpu/online").unwrap_or_default();
    let last = online.trim().rsplit(['-', ',']).next().and_then(|core| core.parse::<usize>().ok());
    let (Some(last), Ok(_)) = (last, sched_getaffinity(None)) else { return };
    let mut chosen = CpuSet::new();
    (0..=last).filter(|core| keep(*core, last)).for_each(|core| chosen.set(core));
    // If setting it is not permitted, all share all cores.
    let _ = sched_setaffinity(None, &chosen);
}

#[cfg(not(target_os = "linux"))]
fn pin(_keep: impl Fn(usize, usize) -> bool) {}
