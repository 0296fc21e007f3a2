//! `POST /api/v1/generate`.

use crate::api::share::{create_app, create_options, created_reply, warm_up_create};
use crate::gateway::failure;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::Layout;
use crate::page::form::Form;
use crate::request::credentials;
use crate::request::origin::Origins;
use crate::request::parameters::Parameters;
use crate::routes::Endpoint;
use readonce_core::Result;
use readonce_core::address::site::SiteRule;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::verbs::create::{CreateApp, Created, RequestOrigin};
use readonce_core::verbs::generate::{self, GenerateRequest};

/// The function that makes values.
pub struct GenerateFunction {
    app: CreateApp,
    site: SiteRule,
    origins: Origins,
    layout: Layout,
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
            origins: Origins::of(settings),
            layout: Layout::new(&settings.brand),
        })
    }
}

impl Function for GenerateFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Generate {
            return Ok(failure::no_route());
        }
        let form = Form::of(&request.event, &self.layout);
        let created = self.generate(&mut request, form).await;
        created_reply(created, form, request.call.now)
    }

    async fn warm_up(&self, call: Call) {
        warm_up_create(&self.app, call).await;
    }
}

impl GenerateFunction {
    async fn generate(&self, request: &mut Request, form: Option<Form<'_>>) -> Result<Created> {
        self.origins.admit(&request.event)?;
        let mut parameters = Parameters::read(&mut request.event).await?;
        let caller = credentials::caller(request, &self.app.table, &self.app.limits).await?;
        let site = request.site(&self.site)?;
        let client = request.client();
        let origin = RequestOrigin { client: &client, host: request.host(), site: &site };
        let wanted = GenerateRequest {
            options: create_options(&mut parameters, &request.event, form),
            length: parameters.take_length(),
            character_sets: parameters.take_character_sets(),
        };
        generate::generate(&self.app, &caller, wanted, origin, request.call).await
    }
}
