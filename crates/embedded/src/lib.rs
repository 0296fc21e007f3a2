//! AWS in this process, without installation or account.
//!
//! Only the service that answers differs; the code above the SDK is the same as on AWS.
//! DynamoDB is `dynoxide` over SQLite; KMS and SES are from `winterbaume`. All are
//! called within the process, below the SDK's HTTP client. The table is created from
//! the table resource of template.yaml.
//!
//! No emulator shows throttling, conflicts, or answers lost after the write; the tests
//! inject these between the SDK and this crate.

pub mod aws;
pub mod dynamodb;
mod error;
mod kms;
mod original;
pub mod private;
mod ses;
pub mod template;

pub use aws::{EmbeddedAws, Storage};
pub use error::StartError;
