//! The whole service in one process, without an AWS account: the same
//! functions as on Lambda, behind a plain HTTP listener that does what API
//! Gateway does.

pub mod accounts;
pub mod cors;
pub mod gateway;
pub mod options;
pub mod server;
pub mod start;
