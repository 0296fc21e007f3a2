//! AWS in this process: nothing to install, no account.
//!
//! The code under it is the one that speaks to AWS; only who answers differs.
//! DynamoDB is `dynoxide` over SQLite; KMS and SES are `winterbaume`'s. All are
//! called in the process, from under the SDK's HTTP client.
//! The table is created from template.yaml's own table resource.
//!
//! What no emulator does (throttling, conflicts, answers lost after the write)
//! the tests inject between the SDK and this.

pub mod aws;
pub mod dynamodb;
mod error;
mod kms;
pub mod private;
mod ses;
pub mod template;

pub use aws::{EmbeddedAws, Storage};
pub use error::StartError;
