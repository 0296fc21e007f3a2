//! Cleans up when a signal such as Ctrl-C stops the process: restores the terminal,
//! removes an empty file, and prints the possible outcome of a call under way.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The unfinished work to clean up.
struct Unfinished {
    /// The terminal, and how it was.
    #[cfg(unix)]
    terminal: Option<(std::fs::File, rustix::termios::Termios)>,
    /// A file that was created for a text which has not arrived.
    file: Option<PathBuf>,
    /// The possible outcome of the call under way.
    if_lost: Option<&'static str>,
}

static UNFINISHED: Mutex<Unfinished> = Mutex::new(Unfinished {
    #[cfg(unix)]
    terminal: None,
    file: None,
    if_lost: None,
});

fn unfinished() -> MutexGuard<'static, Unfinished> {
    // No holder of the lock leaves half of anything behind.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sets the file to remove at a stop; `None` once it holds the text.
pub(crate) fn remember_file(file: Option<PathBuf>) {
    unfinished().file = file;
}

/// Sets the message for a stop during a call; `None` after the call.
pub(crate) fn remember_call(if_lost: Option<&'static str>) {
    unfinished().if_lost = if_lost;
}

/// A terminal whose settings are put back when this goes, or when the process
/// is stopped before.
#[cfg(unix)]
pub(crate) struct Restored(());

#[cfg(unix)]
impl Restored {
    /// Remembers how a terminal is.
    ///
    /// # Errors
    /// There is no further handle of it.
    pub(crate) fn later(
        terminal: &std::fs::File,
        settings: &rustix::termios::Termios,
    ) -> std::io::Result<Self> {
        unfinished().terminal = Some((terminal.try_clone()?, settings.clone()));
        Ok(Self(()))
    }
}

#[cfg(unix)]
impl Drop for Restored {
    fn drop(&mut self) {
        restore(&mut unfinished());
    }
}

/// Puts the terminal back, and drops in the same step what was not read yet.
#[cfg(unix)]
fn restore(unfinished: &mut Unfinished) {
    use rustix::termios::{OptionalActions, tcsetattr};
    if let Some((terminal, settings)) = unfinished.terminal.take() {
        let _ = tcsetattr(&terminal, OptionalActions::Flush, &settings);
    }
}

/// Starts to wait for signals that stop the process.
///
/// # Errors
/// The system takes no handler or gives no thread.
#[cfg(unix)]
pub(crate) fn watch() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let ignored = ignored_signals();
    let is_left =
        |signal: &i32| ignored.map_or(*signal == SIGHUP, |ignored| ignored >> (signal - 1) & 1 == 1);
    let watched = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| !is_left(signal));
    let mut signals = signal_hook::iterator::Signals::new(watched)?;
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            let mut left = unfinished();
            restore(&mut left);
            if let Some(file) = left.file.take() {
                let _ = std::fs::remove_file(file);
            }
            if let Some(if_lost) = left.if_lost.take() {
                use std::io::Write as _;
                let _ = writeln!(std::io::stderr(), "\nreadonce: error: stopped during the call\n{if_lost}");
            }
            // So the parent process sees that a signal ended this one.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// The signals that the parent process wants ignored, as nohup does SIGHUP, the first
/// in the lowest bit. Only Linux tells; elsewhere SIGHUP is left alone.
#[cfg(unix)]
fn ignored_signals() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

/// Elsewhere a stopped process leaves things as they are.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn watch() -> std::io::Result<()> {
    Ok(())
}
