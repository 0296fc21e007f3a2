//! The use cases, one file per verb.

pub mod authenticate;
pub mod burn;
pub mod create;
pub mod generate;
pub mod guess;
pub mod peek;
pub mod receipt;
pub mod recent;
pub mod reveal;
pub mod share;
mod share_domain;
