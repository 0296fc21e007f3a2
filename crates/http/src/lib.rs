//! The v1 API, from API Gateway's event to its answer.
//!
//! A request comes in as an [`event::Event`]; [`routes`] say which endpoint it
//! is for; [`parameters`] and [`credentials`] read it; one file per verb calls
//! the use case in `readonce_core`; [`wire`] writes the answer, [`failure`] the
//! refusal. [`page`] has the pages for people, and the answers to their forms.
//! [`function::handle`] holds that together, and [`lambda::run`] runs
//! it as a Lambda function. The local server feeds the same events.

pub mod credentials;
pub mod event;
pub mod failure;
pub mod function;
pub mod generate;
pub mod lambda;
pub mod logging;
mod negotiation;
mod origin;
pub mod page;
pub mod parameters;
pub mod receipt;
pub mod reply;
pub mod reveal;
pub mod routes;
pub mod share;
pub mod status;
pub mod wire;
