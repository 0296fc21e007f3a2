//! Output: results on standard output, errors on standard error, and hints for a
//! person there too, if it is a terminal.

use crate::environment::Environment;
use crate::failure::{Failure, Kind, Result};
use crate::terminal;
use std::io::{IsTerminal as _, Write as _};
use zeroize::Zeroizing;

/// The three streams of this process.
pub(crate) struct Console {
    /// Standard input is a terminal.
    pub(crate) stdin_is_terminal: bool,
    /// The destination of standard output.
    pub(crate) stdout: Stdout,
    /// Standard error is a terminal.
    pub(crate) stderr_is_terminal: bool,
    /// Colours on a terminal.
    pub(crate) colours: Colours,
}

/// Colours in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    /// Allowed.
    On,
    /// Forbidden, as by `NO_COLOR`.
    Off,
}

/// The destination of standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stdout {
    /// To a terminal.
    Terminal,
    /// Into a file or pipe.
    Elsewhere,
    /// To the null device, which Rust's own start puts in place of a closed
    /// standard output, or to what is only open for reading, where Rust takes a
    /// write for done.
    Nowhere,
}

#[expect(clippy::unused_self, reason = "printing needs a console")]
impl Console {
    /// This process's streams.
    pub(crate) fn of_this_process(environment: &Environment) -> Self {
        Self {
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout: stdout(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            colours: if environment.no_colours { Colours::Off } else { Colours::On },
        }
    }

    /// There is a terminal to ask at, wherever standard input comes from.
    pub(crate) fn is_interactive(&self) -> bool {
        self.stderr_is_terminal && terminal::is_there()
    }

    /// Prints a line of the result.
    ///
    /// # Errors
    /// [`Kind::Other`] if standard output takes no more.
    pub(crate) fn result(&self, line: &str) -> Result<()> {
        self.exactly(&Zeroizing::new(format!("{}\n", *visible(line))))
    }

    /// Prints a text as it is.
    ///
    /// # Errors
    /// [`Kind::Other`] if standard output takes no more.
    pub(crate) fn exactly(&self, text: &str) -> Result<()> {
        let mut stdout = std::io::stdout().lock();
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
            .map_err(|error| Failure::new(Kind::Other, format!("standard output cannot be written: {error}")))
    }

    /// Prints a revealed text: as it is into a file or pipe; on a terminal with
    /// its control characters made visible, and a line's end behind it.
    ///
    /// # Errors
    /// [`Kind::Other`] if standard output takes no more.
    pub(crate) fn secret(&self, text: &str) -> Result<()> {
        if self.stdout != Stdout::Terminal {
            return self.exactly(text);
        }
        let shown = visible(text);
        self.exactly(&shown)?;
        if !text.ends_with('\n') {
            self.exactly("\n")?;
        }
        if *shown != text {
            self.say(
                "Some characters that would steer the terminal are shown as \\u{…}; a file\n\
                 or a pipe would get the text as it is.",
            );
        }
        Ok(())
    }

    /// Refuses to go on if the result would go nowhere.
    ///
    /// # Errors
    /// [`Kind::Usage`].
    pub(crate) fn needs_stdout(&self) -> Result<()> {
        if self.stdout != Stdout::Nowhere {
            return Ok(());
        }
        let problem = "standard output is closed, /dev/null, or not open for writing; nothing was sent";
        Err(Failure::new(Kind::Usage, problem).advise("The result would be lost there."))
    }

    /// Prints a text that cannot be had again and that `failed` to reach its
    /// destination. Returns the failure, with advice that tells where the text is.
    pub(crate) fn rescued(&self, text: &str, failed: Failure) -> Failure {
        if self.stdout != Stdout::Nowhere && self.secret(text).is_ok() {
            return failed.advise("The text is on standard output instead, as it cannot be had again.");
        }
        self.shown_at_least(text, failed)
    }

    /// As [`Console::rescued`], where standard output itself has failed.
    pub(crate) fn shown_at_least(&self, text: &str, failed: Failure) -> Failure {
        if !self.stderr_is_terminal {
            return failed.advise("The text is lost; have it shared again.");
        }
        self.tell(&visible(text));
        self.tell("\n");
        failed.advise("The text is shown here instead, as it cannot be had again.")
    }

    /// Prints a hint if standard error is a terminal.
    pub(crate) fn say(&self, text: &str) {
        if self.stderr_is_terminal {
            self.tell(&Zeroizing::new(format!("{}\n", *visible(text))));
        }
    }

    /// Prints a failure and its advice.
    pub(crate) fn failure(&self, failure: &Failure) {
        let (bold, plain) = if self.colours == Colours::On && self.stderr_is_terminal {
            ("\x1b[1;31m", "\x1b[0m")
        } else {
            ("", "")
        };
        let mut text = format!("readonce: error: {}", *visible(&failure.message));
        if !failure.advice.is_empty() {
            text.push('\n');
            text.push_str(&visible(&failure.advice));
        }
        // A log takes a line as it is.
        let text = if self.stderr_is_terminal { wrapped(&text) } else { text };
        let text = text.replacen("error:", &format!("{bold}error:{plain}"), 1) + "\n";
        self.tell(&text);
    }

    /// Writes to standard error as it is. A failure of that is ignored, since there
    /// is nowhere to report it.
    pub(crate) fn tell(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }
}

fn stdout() -> Stdout {
    if takes_nothing().unwrap_or(false) {
        Stdout::Nowhere
    } else if std::io::stdout().is_terminal() {
        Stdout::Terminal
    } else {
        Stdout::Elsewhere
    }
}

#[cfg(unix)]
fn takes_nothing() -> std::io::Result<bool> {
    use rustix::fs::{OFlags, fcntl_getfl};
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
    if !fcntl_getfl(std::io::stdout())?.intersects(OFlags::WRONLY | OFlags::RDWR) {
        return Ok(true);
    }
    let stdout = std::fs::File::from(std::io::stdout().as_fd().try_clone_to_owned()?).metadata()?;
    Ok(stdout.file_type().is_char_device() && stdout.rdev() == std::fs::metadata("/dev/null")?.rdev())
}

#[cfg(not(unix))]
fn takes_nothing() -> std::io::Result<bool> {
    Ok(false)
}

/// A text in lines of at most 80 columns, broken at blanks only. An indented line
/// is an example and stays as it is.
fn wrapped(text: &str) -> String {
    const COLUMNS: usize = 80;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("  ") {
            lines.push(line.to_owned());
            continue;
        }
        let mut current = String::new();
        for word in line.split(' ') {
            if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > COLUMNS {
                lines.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines.join("\n")
}

/// A text in which nothing steers a terminal: such characters become `\u{…}`. The
/// author of a secret may be hostile to its reader.
pub(crate) fn visible(text: &str) -> Zeroizing<String> {
    let mut shown = Zeroizing::new(String::with_capacity(escaped_length(text)));
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_line_end = character == '\r' && characters.peek() == Some(&'\n');
        if steers(character) && !is_line_end {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters but the line feed and the tab, and the marks that change
/// the direction of what follows.
pub(crate) fn steers(character: char) -> bool {
    let is_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !matches!(character, '\n' | '\t')) || is_direction
}

/// Room for a text with its escapes: a text that grows leaves copies behind.
pub(crate) fn escaped_length(text: &str) -> usize {
    const MAX_ESCAPE: usize = "\\u{202e}".len();
    text.len() + MAX_ESCAPE * text.chars().filter(|character| steers(*character)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_broken_at_blanks() {
        let word = "x".repeat(39);
        let link = "y".repeat(99);
        assert_eq!(wrapped(&format!("{word} {word} z")), format!("{word} {word}\nz"));
        assert_eq!(wrapped(&format!("{word} {word}z zz")), format!("{word} {word}z\nzz"));
        assert_eq!(
            wrapped(&format!("a {link} b\n\n  {word} {word} z")),
            format!("a\n{link}\nb\n\n  {word} {word} z")
        );
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(*visible("a\tb\r\nc\n"), "a\tb\r\nc\n");
        assert_eq!(*visible("Zażółć 🔑 עברית"), "Zażółć 🔑 עברית");
        assert_eq!(*visible("\x1b]0;title\x07"), "\\u{1b}]0;title\\u{7}");
        assert_eq!(*visible("good\rbad"), "good\\u{d}bad");
        assert_eq!(*visible("\u{9b}31m\u{202e}x\u{7f}"), "\\u{9b}31m\\u{202e}x\\u{7f}");
    }
}
