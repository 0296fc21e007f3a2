//! The interface to API Gateway and Lambda.

pub mod event;
pub mod failure;
pub mod function;
pub mod lambda;
pub mod logging;
pub mod reply;
