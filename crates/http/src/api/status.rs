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

/// The OpenAPI 3.1 description of the API. Tests compare it with the routes and with
/// every answer that any test receives.
pub const OPENAPI: &str = include_str!("openapi.json");

/// The Lambda function `status`, which serves `/status`, `/authcheck` and
/// `/openapi.json`.
pub struct StatusFunction {
    table: Table,
    limits: Limits,
}

impl StatusFunction {
    /// Builds the function for a deployment.
    ///
    /// # Errors
    /// None so far; the signature matches the other functions.
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
        // `/status` and `/authcheck` differ only in the credentials that the route requires.
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
