//! `POST /api/v1/share` and its alias `/create`.

use crate::api::create::{Creation, Received};
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::form::Form;
use readonce_core::Result;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::verbs::create::Created;
use readonce_core::verbs::share;

/// The Lambda function `share`, which stores texts.
pub struct ShareFunction(Creation);

impl ShareFunction {
    /// Builds the function for a deployment.
    ///
    /// # Errors
    /// A setting is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        Creation::new(settings, aws).map(Self)
    }

    async fn share(&self, request: &mut Request, form: Option<Form<'_>>) -> Result<Created> {
        let Received { mut parameters, caller, options, origin } = self.0.receive(request, form).await?;
        let text = if form.is_some() { parameters.take_secret_of_form() } else { parameters.take_secret() };
        share::share(&self.0.app, &caller, text, options, origin.borrowed(), request.call).await
    }
}

impl Function for ShareFunction {
    fn serves(&self, function: &str) -> bool {
        function == "share"
    }

    async fn answer(&self, mut request: Request) -> Result<Reply> {
        let form = self.0.front.form(&request.event);
        let created = self.share(&mut request, form).await;
        self.0.reply(created, form, request.call.now)
    }

    async fn warm_up(&self, call: Call) {
        self.0.warm_up(call).await;
    }
}
