//! What API Gateway and Lambda hand over and want back.

pub mod event;
pub mod failure;
pub mod function;
pub mod lambda;
pub mod logging;
pub mod reply;
