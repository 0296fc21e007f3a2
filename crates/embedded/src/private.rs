//! What holds tokens, keys or secrets is its owner's alone.

use std::fs::{File, Metadata};
use std::path::Path;

/// Refuses a file or directory that other users may use, or that another user
/// than root owns. Pipes and devices are no files that lie around.
///
/// # Errors
/// What is wrong with it, and what to do, in words.
#[cfg(unix)]
pub fn refuse_if_others_may_use(path: &Path, metadata: &Metadata) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt as _;
    if !metadata.is_file() && !metadata.is_dir() {
        return Ok(());
    }
    if ![0, rustix::process::geteuid().as_raw()].contains(&metadata.uid()) {
        return Err("it belongs to another user, who can read and write what is in it".to_owned());
    }
    if metadata.mode() & 0o077 != 0 {
        let mode = if metadata.is_dir() { 700 } else { 600 };
        let path = path.display();
        return Err(format!("other users can use it; keep it to yourself: chmod {mode} {path}"));
    }
    Ok(())
}

/// Elsewhere a user's own directories are closed to others as they are.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn refuse_if_others_may_use(_path: &Path, _metadata: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Opens a file, which nobody else can read if it is made now.
pub(crate) fn owners_file(path: &Path) -> std::io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.create(true).read(true).append(true).open(path)
}
