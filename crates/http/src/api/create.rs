//! The common part of the functions `share` and `generate`.

use crate::api::front::Front;
use crate::api::wire::ReceiptParts;
use crate::gateway::function::Request;
use crate::gateway::reply::Reply;
use crate::page::form::Form;
use crate::request::negotiation;
use crate::request::parameters::Parameters;
use readonce_core::account::Caller;
use readonce_core::address::site::Site;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::limits::Limits;
use readonce_core::limits::network::ClientNetwork;
use readonce_core::mail::mailer::Mailer;
use readonce_core::secret::keyring::SealingKeyring;
use readonce_core::secret::text::SecretText;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_core::verbs::create::{CreateApp, CreateOptions, Created, RequestOrigin};
use readonce_core::{Error, Result};

/// A function that creates secrets.
pub(crate) struct Creation {
    pub(crate) app: CreateApp,
    pub(crate) front: Front,
}

/// A parsed request to create a secret.
pub(crate) struct Received {
    pub(crate) parameters: Parameters,
    pub(crate) caller: Caller,
    pub(crate) options: CreateOptions,
    pub(crate) origin: ReceivedOrigin,
}

/// Site and host of the request.
pub(crate) struct ReceivedOrigin {
    client: ClientNetwork,
    host: String,
    site: Site,
}

impl ReceivedOrigin {
    pub(crate) fn borrowed(&self) -> RequestOrigin<'_> {
        RequestOrigin { client: &self.client, host: &self.host, site: &self.site }
    }
}

impl Creation {
    /// Builds it for a deployment.
    ///
    /// # Errors
    /// A setting is missing.
    pub(crate) fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let mailer = |mail| Mailer::new(aws.ses_client(), mail, settings.brand.clone());
        let app = CreateApp {
            table: Table::new(aws.dynamodb_client(), &settings.table),
            keyring: SealingKeyring::new(aws.kms_client(), settings.master_key()?),
            mailer: settings.mail.clone().map(mailer),
            policy: settings.create.clone(),
            limits: Limits::new(settings.limits),
            hashing: settings.hashing.clone(),
        };
        Ok(Self { app, front: Front::of(settings) })
    }

    /// Parses a request. The mail to the recipient uses the language of the form, or
    /// the one that the caller prefers.
    ///
    /// # Errors
    /// Those of [`Front::receive`] and [`Front::site`].
    pub(crate) async fn receive(&self, request: &mut Request, form: Option<Form<'_>>) -> Result<Received> {
        let received = self.front.receive(request, &self.app.table, &self.app.limits).await;
        let (mut parameters, caller) = received?;
        let site = self.front.site(request)?;
        let language = form.map_or_else(|| negotiation::language(&request.event), |form| form.language());
        let options = CreateOptions { language, ..parameters.take_create_options() };
        let origin = ReceivedOrigin { client: request.client(), host: request.host().to_owned(), site };
        Ok(Received { parameters, caller, options, origin })
    }

    /// The answer: a page for a form, otherwise JSON.
    pub(crate) fn reply(
        &self,
        created: Result<Created>,
        form: Option<Form<'_>>,
        now: UnixTime,
    ) -> Result<Reply> {
        let needs_account = self.app.policy.plans.anonymous.is_none();
        match (form, created) {
            (None, created) => Ok(json(&created?, now)),
            (Some(form), Ok(created)) => Ok(form.created(&created, now)),
            (Some(form), Err(Error::NotAuthorized)) if !needs_account => Ok(form.credentials_refused()),
            (Some(form), Err(error)) => Ok(form.failed(&error)),
        }
    }

    /// Fetches a data key and the key of the day, and connects to the table, in
    /// parallel.
    pub(crate) async fn warm_up(&self, call: Call) {
        let app = &self.app;
        let _ = futures_util::future::join3(
            app.keyring.data_key(call),
            app.table.touch(call.deadline),
            app.limits.warm_up(&app.table, call),
        )
        .await;
    }
}

fn json(created: &Created, now: UnixTime) -> Reply {
    let value = created.value.as_ref().map(SecretText::expose);
    let parts = ReceiptParts::of(&created.receipt);
    Reply::json(200, &parts.json(&created.receipt, value, now))
}
