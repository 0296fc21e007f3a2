//! The embedded DynamoDB: the operations that this project uses, on `dynoxide`.
//!
//! It is called within the process. `dynoxide` also has a listener, but that checks no
//! credentials and accepts requests from every web page.

use crate::error::StartError;
use crate::private::owners_file;
use crate::template;
use aws_smithy_types::date_time::{DateTime, Format};
use dynoxide::{Database, DynoxideError};
use readonce_core::time::UnixTime;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::io::Read;
use std::path::Path;
use std::pin::Pin;
use winterbaume_core::{MockRequest, MockResponse, MockService};

/// Name of the database file in a data directory.
pub const TABLE_FILE: &str = "table.sqlite";
/// The answer to `DescribeContinuousBackups`.
const NO_BACKUPS: &str = r#"{"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"DISABLED"}}"#;

/// First bytes of a SQLite database file.
const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";

/// DynamoDB with a single table.
pub(crate) struct DynamoDb {
    database: Database,
    /// Whether requests are carried out on the caller's own thread.
    in_line: bool,
}

impl DynamoDb {
    /// Opens the database and ensures that the table exists.
    pub(crate) fn open(directory: Option<&Path>, table: &str) -> Result<Self, StartError> {
        let database = match directory {
            None => Database::memory(),
            Some(directory) => {
                let file = directory.join(TABLE_FILE);
                is_database(&file).map_err(|error| StartError::file(&file, &error))?;
                Database::new(&file.to_string_lossy())
            }
        };
        let database = database.map_err(|error| table_error(&error))?;
        let resource = template::table();
        match database.create_table(request(resource.create_request(table))?) {
            Ok(_) | Err(DynoxideError::ResourceInUseException(_)) => {}
            Err(error) => return Err(table_error(&error)),
        }
        // Refused if TTL is already enabled; this completes a start that was interrupted.
        let time_to_live = serde_json::json!({
            "TableName": table,
            "TimeToLiveSpecification": { "AttributeName": resource.ttl_attribute, "Enabled": true },
        });
        match database.update_time_to_live(request(time_to_live)?) {
            Ok(_) | Err(DynoxideError::ValidationException(_)) => Ok(Self { database, in_line: false }),
            Err(error) => Err(table_error(&error)),
        }
    }

    /// The same without threads.
    pub(crate) fn in_line(self) -> Self {
        Self { in_line: true, ..self }
    }

    /// The database, for deleting expired rows.
    pub(crate) fn database(&self) -> Database {
        self.database.clone()
    }
}

impl MockService for DynamoDb {
    fn service_name(&self) -> &'static str {
        "dynamodb"
    }

    fn url_patterns(&self) -> Vec<&str> {
        vec![r"^https://(?:[0-9]+\.ddb|dynamodb)\.[a-z0-9-]+\.amazonaws\.com"]
    }

    fn handle(&self, request: MockRequest) -> Pin<Box<dyn Future<Output = MockResponse> + Send + '_>> {
        let database = self.database.clone();
        Box::pin(async move {
            let mut response = if self.in_line {
                answer(&database, &request)
            } else {
                // SQLite blocks on its file; other requests must not wait for that.
                let answered = tokio::task::spawn_blocking(move || answer(&database, &request)).await;
                answered.unwrap_or_else(|_| MockResponse::json(500, r#"{"__type":"InternalServerError"}"#))
            };
            response.headers.insert(http::header::DATE, date(UnixTime::now()));
            response
        })
    }
}

/// The date format of AWS's responses.
fn date(now: UnixTime) -> http::HeaderValue {
    let date = DateTime::from_secs(now.seconds()).fmt(Format::HttpDate);
    date.ok().and_then(|date| date.parse().ok()).expect("now is a date, and a date is ASCII")
}

fn answer(database: &Database, request: &MockRequest) -> MockResponse {
    let target = request.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    let operation = target.and_then(|target| target.rsplit_once('.')).map_or("", |(_, operation)| operation);
    let body = &request.body;
    let answered = match operation {
        "PutItem" => run(body, |request| database.put_item(request)),
        "GetItem" => run(body, |request| database.get_item(request)),
        "UpdateItem" => run(body, |request| database.update_item(request)),
        "DeleteItem" => run(body, |request| database.delete_item(request)),
        "BatchGetItem" => run(body, |request| database.batch_get_item(request)),
        "Query" => run(body, |request| database.query(request)),
        "Scan" => run(body, |request| database.scan(request)),
        "DescribeTable" => run(body, |request| database.describe_table(request)),
        // There are no backups here, but the doctor asks for them.
        "DescribeContinuousBackups" => Ok(NO_BACKUPS.to_owned()),
        "DescribeTimeToLive" => run(body, |request| database.describe_time_to_live(request)),
        _ => Err(DynoxideError::ValidationException(format!("{operation} is not embedded"))),
    };
    match answered {
        Ok(json) => MockResponse::json(200, json),
        Err(error) => MockResponse::json(error.status_code(), error.to_json()),
    }
}

fn run<Request: DeserializeOwned, Response: Serialize>(
    body: &[u8],
    operation: impl FnOnce(Request) -> dynoxide::Result<Response>,
) -> dynoxide::Result<String> {
    let malformed = |error: serde_json::Error| DynoxideError::SerializationException(error.to_string());
    let response = operation(serde_json::from_slice(body).map_err(malformed)?)?;
    serde_json::to_string(&response).map_err(malformed)
}

fn request<Request: DeserializeOwned>(json: serde_json::Value) -> Result<Request, StartError> {
    serde_json::from_value(json).map_err(|error| table_error(&error))
}

/// Creates the file if it does not exist. Refuses a file that is not a database,
/// because `dynoxide` would take it for an encrypted one.
fn is_database(file: &Path) -> std::io::Result<()> {
    let mut begins = Vec::new();
    owners_file(file)?.take(SQLITE_MAGIC.len() as u64).read_to_end(&mut begins)?;
    // The file is empty until the first write.
    if begins.is_empty() || begins == SQLITE_MAGIC {
        return Ok(());
    }
    Err(std::io::Error::other("it is not the database of a local server, or damaged"))
}

fn table_error(error: &dyn std::error::Error) -> StartError {
    StartError::Table(error.to_string())
}
