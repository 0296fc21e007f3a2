//! Copies of a data directory: each would reveal again what was revealed from the
//! other.

use crate::error::StartError;
use crate::kms;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use tempfile::NamedTempFile;

/// The file of a data directory that holds the directory's own path.
const FILE: &str = "path";

/// Refuses a copy whose original is still where it was. A directory that was moved,
/// or has two paths, is no copy; a copy whose original is gone cannot be told from a
/// moved directory. The caller has locked `data`, which holds its key already.
///
/// # Errors
/// [`StartError::File`].
pub(crate) fn refuse_copy(data: &Path) -> Result<(), StartError> {
    let file = data.join(FILE);
    let failed = |error: std::io::Error| StartError::file(&file, &error);
    let here = data.canonicalize().map_err(failed)?;
    // The file is text; a path that is not cannot be kept in it.
    let Some(here) = here.to_str() else { return Ok(()) };
    let recorded = match std::fs::read_to_string(&file) {
        Ok(recorded) => recorded,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    if recorded == here {
        return Ok(());
    }
    let mut new = NamedTempFile::new_in(data).map_err(failed)?;
    let original = Path::new(&recorded);
    if has_same_key(original, data) && !is_same_directory(original, new.path()) {
        let problem = format!(
            "it is a copy of {recorded}, which is still there, and would show again what was read from \
             that; use the original, or delete it first"
        );
        return Err(StartError::File { path: data.to_owned(), problem });
    }
    new.write_all(here.as_bytes()).map_err(failed)?;
    new.persist(&file).map(drop).map_err(|error| failed(error.error))
}

/// Each directory makes a random key of its own. One that cannot be read is not there.
fn has_same_key(original: &Path, data: &Path) -> bool {
    let key = |directory: &Path| std::fs::read(directory.join(kms::FILE)).ok();
    key(original).is_some_and(|original| key(data) == Some(original))
}

/// A file that was made here just now is there, too. Numbers of devices and files may
/// differ between two mounts of one directory.
fn is_same_directory(original: &Path, new: &Path) -> bool {
    new.file_name().is_some_and(|name| original.join(name).exists())
}
