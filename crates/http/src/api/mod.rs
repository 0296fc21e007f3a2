//! The v1 API, one file per verb, and how answers and errors are written.

pub mod all;
mod create;
mod front;
pub mod generate;
pub mod receipt;
pub mod reveal;
pub mod share;
pub mod status;
pub mod wire;
