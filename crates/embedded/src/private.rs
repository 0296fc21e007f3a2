//! Access checks for files that contain tokens, keys or secrets.

use std::fs::{File, Metadata};
use std::path::Path;

/// Refuses a file or directory that other users may access, or that belongs to another
/// user (except root). Pipes and devices pass, because they do not stay on disk.
///
/// # Errors
/// A description of the problem and its remedy.
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

/// On other systems, a user's own directories are not accessible to others by default.
///
/// # Errors
/// None on this system.
#[cfg(not(unix))]
pub fn refuse_if_others_may_use(_path: &Path, _metadata: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Opens a file. If it is created now, only its owner can read it.
pub(crate) fn owners_file(path: &Path) -> std::io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.create(true).read(true).append(true).open(path)
}
