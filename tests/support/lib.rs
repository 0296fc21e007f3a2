//! What the tests stand on: the service behind its door, callers as values,
//! faults at the wire, and the programs as processes.

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
