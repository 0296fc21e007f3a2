//! Support for the tests: the service with its listener, callers as values, faults
//! between the SDK and AWS, and the programs as processes.

pub mod app;
pub mod aws;
pub mod caller;
pub mod document;
pub mod faults;
pub mod lambda;
mod moto;
pub mod openapi;
pub mod outbox;
pub mod planted;
pub mod process;
pub mod races;
pub mod rows;
pub mod stage;
pub mod template;
pub mod wire;

pub use app::TestApp;
pub use caller::{Answer, Caller};
