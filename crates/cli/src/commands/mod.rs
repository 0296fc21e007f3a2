//! The commands, one file each, and what some of them share.

pub(crate) mod burn;
pub(crate) mod completions;
pub(crate) mod context;
pub(crate) mod create;
pub(crate) mod generate;
pub(crate) mod get;
pub(crate) mod man;
pub(crate) mod message;
pub(crate) mod passphrase;
pub(crate) mod receipt;
pub(crate) mod recent;
pub(crate) mod share;
pub(crate) mod status;
