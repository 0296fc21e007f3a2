//! `POST /api/v1/share` and its alias `/create`.

use crate::credentials;
use crate::failure;
use crate::function::{Function, Request};
use crate::parameters::Parameters;
use crate::reply::Reply;
use crate::routes::Endpoint;
use crate::wire::ReceiptParts;
use readonce_core::aws::AwsConfig;
use readonce_core::create::{Arrival, CreateApp, Created};
use readonce_core::deadline::Deadline;
use readonce_core::keyring::SealingKeyring;
use readonce_core::limits::Limits;
use readonce_core::mailer::Mailer;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::site::{Site, SiteRule};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_core::{Result, share};

/// The function that stores texts.
pub struct ShareFunction {
    app: CreateApp,
    site: SiteRule,
    cors_origins: Vec<Site>,
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
            cors_origins: settings.cors_origins.clone(),
        })
    }
}

impl Function for ShareFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Share {
            return Ok(failure::no_route());
        }
        let mut parameters = Parameters::read(&mut request.event).await?;
        let caller = credentials::caller(&request.event, &self.app.table, request.deadline).await?;
        request.refuse_foreign_pages(&self.cors_origins)?;
        let site = request.site(&self.site)?;
        let client = request.client();
        let arrival = Arrival { client: &client, host: request.host(), site: &site };
        let text = parameters.take_secret();
        let options = parameters.take_create_options();
        let created =
            share::share(&self.app, &caller, text, options, arrival, request.now, request.deadline).await?;
        Ok(created_reply(&created, request.now))
    }

    async fn warm_up(&self, now: UnixTime, deadline: Deadline) {
        warm_up_create(&self.app, now, deadline).await;
    }
}

/// What share and generate work with.
pub(crate) fn create_app(settings: &Settings, aws: &AwsConfig) -> Result<CreateApp, SettingsError> {
    Ok(CreateApp {
        table: Table::new(aws.dynamodb_client(), &settings.table),
        keyring: SealingKeyring::new(aws.kms_client(), settings.master_key()?),
        mailer: settings.mail.clone().map(|mail| Mailer::new(aws.ses_client(), mail)),
        policy: settings.create.clone(),
        limits: Limits::new(settings.limits),
    })
}

/// The answer to share and generate.
pub(crate) fn created_reply(created: &Created, now: UnixTime) -> Reply {
    let value = created.value.as_ref().map(readonce_core::secret_text::SecretText::expose);
    let parts = ReceiptParts::of(&created.receipt);
    Reply::json(200, &parts.json(&created.receipt, value, now))
}

/// A data key, a connection to the table, and the limits' key of the day, side
/// by side.
pub(crate) async fn warm_up_create(app: &CreateApp, now: UnixTime, deadline: Deadline) {
    let _ = futures_util::future::join3(
        app.keyring.data_key(now, deadline),
        deadline.run("warm-up", app.table.touch()),
        app.limits.warm_up(&app.table, now, deadline),
    )
    .await;
}
