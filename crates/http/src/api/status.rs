//! `GET /api/v1/status`, `/authcheck`, and the description of the API,
//! `/openapi.json`.

use crate::api::wire::StatusJson;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::request::credentials;
use crate::routes::Endpoint;
use readonce_core::Result;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::limits::Limits;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;

/// The API in OpenAPI 3.1. Tests hold it against the routes and against every
/// answer that any of them gets.
pub const OPENAPI: &str = include_str!("openapi.json");

/// The function that says whether the service is up and credentials are good,
/// and what the API is.
pub struct StatusFunction {
    table: Table,
    limits: Limits,
}

impl StatusFunction {
    /// Builds it for a stack.
    ///
    /// # Errors
    /// None yet; the same form as the others.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let table = Table::new(aws.dynamodb_client(), &settings.table);
        Ok(Self { table, limits: Limits::new(settings.limits) })
    }
}

impl Function for StatusFunction {
    fn serves(&self, function: &str) -> bool {
        function == "status"
    }

    async fn answer(&self, request: Request) -> Result<Reply> {
        // All that the other two say is that the route let the caller in.
        credentials::caller(&request, &self.table, &self.limits).await?;
        Ok(match request.route.endpoint {
            Endpoint::OpenApi => Reply::written_json(200, OPENAPI),
            _ => Reply::json(200, &StatusJson::NOMINAL),
        })
    }

    async fn warm_up(&self, call: Call) {
        self.table.touch(call.deadline).await.ok();
    }
}
