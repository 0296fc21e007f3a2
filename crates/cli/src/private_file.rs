//! Files that hold a token, or name the server that gets one.

use crate::failure::{Failure, Result};
use std::fs::File;
use std::path::Path;

/// Refuses a file that other users can read (they would have the token) or write (they
/// could change the server that gets it). Pipes and devices are accepted.
///
/// # Errors
/// `wrong` of the problem.
#[cfg(unix)]
pub(crate) fn refuse_if_others_may_use(
    file: &File,
    path: &Path,
    wrong: impl Fn(&str) -> Failure,
) -> Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = file.metadata().map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    if !metadata.is_file() {
        return Ok(());
    }
    if ![0, rustix::process::geteuid().as_raw()].contains(&metadata.uid()) {
        return Err(wrong("belongs to another user, who can change it"));
    }
    if metadata.mode() & 0o077 != 0 {
        return Err(wrong("can be used by other users, and it may hold a token")
            .advise(format!("Close it to them: chmod 600 {}", path.display())));
    }
    Ok(())
}

/// Elsewhere a user's own directories are closed to others as they are.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn refuse_if_others_may_use(
    _file: &File,
    _path: &Path,
    _wrong: impl Fn(&str) -> Failure,
) -> Result<()> {
    Ok(())
}
