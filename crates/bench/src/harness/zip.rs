//! Size of a program in the form that Lambda loads.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{self, Write as _};
use std::path::Path;

/// Name of the only file in the zip.
const NAME: &str = "bootstrap";
/// Bytes around the content of the file, without its name, which occurs twice: a local
/// header, a directory entry, and the end of the directory.
const AROUND: u64 = 30 + 46 + 22;

/// Size of a program's zip, in bytes.
///
/// # Errors
/// The program cannot be read.
pub fn size_bytes(program: &Path) -> io::Result<u64> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&std::fs::read(program)?)?;
    let content = encoder.finish()?;
    Ok(content.len() as u64 + AROUND + 2 * NAME.len() as u64)
}
