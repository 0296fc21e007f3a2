//! What a one-time secret is.
//!
//! A secret is a text that can be read once. The modules, from the foundation up; each
//! uses only those before it (a test of the repository checks that):
//!
//! - The foundation, which knows nothing about secrets: [`error`], [`time`],
//!   [`deadline`], [`call`].
//! - Mechanism: [`aws`] (clients, time-outs, retries) and [`table`] (rows, batches,
//!   counters).
//! - Domain types: [`brand`], [`plan`], [`address`], [`secret`], [`account`], [`receipt`],
//!   [`limits`], [`mail`]. A stored type keeps its row beside it.
//! - Use cases: [`verbs`], one file per verb.
//! - [`settings`]: the operator's environment variables, parsed once.
//!
//! This crate speaks to AWS through the SDK and to nobody else. The configuration that
//! [`aws`] is given decides who answers: AWS, an emulator, or a test.

pub mod account;
pub mod address;
pub mod aws;
pub mod brand;
pub mod call;
pub mod deadline;
pub mod environment;
pub mod error;
pub mod limits;
pub mod mail;
pub mod plan;
mod random;
pub mod receipt;
pub mod secret;
pub mod settings;
pub mod table;
pub mod time;
pub mod verbs;

pub use error::{Error, Result};
pub use verbs::create::CreateOptions;
