//! The commands, one file each, and what some of them share.

pub mod burn;
pub mod completions;
pub mod create;
pub mod generate;
pub mod get;
pub mod man;
pub mod passphrase;
pub mod receipt;
pub mod recent;
pub mod share;
pub mod status;
