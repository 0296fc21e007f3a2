//! The clipboard, through the platform's tool. The text goes through the tool's
//! standard input, never its arguments.

use crate::environment::Environment;
use crate::failure::{Failure, Kind, Result};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// A tool that puts its standard input into the clipboard.
pub(crate) struct Clipboard {
    program: PathBuf,
    tool: &'static Tool,
}

struct Tool {
    name: &'static str,
    arguments: &'static [&'static str],
    needs: Display,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Display {
    Wayland,
    X11,
    None,
}

/// In the order in which they are tried.
const TOOLS: [Tool; 5] = [
    Tool { name: "wl-copy", arguments: &[], needs: Display::Wayland },
    Tool { name: "xclip", arguments: &["-selection", "clipboard"], needs: Display::X11 },
    Tool { name: "xsel", arguments: &["--clipboard", "--input"], needs: Display::X11 },
    Tool { name: "pbcopy", arguments: &[], needs: Display::None },
    // Windows, and Linux within it.
    Tool { name: WINDOWS, arguments: &[], needs: Display::None },
];
const WINDOWS: &str = "clip.exe";

impl Clipboard {
    /// The first tool that is installed.
    ///
    /// # Errors
    /// [`Kind::Other`] if there is none.
    pub(crate) fn find(environment: &Environment) -> Result<Self> {
        let has = |display| match display {
            Display::Wayland => environment.wayland,
            Display::X11 => environment.x11,
            Display::None => true,
        };
        let found = TOOLS.iter().filter(|tool| has(tool.needs)).find_map(|tool| {
            let program = environment.path.iter().map(|directory| directory.join(tool.name));
            program.into_iter().find(|program| program.is_file()).map(|program| Self { program, tool })
        });
        found.ok_or_else(|| {
            Failure::new(Kind::Other, "there is no clipboard here; nothing was sent")
                .advise("On Linux --copy needs wl-copy (package wl-clipboard), xclip or xsel, and a display.")
        })
    }

    /// Copies a text into the clipboard.
    ///
    /// # Errors
    /// [`Kind::Other`] if the tool fails.
    pub(crate) fn copy(&self, text: &str) -> Result<()> {
        let failed = |problem: String| {
            Failure::new(Kind::Other, format!("the clipboard tool {} failed: {problem}", self.tool.name))
        };
        let mut child = Command::new(&self.program)
            .args(self.tool.arguments)
            .stdin(Stdio::piped())
            // Some stay in the background, and would hold a pipe of ours open.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        let mut stdin = child.stdin.take().ok_or_else(|| failed("it has no input".to_owned()))?;
        let written = stdin.write_all(&self.encoded(text));
        drop(stdin);
        let status = child.wait().map_err(|error| failed(error.to_string()))?;
        written.map_err(|error| failed(error.to_string()))?;
        if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
    }

    /// In the tool's encoding: UTF-16 on Windows, else UTF-8.
    fn encoded(&self, text: &str) -> Zeroizing<Vec<u8>> {
        if self.tool.name == WINDOWS && !text.is_ascii() {
            let mut bytes = Zeroizing::new(Vec::with_capacity(2 * text.len()));
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            return bytes;
        }
        Zeroizing::new(text.as_bytes().to_vec())
    }
}
