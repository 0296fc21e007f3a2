//! Starting it all.

use crate::{kms, outbox, template};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use dynoxide::actions::create_table::CreateTableRequest;
use dynoxide::actions::update_time_to_live::UpdateTimeToLiveRequest;
use dynoxide::{Database, DynoxideError};
use readonce_core::aws::AwsConfig;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use winterbaume_core::MockAws;
use winterbaume_kms::KmsService;

/// The name of the embedded table.
pub const TABLE: &str = "readonce";
/// Who mails from here are from.
pub const MAIL_SENDER: &str = "secrets@readonce.example";

const REGION: &str = "us-east-1";
/// The database's file in a data directory.
const DATABASE: &str = "table.sqlite";
/// How often expired rows are deleted; DynamoDB takes up to days.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Where everything is kept.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    /// A directory for table and key, which several processes may share;
    /// without one everything is in memory.
    pub data: Option<PathBuf>,
    /// A directory for mails, one `.eml` file each; without one they are
    /// thrown away.
    pub outbox: Option<PathBuf>,
}

/// Embedded AWS, running.
pub struct EmbeddedAws {
    dynamodb: SocketAddr,
    in_process: MockAws,
    kms_key_id: String,
}

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A directory or a file cannot be used.
    #[error("cannot use {path}: {problem}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// The database does not do what it should.
    #[error("the embedded table: {0}")]
    Table(String),
    /// The KMS has no key.
    #[error("the embedded KMS has no key")]
    NoKey,
    /// There is no port to listen on.
    #[error("the embedded table cannot listen: {0}")]
    Listen(#[from] std::io::Error),
}

impl StartError {
    pub(crate) fn file(path: &Path, problem: &dyn std::error::Error) -> Self {
        Self::File { path: path.to_owned(), problem: problem.to_string() }
    }
}

impl EmbeddedAws {
    /// Starts it. It lives as long as the Tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] in words for a person.
    pub async fn start(storage: &Storage) -> Result<Self, StartError> {
        for directory in [&storage.data, &storage.outbox].into_iter().flatten() {
            usable(directory)?;
        }
        let data = storage.data.as_deref();
        let database = match data {
            None => Database::memory(),
            Some(directory) => Database::new(&directory.join(DATABASE).to_string_lossy()),
        };
        let database = database.map_err(|error| table_error(&error))?;
        create_table(&database)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let dynamodb = listener.local_addr()?;
        tokio::spawn(sweep(database.clone()));
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        let kms = Arc::new(KmsService::new());
        let kms_key_id = kms::key(&kms, REGION, data).await?;
        let ses = outbox::Ses::new(storage.outbox.clone());
        let in_process = MockAws::builder().with_service(kms).with_service(ses).build();
        Ok(Self { dynamodb, in_process, kms_key_id })
    }

    /// The configuration under which the SDK's clients come here.
    pub fn config(&self) -> AwsConfig {
        let in_process = base().to_builder().http_client(self.in_process.http_client()).build();
        let http = aws_smithy_http_client::Builder::new().build_http();
        let dynamodb = base().to_builder().http_client(http).endpoint_url(self.dynamodb_endpoint()).build();
        AwsConfig { dynamodb, kms: in_process.clone(), ses: in_process }
    }

    /// Where the table listens.
    pub fn dynamodb_endpoint(&self) -> String {
        format!("http://{}", self.dynamodb)
    }

    /// The KMS key.
    pub fn kms_key_id(&self) -> &str {
        &self.kms_key_id
    }
}

fn base() -> SdkConfig {
    // The emulators take any credentials.
    let credentials = Credentials::new("embedded", "embedded", None, None, "embedded");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}

/// Makes sure a directory is there and can be written to.
fn usable(directory: &Path) -> Result<(), StartError> {
    let made = std::fs::create_dir_all(directory);
    let written = made.and_then(|()| tempfile::tempfile_in(directory));
    written.map(drop).map_err(|error| StartError::file(directory, &error))
}

fn create_table(database: &Database) -> Result<(), StartError> {
    let table = template::table();
    let request: CreateTableRequest =
        serde_json::from_value(table.create_request(TABLE)).map_err(|error| table_error(&error))?;
    match database.create_table(request) {
        Ok(_) => {}
        // By an earlier start, or by another process on the same directory.
        Err(DynoxideError::ResourceInUseException(_)) => return Ok(()),
        Err(error) => return Err(table_error(&error)),
    }
    let time_to_live: UpdateTimeToLiveRequest = serde_json::from_value(serde_json::json!({
        "TableName": TABLE,
        "TimeToLiveSpecification": { "AttributeName": table.ttl_attribute, "Enabled": true },
    }))
    .map_err(|error| table_error(&error))?;
    database.update_time_to_live(time_to_live).map(drop).map_err(|error| table_error(&error))
}

fn table_error(error: &dyn std::error::Error) -> StartError {
    StartError::Table(error.to_string())
}

/// Deletes expired rows now and then, as DynamoDB does.
async fn sweep(database: Database) {
    let mut every = tokio::time::interval(SWEEP_EVERY);
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
