//! Starts the embedded DynamoDB, KMS and SES.

use crate::dynamodb::DynamoDb;
use crate::error::StartError;
use crate::kms;
use crate::original::refuse_copy;
use crate::private::{owners_file, refuse_if_others_may_use};
use crate::ses::Ses;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use dynoxide::Database;
use readonce_core::aws::config::{AwsConfig, EMBEDDED_REGION};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use winterbaume_core::{MockAws, MockService};
use winterbaume_kms::KmsService;
use winterbaume_sesv2::SesV2Service;

/// Name of the embedded table.
pub const TABLE: &str = "readonce";
/// Sender of all mails of the embedded SES.
pub const MAIL_SENDER: &str = "secrets@readonce.example";

/// File in a data directory that a process locks while it starts.
const LOCK: &str = "lock";
/// Interval at which expired rows are deleted; DynamoDB takes up to days.
pub const SWEEP_EVERY: Duration = Duration::from_mins(5);

/// The directories of the embedded AWS.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    /// Directory for table and key. Several processes may share it, but only its owner
    /// may have access. `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    /// Directory for mails, one `.eml` file each; `None` discards them.
    pub outbox: Option<PathBuf>,
}

/// A running embedded AWS: DynamoDB, KMS and SES in this process.
pub struct EmbeddedAws {
    services: [Arc<dyn MockService>; 3],
    client: SharedHttpClient,
    kms_key_id: String,
}

impl EmbeddedAws {
    /// Starts the embedded AWS. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] in words for a person.
    pub async fn start(storage: &Storage) -> Result<Self, StartError> {
        if let Some(data) = storage.data.as_deref().filter(|data| data.is_dir()) {
            let private = data.metadata().map_err(|error| error.to_string());
            let private = private.and_then(|metadata| refuse_if_others_may_use(data, &metadata));
            private.map_err(|problem| StartError::File { path: data.to_owned(), problem })?;
        }
        for directory in [&storage.data, &storage.outbox].into_iter().flatten() {
            usable(directory)?;
        }
        let data = storage.data.as_deref();
        // Held until the start is complete. If several processes start on one directory,
        // the first creates table and key, and the others find them.
        let _alone = data.map(lock).transpose()?;
        let dynamodb = Arc::new(DynamoDb::open(data, TABLE)?);
        tokio::spawn(sweep(dynamodb.database()));
        let kms = Arc::new(KmsService::new());
        let kms_key_id = kms::key(&kms, EMBEDDED_REGION, data).await?;
        if let Some(data) = data {
            refuse_copy(data)?;
        }
        Ok(Self::around(dynamodb, kms, SesV2Service::new(), kms_key_id, storage.outbox.clone()))
    }

    /// Starts it in memory, without threads and without the sweep, so that a
    /// simulation, whose time is paused, decides when everything happens.
    ///
    /// # Errors
    /// As [`EmbeddedAws::start`].
    pub async fn start_in_line() -> Result<Self, StartError> {
        let dynamodb = Arc::new(DynamoDb::open(None, TABLE)?.in_line());
        let kms = Arc::new(KmsService::new());
        let kms_key_id = kms::key(&kms, EMBEDDED_REGION, None).await?;
        Ok(Self::around(dynamodb, kms, SesV2Service::new(), kms_key_id, None))
    }

    /// Wraps existing services, for tests on another emulator: DynamoDB with the table
    /// [`TABLE`], KMS with the key, and SES with the identity [`MAIL_SENDER`].
    pub fn around(
        dynamodb: Arc<impl MockService>,
        kms: Arc<impl MockService>,
        ses: impl MockService,
        kms_key_id: String,
        outbox: Option<PathBuf>,
    ) -> Self {
        let ses = Arc::new(Ses::new(ses, outbox));
        let aws = MockAws::builder()
            .with_service(Arc::clone(&dynamodb))
            .with_service(Arc::clone(&kms))
            .with_service(Arc::clone(&ses))
            .build();
        Self { services: [dynamodb, kms, ses], client: aws.http_client(), kms_key_id }
    }

    /// The configuration that connects SDK clients to this embedded AWS.
    pub fn config(&self) -> AwsConfig {
        AwsConfig::with_http_client(self.client.clone())
    }

    /// DynamoDB, KMS and SES, for a test that puts them behind listeners. They check no
    /// credentials, so nothing but tests should use this.
    pub fn services(&self) -> [Arc<dyn MockService>; 3] {
        self.services.clone()
    }

    /// Id of the KMS key, for `KMS_KEY_ID`.
    pub fn kms_key_id(&self) -> &str {
        &self.kms_key_id
    }
}

/// Waits until no other process is starting on the directory. Dropping the file
/// releases the lock.
fn lock(directory: &Path) -> Result<File, StartError> {
    let path = directory.join(LOCK);
    let locked = owners_file(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| StartError::file(&path, &error))
}

/// Ensures that a directory exists and is writable. A new one is accessible only to its
/// owner.
fn usable(directory: &Path) -> Result<(), StartError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    // If the path is a file, creating a directory would only report that it exists.
    let made = if directory.exists() { Ok(()) } else { builder.recursive(true).create(directory) };
    let written = made.and_then(|()| tempfile::tempfile_in(directory));
    written.map(drop).map_err(|error| StartError::file(directory, &error))
}

/// Deletes expired rows at intervals, as DynamoDB does.
async fn sweep(database: Database) {
    let mut every = tokio::time::interval_at(Instant::now() + SWEEP_EVERY, SWEEP_EVERY);
    loop {
        every.tick().await;
        let database = database.clone();
        match tokio::task::spawn_blocking(move || database.sweep_ttl()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "expired rows could not be deleted"),
            Err(error) => tracing::warn!(%error, "the deletion of expired rows panicked"),
        }
    }
}
