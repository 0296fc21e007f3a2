//! `POST /api/v1/generate`.

use crate::credentials;
use crate::failure;
use crate::function::{Function, Request};
use crate::parameters::Parameters;
use crate::reply::Reply;
use crate::routes::Endpoint;
use crate::share::{create_app, created_reply, warm_up_create};
use readonce_core::Result;
use readonce_core::aws::AwsConfig;
use readonce_core::create::{Arrival, CreateApp};
use readonce_core::deadline::Deadline;
use readonce_core::generate::{self, GenerateRequest};
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::site::{Site, SiteRule};
use readonce_core::time::UnixTime;

/// The function that makes values.
pub struct GenerateFunction {
    app: CreateApp,
    site: SiteRule,
    cors_origins: Vec<Site>,
}

impl GenerateFunction {
    /// Builds it for a stack.
    ///
    /// # Errors
    /// A setting that is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        Ok(Self {
            app: create_app(settings, aws)?,
            site: settings.site.clone(),
            cors_origins: settings.cors_origins.clone(),
        })
    }
}

impl Function for GenerateFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Generate {
            return Ok(failure::no_route());
        }
        let mut parameters = Parameters::read(&mut request.event).await?;
        let caller = credentials::caller(&request.event, &self.app.table, request.deadline).await?;
        request.refuse_foreign_pages(&self.cors_origins)?;
        let site = request.site(&self.site)?;
        let client = request.client();
        let arrival = Arrival { client: &client, host: request.host(), site: &site };
        let wanted = GenerateRequest {
            options: parameters.take_create_options(),
            length: parameters.take_length(),
            character_sets: parameters.take_character_sets(),
        };
        let created =
            generate::generate(&self.app, &caller, wanted, arrival, request.now, request.deadline).await?;
        Ok(created_reply(&created, request.now))
    }

    async fn warm_up(&self, now: UnixTime, deadline: Deadline) {
        warm_up_create(&self.app, now, deadline).await;
    }
}
