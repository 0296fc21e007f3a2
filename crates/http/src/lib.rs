//! The v1 API and the pages, from API Gateway's event to its answer.
//!
//! - [`gateway`]: the event, the answer, and the loop of a Lambda function.
//! - [`routes`]: the paths, and the endpoint of each.
//! - [`request`]: parameters, credentials, language and origin of a request.
//! - [`api`]: one file per verb calls the use case in `readonce_core`;
//!   [`api::wire`] writes the answer, [`gateway::failure`] the error.
//! - [`page`]: the pages for people, and the answers to their forms.
//!
//! [`gateway::function::handle`] answers an event; [`gateway::lambda::run`] runs it as
//! a Lambda function. The local server feeds the same events.

pub mod api;
pub mod gateway;
pub mod page;
pub mod request;
pub mod routes;
