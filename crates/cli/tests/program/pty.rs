//! A terminal that is watched without delay: what is typed arrives as soon as
//! the prompt is there, and any byte can be typed.

use crate::support::Cli;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

/// A line of shell on a terminal of its own.
pub(crate) struct Pty {
    master: File,
    child: Child,
    seen: Vec<u8>,
}

impl Pty {
    /// Starts it; the shell outlives a Ctrl-C, and says how the line ended.
    pub(crate) fn start(cli: &Cli, line: &str) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let slave = || Stdio::from(File::options().read(true).write(true).open(&name).unwrap());
        let script = format!("trap : INT; {line}\nprintf 'code=%s\\n' \"$?\"; stty -a");
        let mut command = Command::new("setsid");
        command.args(["--ctty", "--wait", "/bin/sh", "-c", &script]);
        command.env_clear().envs(cli.environment()).current_dir(cli.home.path());
        let child = command.stdin(slave()).stdout(slave()).stderr(slave()).spawn().unwrap();
        Self { master: File::from(master), child, seen: Vec::new() }
    }

    /// Waits for a text; the watchdog of the tests is their runner.
    pub(crate) fn sees(&mut self, text: &str) {
        let wanted = text.as_bytes();
        while !self.seen.windows(wanted.len()).any(|window| window == wanted) {
            assert!(self.read(), "no {text:?} in {:?}", String::from_utf8_lossy(&self.seen));
        }
    }

    pub(crate) fn types(&mut self, bytes: impl AsRef<[u8]>) {
        self.master.write_all(bytes.as_ref()).unwrap();
    }

    /// Waits for its end, and answers with the exit code and everything that
    /// was to be seen. The terminal shows again what is typed.
    pub(crate) fn ends(mut self) -> (i32, String) {
        while self.read() {}
        self.child.wait().unwrap();
        let seen = String::from_utf8_lossy(&self.seen).into_owned();
        let (before, settings) = seen.rsplit_once("code=").unwrap_or_else(|| panic!("no code: {seen}"));
        assert!(settings.contains(" echo ") && settings.contains(" icanon "), "{settings}");
        (settings.lines().next().unwrap().trim().parse().unwrap(), before.to_owned())
    }

    /// Reads what is there; the end of a terminal is an error.
    fn read(&mut self) -> bool {
        let mut piece = [0; 4_096];
        let count = self.master.read(&mut piece).unwrap_or(0);
        self.seen.extend_from_slice(&piece[..count]);
        count > 0
    }
}
