//! `POST /api/v1/share` and its alias `/create`.

use crate::api::wire::ReceiptParts;
use crate::gateway::event::Event;
use crate::gateway::failure;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::Layout;
use crate::page::form::Form;
use crate::request::credentials;
use crate::request::negotiation;
use crate::request::origin::Origins;
use crate::request::parameters::Parameters;
use crate::routes::Endpoint;
use readonce_core::Result;
use readonce_core::address::site::SiteRule;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::limits::Limits;
use readonce_core::mail::mailer::Mailer;
use readonce_core::secret::keyring::SealingKeyring;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_core::verbs::create::{CreateApp, CreateOptions, Created, RequestOrigin};
use readonce_core::verbs::share;

/// The function that stores texts.
pub struct ShareFunction {
    app: CreateApp,
    site: SiteRule,
    origins: Origins,
    layout: Layout,
}

impl ShareFunction {
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

impl ShareFunction {
    async fn share(&self, request: &mut Request, form: Option<Form<'_>>) -> Result<Created> {
        self.origins.admit(&request.event)?;
        let mut parameters = Parameters::read(&mut request.event).await?;
        let caller = credentials::caller(request, &self.app.table, &self.app.limits).await?;
        let site = request.site(&self.site)?;
        let client = request.client();
        let origin = RequestOrigin { client: &client, host: request.host(), site: &site };
        let text = if form.is_some() { parameters.take_secret_of_form() } else { parameters.take_secret() };
        let options = create_options(&mut parameters, &request.event, form);
        share::share(&self.app, &caller, text, options, origin, request.call).await
    }
}

impl Function for ShareFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Share {
            return Ok(failure::no_route());
        }
        let form = Form::of(&request.event, &self.layout);
        let created = self.share(&mut request, form).await;
        created_reply(created, form, request.call.now)
    }

    async fn warm_up(&self, call: Call) {
        warm_up_create(&self.app, call).await;
    }
}

/// What share and generate work with.
pub(crate) fn create_app(settings: &Settings, aws: &AwsConfig) -> Result<CreateApp, SettingsError> {
    Ok(CreateApp {
        table: Table::new(aws.dynamodb_client(), &settings.table),
        keyring: SealingKeyring::new(aws.kms_client(), settings.master_key()?),
        mailer: settings.mail.clone().map(|mail| Mailer::new(aws.ses_client(), mail, settings.brand.clone())),
        policy: settings.create.clone(),
        limits: Limits::new(settings.limits),
        hashing: settings.hashing.clone(),
    })
}

/// What both take, with the language of the recipient's mail: the form's, or
/// the one that the caller likes best.
pub(crate) fn create_options(
    parameters: &mut Parameters,
    event: &Event,
    form: Option<Form<'_>>,
) -> CreateOptions {
    let language = form.map_or_else(|| negotiation::language(event), |form| form.language());
    CreateOptions { language, ..parameters.take_create_options() }
}

/// The answer to share and generate: a page to a form, JSON to all others.
pub(crate) fn created_reply(
    created: Result<Created>,
    form: Option<Form<'_>>,
    now: UnixTime,
) -> Result<Reply> {
    match (form, created) {
        (None, created) => Ok(created_json(&created?, now)),
        (Some(form), Ok(created)) => Ok(form.created(&created, now)),
        (Some(form), Err(error)) => Ok(form.failed(&error)),
    }
}

fn created_json(created: &Created, now: UnixTime) -> Reply {
    let value = created.value.as_ref().map(readonce_core::secret::text::SecretText::expose);
    let parts = ReceiptParts::of(&created.receipt);
    Reply::json(200, &parts.json(&created.receipt, value, now))
}

/// A data key, a connection to the table, and the limits' key of the day, side
/// by side.
pub(crate) async fn warm_up_create(app: &CreateApp, call: Call) {
    let _ = futures_util::future::join3(
        app.keyring.data_key(call),
        app.table.touch(call.deadline),
        app.limits.warm_up(&app.table, call),
    )
    .await;
}
