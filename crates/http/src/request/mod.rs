//! What a request asks for, and who asks.

pub mod credentials;
mod json;
pub(crate) mod negotiation;
pub(crate) mod origin;
mod pairs;
pub mod parameters;
