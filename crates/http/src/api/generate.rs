//! `POST /api/v1/generate`.

use crate::api::create::{Creation, Received};
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::form::Form;
use readonce_core::Result;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::verbs::create::Created;
use readonce_core::verbs::generate::{self, GenerateRequest};

/// The Lambda function `generate`, which generates and stores values.
pub struct GenerateFunction(Creation);

impl GenerateFunction {
    /// Builds the function for a deployment.
    ///
    /// # Errors
    /// A setting is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        Creation::new(settings, aws).map(Self)
    }

    async fn generate(&self, request: &mut Request, form: Option<Form<'_>>) -> Result<Created> {
        let Received { mut parameters, caller, options, origin } = self.0.receive(request, form).await?;
        let wanted = GenerateRequest {
            options,
            length: parameters.take_length(),
            character_sets: parameters.take_character_sets(),
        };
        generate::generate(&self.0.app, &caller, wanted, origin.borrowed(), request.call).await
    }
}

impl Function for GenerateFunction {
    fn serves(&self, function: &str) -> bool {
        function == "generate"
    }

    async fn answer(&self, mut request: Request) -> Result<Reply> {
        let form = self.0.front.form(&request.event);
        let created = self.generate(&mut request, form).await;
        self.0.reply(created, form, request.call.now)
    }

    async fn warm_up(&self, call: Call) {
        self.0.warm_up(call).await;
    }
}
