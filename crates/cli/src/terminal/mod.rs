//! Reads a line typed at the terminal, independent of standard input and output.

pub(crate) mod clipboard;
pub(crate) mod console;
pub(crate) mod prompt;
pub(crate) mod qr;
pub(crate) mod signals;

use crate::failure::{Failure, Kind, Result};
use zeroize::Zeroizing;

/// The echo of typed characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typing {
    /// As usual.
    Shown,
    /// None.
    Hidden,
}

/// Asks for a line. Before the prompt appears, input typed ahead is dropped and the
/// echo is off. The terminal is restored only after input behind the line is dropped
/// too: the shell would run it and keep it in its history.
///
/// # Errors
/// [`Kind::Input`] if it is not one line of text; [`Kind::Usage`] without a
/// terminal; [`Kind::Other`] if that cannot be read.
#[cfg(unix)]
pub(crate) fn line(prompt: &str, typing: Typing) -> Result<Zeroizing<String>> {
    if !is_there() {
        return Err(no_terminal());
    }
    let (bytes, rest) = unix::read(prompt, typing)
        .map_err(|error| Failure::new(Kind::Other, format!("the terminal cannot be read: {error}")))?;
    if rest {
        return Err(Failure::new(Kind::Input, "more than one line was pasted; nothing was sent")
            .advise("Use --file or a pipe for a text of several lines."));
    }
    checked(&bytes)
}

/// Not implemented for other systems yet.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub(crate) fn line(_prompt: &str, _typing: Typing) -> Result<Zeroizing<String>> {
    Err(no_terminal())
}

fn no_terminal() -> Failure {
    Failure::new(Kind::Usage, "there is no terminal to ask at; nothing was sent").advise(
        "Use --file or a pipe for a text, --passphrase-file or --passphrase-fd for a passphrase, --yes for a yes.",
    )
}

/// `true` if this process has a terminal to ask at.
pub(crate) fn is_there() -> bool {
    cfg!(unix) && std::fs::File::options().read(true).write(true).open("/dev/tty").is_ok()
}

/// More than this the system may have cut without a word: Linux keeps 4,096
/// bytes of a line with its end, others at least 1,024.
const MAX_BYTES: usize = if cfg!(target_os = "linux") { 4_095 } else { 1_023 };

/// The line without its end, if it is what was typed.
fn checked(bytes: &[u8]) -> Result<Zeroizing<String>> {
    let refused = |problem: &str| {
        Failure::new(Kind::Input, format!("{problem}; nothing was sent")).advise(
            "Use --file or a pipe (for a passphrase --passphrase-file) for what a prompt cannot take.",
        )
    };
    let Some(line) = bytes.strip_suffix(b"\n") else {
        return Err(refused("the input ended before the line did"));
    };
    if line.len() >= MAX_BYTES {
        return Err(refused("the line is longer than the terminal takes"));
    }
    let text = std::str::from_utf8(line).map_err(|_| refused("the input is not valid UTF-8"))?;
    if text.contains(char::is_control) {
        return Err(refused("a control character, such as a tab, was typed"));
    }
    Ok(Zeroizing::new(text.to_owned()))
}

#[cfg(unix)]
mod unix {
    use super::{MAX_BYTES, Typing};
    use crate::terminal::signals::Restored;
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
    use std::fs::File;
    use std::io::{Read as _, Write as _};
    use zeroize::Zeroizing;

    /// The value of a special character that is switched off.
    const DISABLED: u8 = if cfg!(any(target_os = "linux", target_os = "android")) { 0 } else { 0xff };

    /// The line with its end, and whether anything came behind it.
    pub(super) fn read(prompt: &str, typing: Typing) -> std::io::Result<(Zeroizing<Vec<u8>>, bool)> {
        let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let _restored = Restored::later(&terminal, &before)?;
        let mut settings = before.clone();
        settings.local_modes.insert(LocalModes::ICANON | LocalModes::ISIG);
        settings.local_modes.set(LocalModes::ECHO, typing == Typing::Shown);
        settings.local_modes.remove(LocalModes::ECHONL);
        // A stopped process would leave the shell with this terminal.
        settings.special_codes[SpecialCodeIndex::VSUSP] = DISABLED;
        tcsetattr(&terminal, OptionalActions::Flush, &settings)?;
        terminal.write_all(prompt.as_bytes())?;
        let line = until_line_end(&mut terminal)?;
        settings.local_modes.remove(LocalModes::ECHO);
        let rest = drop_rest(&mut terminal, settings)?;
        if typing == Typing::Hidden || !line.ends_with(b"\n") {
            terminal.write_all(b"\n")?;
        }
        Ok((line, rest))
    }

    /// Reads on where Ctrl-D has handed over a part of the line.
    fn until_line_end(terminal: &mut File) -> std::io::Result<Zeroizing<Vec<u8>>> {
        let mut line = Zeroizing::new(Vec::with_capacity(2 * MAX_BYTES));
        let mut piece = Zeroizing::new([0; MAX_BYTES + 1]);
        while !line.ends_with(b"\n") && line.len() < MAX_BYTES {
            let count = terminal.read(&mut *piece)?;
            if count == 0 {
                break;
            }
            line.extend_from_slice(&piece[..count]);
        }
        Ok(line)
    }

    /// Drops what comes behind the line until nothing has come for a tenth of a
    /// second, as a paste may arrive in pieces. A piece without a line end is
    /// only seen while the terminal does not wait for one.
    fn drop_rest(terminal: &mut File, mut settings: Termios) -> std::io::Result<bool> {
        settings.local_modes.remove(LocalModes::ICANON);
        settings.special_codes[SpecialCodeIndex::VMIN] = 0;
        settings.special_codes[SpecialCodeIndex::VTIME] = 1;
        tcsetattr(&*terminal, OptionalActions::Now, &settings)?;
        let mut piece = Zeroizing::new([0; 4_096]);
        let mut dropped = false;
        while terminal.read(&mut *piece)? > 0 {
            dropped = true;
        }
        Ok(dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_line_of_text_is_taken() {
        assert!(checked("Zażółć 🔑\n".as_bytes()).is_ok_and(|line| *line == "Zażółć 🔑"));
        assert!(checked(b"\n").is_ok_and(|line| line.is_empty()));
        let longest = [&vec![b'x'; MAX_BYTES - 1][..], b"\n"].concat();
        assert!(checked(&longest).is_ok());
        let cut = [&vec![b'x'; MAX_BYTES][..], b"\n"].concat();
        for refused in
            [&b""[..], b"x", b"user\tpass\n", b"\x1b[A\n", b"\xffx\n", "\u{9b}x\n".as_bytes(), &cut]
        {
            assert_eq!(checked(refused).err().map(|failure| failure.kind), Some(Kind::Input), "{refused:?}");
        }
    }
}
