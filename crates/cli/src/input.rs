//! Reading secret input: a text to share, a passphrase, a token.

use crate::failure::{Failure, Kind, Result};
use crate::private_file::refuse_if_others_may_use;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// More than any v1 server takes in one request.
const MAX_BYTES: usize = 6_000_000;

/// A text to share from a file, as it is.
///
/// # Errors
/// [`Kind::Usage`] if it cannot be read; [`Kind::Input`] if it is not text.
pub(crate) fn text_of_file(path: &Path) -> Result<Zeroizing<String>> {
    let about = path.display().to_string();
    let mut file = File::open(path).map_err(|error| match error.kind() {
        // A name that is not a file may be the secret itself.
        ErrorKind::NotFound => Failure::new(Kind::Usage, "there is no such file to share"),
        _ => unreadable(Kind::Usage, &about, &error),
    })?;
    let bytes = read(&mut file).map_err(|error| unreadable(Kind::Usage, &about, &error))?;
    checked_text(&bytes, &about)
}

/// A text to share from standard input. A single line loses its line end, which
/// `echo` or a here-string has put there; of several lines nothing is taken, as
/// a key file needs its last line end.
///
/// # Errors
/// [`Kind::Other`] if it cannot be read; [`Kind::Input`] if it is not text.
pub(crate) fn text_of_standard_input() -> Result<Zeroizing<String>> {
    let about = "standard input";
    let bytes =
        read(&mut unbuffered_standard_input()).map_err(|error| unreadable(Kind::Other, about, &error))?;
    let mut text = checked_text(&bytes, about)?;
    if text.matches('\n').count() == 1 {
        drop_line_end(&mut text);
    }
    // `echo "$UNSET"` gives nothing but a line end.
    if text.is_empty() { Err(nothing(about)) } else { Ok(text) }
}

/// The access of other users to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilePrivacy {
    /// Allowed.
    Any,
    /// Refused: only the owner may have access.
    Owner,
}

/// A passphrase or a token from a file, without the line end.
///
/// # Errors
/// [`Kind::Usage`] if it cannot be read, is empty, or has several lines.
pub(crate) fn one_line_of_file(path: &Path, about: &str, whose: FilePrivacy) -> Result<Zeroizing<String>> {
    let wrong =
        |problem: &str| Failure::new(Kind::Usage, format!("{about} in {}: {problem}", path.display()));
    let mut file = File::open(path).map_err(|error| match error.kind() {
        // A name that is not a file may be the secret itself.
        ErrorKind::NotFound => Failure::new(Kind::Usage, format!("there is no such file with {about}")),
        _ => wrong(&error.to_string()),
    })?;
    if whose == FilePrivacy::Owner {
        refuse_if_others_may_use(&file, path, |problem| {
            Failure::new(Kind::Usage, format!("{} {problem}", path.display()))
        })?;
    }
    one_line(&mut file).map_err(|problem| wrong(&problem))
}

/// A link or a key from standard input, without the line end.
///
/// # Errors
/// As [`one_line_of_file`].
pub(crate) fn one_line_of_standard_input(about: &str) -> Result<Zeroizing<String>> {
    one_line(&mut unbuffered_standard_input())
        .map_err(|problem| Failure::new(Kind::Usage, format!("{about} in standard input: {problem}")))
}

fn one_line(source: &mut impl Read) -> std::result::Result<Zeroizing<String>, String> {
    let bytes = read(source).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| "it is not valid UTF-8")?;
    let mut line = Zeroizing::new(text.to_owned());
    drop_line_end(&mut line);
    if line.is_empty() {
        return Err("there is nothing".to_owned());
    }
    if line.contains(['\n', '\r', '\0']) {
        return Err("there is more than one line".to_owned());
    }
    Ok(line)
}

/// As [`one_line_of_file`], from a file descriptor that this process was given.
///
/// # Errors
/// The same.
#[cfg(unix)]
pub(crate) fn one_line_of_descriptor(descriptor: u32, about: &str) -> Result<Zeroizing<String>> {
    one_line_of_file(&descriptor_path(descriptor), about, FilePrivacy::Any)
}

/// This system has no file descriptors.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub(crate) fn one_line_of_descriptor(_descriptor: u32, about: &str) -> Result<Zeroizing<String>> {
    Err(Failure::new(Kind::Usage, format!("{about}: this system has no file descriptors; use a file")))
}

/// The path under which Unix offers an open file descriptor as a file.
pub(crate) fn descriptor_path(descriptor: u32) -> PathBuf {
    format!("/dev/fd/{descriptor}").into()
}

/// `true` if a path leads to the same file as standard input.
#[cfg(unix)]
pub(crate) fn is_standard_input(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |path: &Path| std::fs::metadata(path).map(|file| (file.dev(), file.ino())).ok();
    identity(path).is_some_and(|file| identity(&descriptor_path(0)) == Some(file))
}

/// Other systems do not tell.
#[cfg(not(unix))]
pub(crate) fn is_standard_input(_path: &Path) -> bool {
    false
}

/// Refuses texts that the API would change or could not store.
///
/// # Errors
/// [`Kind::Input`].
pub(crate) fn checked_text(bytes: &[u8], about: &str) -> Result<Zeroizing<String>> {
    let binary = || {
        Failure::new(Kind::Input, format!("{about} is binary, and a secret is text")).advise(
            "Encode it first, as with 'base64 FILE | readonce share'; the reader decodes with 'base64 -d'.",
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|_| binary())?;
    if text.contains('\0') {
        return Err(binary());
    }
    if text.is_empty() {
        return Err(nothing(about));
    }
    Ok(Zeroizing::new(text.to_owned()))
}

fn nothing(about: &str) -> Failure {
    Failure::new(Kind::Input, format!("{about} is empty; there is nothing to share"))
}

/// Standard input without the standard library's buffer, which is not wiped.
#[cfg(unix)]
fn unbuffered_standard_input() -> impl Read {
    use std::os::fd::AsFd as _;
    let stdin = std::io::stdin().as_fd().try_clone_to_owned().map(File::from);
    stdin.map_or_else(|_| Box::new(std::io::stdin().lock()) as Box<dyn Read>, |file| Box::new(file))
}

#[cfg(not(unix))]
fn unbuffered_standard_input() -> impl Read {
    std::io::stdin().lock()
}

/// Reads to the end, into one buffer that is wiped. A buffer that grows would leave
/// copies behind.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] if that is more than any server accepts.
pub(crate) fn read(source: &mut impl Read) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(4_096));
    let mut piece = Zeroizing::new([0_u8; 4_096]);
    loop {
        let count = match source.read(&mut *piece) {
            Ok(0) => return Ok(bytes),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if bytes.capacity() < bytes.len() + count {
            let mut larger = Zeroizing::new(Vec::with_capacity(bytes.capacity() * 2));
            larger.extend_from_slice(&bytes);
            bytes = larger;
        }
        bytes.extend_from_slice(&piece[..count]);
        if bytes.len() > MAX_BYTES {
            return Err(ErrorKind::FileTooLarge.into());
        }
    }
}

fn drop_line_end(text: &mut Zeroizing<String>) {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
}

fn unreadable(kind: Kind, about: &str, error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::FileTooLarge {
        return Failure::new(Kind::Input, format!("{about} is larger than any server accepts"))
            .advise("Share the key of an encrypted file instead.");
    }
    Failure::new(kind, format!("{about} cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_and_empty_input_is_refused() {
        for bytes in [&b""[..], b"\xff\xfe", b"a\0b", b"\x7fELF\x00"] {
            assert_eq!(checked_text(bytes, "it").err().map(|failure| failure.kind), Some(Kind::Input));
        }
        assert!(checked_text(" \n🔑".as_bytes(), "it").is_ok_and(|text| *text == " \n🔑"));
    }

    #[test]
    fn long_input_is_read_whole_and_endless_input_is_refused() {
        let long = vec![b'x'; 100_000];
        assert!(read(&mut &long[..]).is_ok_and(|bytes| *bytes == long));
        let endless = read(&mut std::io::repeat(b'x')).unwrap_err();
        assert_eq!(unreadable(Kind::Usage, "it", &endless).kind, Kind::Input);
    }
}
