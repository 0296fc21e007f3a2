//! Parsing of requests: parameters, credentials, origin and preferences.

pub mod credentials;
mod json;
pub(crate) mod negotiation;
pub(crate) mod origin;
mod pairs;
pub mod parameters;
