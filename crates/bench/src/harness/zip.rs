//! How large a program is as Lambda loads it.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{self, Write as _};
use std::path::Path;

/// The name of the one file in the zip.
const NAME: &str = "bootstrap";
/// What a zip has around one file's content, beside the file's name, which is
/// there twice: a local header, an entry of the directory, and its end.
const AROUND: u64 = 30 + 46 + 22;

/// Bytes of the zip of a program.
///
/// # Errors
/// The program cannot be read.
pub fn size_bytes(program: &Path) -> io::Result<u64> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&std::fs::read(program)?)?;
    let content = encoder.finish()?;
    Ok(content.len() as u64 + AROUND + 2 * NAME.len() as u64)
}
