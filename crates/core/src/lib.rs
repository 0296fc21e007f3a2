//! What a one-time secret is.
//!
//! A secret is a text that can be read once. This crate holds its keys
//! ([`key`]), the way it is sealed ([`seal`], [`passphrase`], [`keyring`]), its
//! rows ([`table`]), the mail that announces it ([`mailer`]), the rules on what
//! a caller may ask for, and the use cases themselves, one file per verb:
//! [`share`], [`generate`], [`reveal`], [`receipt`], [`recent`], [`burn`], and
//! [`peek`], which only looks.
//!
//! Everything here speaks to AWS through the SDK and to nobody else; who
//! answers is decided by the configuration that [`aws`] is given.

pub mod account;
pub mod aws;
pub mod brand;
pub mod burn;
pub mod colour;
pub mod create;
pub mod deadline;
pub mod domain;
pub mod email;
pub mod error;
#[cfg(test)]
mod fake_aws;
pub mod generate;
pub mod generated_value;
mod guess;
pub mod hashing;
mod http_client;
pub mod key;
pub mod keyring;
mod letter;
pub mod limits;
pub mod mailer;
pub mod passphrase;
pub mod peek;
pub mod plan;
mod random;
pub mod receipt;
pub mod recent;
pub mod reveal;
pub mod seal;
pub mod secret_text;
pub mod settings;
pub mod share;
pub mod site;
pub mod table;
pub mod time;
pub mod ttl;

pub use create::CreateOptions;
pub use error::{Error, Result};
