//! The embedded KMS and its one key.

use crate::error::StartError;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;
use winterbaume_core::{StatefulService as _, default_account_id};
use winterbaume_kms::{KmsService, KmsStateView};

/// File in a data directory that contains the key.
pub(crate) const FILE: &str = "kms.json";

/// Ensures that a key exists, and returns its id. With a directory, the key is stored
/// there. The caller must ensure that only one process at a time does this.
pub(crate) async fn key(
    kms: &Arc<KmsService>,
    region: &str,
    directory: Option<&Path>,
) -> Result<String, StartError> {
    let file = directory.map(|directory| directory.join(FILE));
    if let Some(file) = file.as_deref().filter(|file| !file.exists()) {
        write_new_key(file, region).await?;
    }
    let view = match &file {
        None => new_key(region).await,
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| StartError::file(file, &error))?;
            serde_json::from_str(&text).map_err(|error| StartError::file(file, &error))?
        }
    };
    let key_id = view.keys.keys().next().cloned().ok_or(StartError::NoKey)?;
    kms.restore(default_account_id(), region, view).await.map_err(|_| StartError::NoKey)?;
    Ok(key_id)
}

/// A KMS with a single new key.
async fn new_key(region: &str) -> KmsStateView {
    let kms = KmsService::new();
    let request = winterbaume_core::MockRequest {
        method: "POST".to_owned(),
        uri: format!("https://kms.{region}.amazonaws.com/"),
        headers: [("x-amz-target", "TrentService.CreateKey")]
            .into_iter()
            .map(|(name, value)| {
                let name = name.parse().expect("a header name");
                (name, value.parse().expect("a header value"))
            })
            .collect(),
        body: "{}".into(),
    };
    winterbaume_core::MockService::handle(&kms, request).await;
    kms.snapshot(default_account_id(), region).await
}

/// Writes the key file atomically, and never replaces another key.
async fn write_new_key(file: &Path, region: &str) -> Result<(), StartError> {
    let failed = |error: &dyn std::error::Error| StartError::file(file, error);
    let text = serde_json::to_string(&new_key(region).await).map_err(|error| failed(&error))?;
    let directory = file.parent().unwrap_or(Path::new("."));
    // Only its owner can read a temporary file.
    let mut temporary = NamedTempFile::new_in(directory).map_err(|error| failed(&error))?;
    temporary.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    temporary.as_file().sync_all().map_err(|error| failed(&error))?;
    // Replacing a key would make every secret under it unreadable for good.
    temporary.persist_noclobber(file).map(drop).map_err(|error| failed(&error.error))
}
