//! The domain of one-time secrets.
//!
//! A secret is a text that can be read once. The modules, from the foundation up; each
//! uses only those before it, as a repository test checks:
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
//! This crate speaks only to AWS, through the SDK. The configuration given to [`aws`]
//! decides whether AWS, an emulator or a test answers.

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
