//! The use cases, one file per verb.

pub mod burn;
pub mod create;
pub mod generate;
mod guess;
pub mod peek;
pub mod recent;
pub mod reveal;
pub mod share;
