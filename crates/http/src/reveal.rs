//! `POST /api/v1/secret/{key}`.

use crate::credentials;
use crate::failure;
use crate::function::{Function, Request};
use crate::parameters::Parameters;
use crate::reply::Reply;
use crate::routes::Endpoint;
use crate::wire::RevealedJson;
use readonce_core::Result;
use readonce_core::aws::AwsConfig;
use readonce_core::deadline::Deadline;
use readonce_core::key::SecretKey;
use readonce_core::keyring::OpeningKeyring;
use readonce_core::limits::Limits;
use readonce_core::reveal::{self, RevealApp};
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::site::{Site, SiteRule};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;

/// The function that reveals secrets.
pub struct RevealFunction {
    app: RevealApp,
    site: SiteRule,
    cors_origins: Vec<Site>,
}

impl RevealFunction {
    /// Builds it for a stack.
    ///
    /// # Errors
    /// A setting that is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let table = Table::new(aws.dynamodb_client(), &settings.table);
        let keyring = OpeningKeyring::new(aws.kms_client(), settings.master_key()?);
        let limits = Limits::new(settings.limits);
        Ok(Self {
            app: RevealApp { table, keyring, limits },
            site: settings.site.clone(),
            cors_origins: settings.cors_origins.clone(),
        })
    }
}

impl Function for RevealFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Reveal {
            return Ok(failure::no_route());
        }
        let mut parameters = Parameters::read(&mut request.event).await?;
        let caller = credentials::caller(&request.event, &self.app.table, request.deadline).await?;
        request.refuse_foreign_pages(&self.cors_origins)?;
        let site = request.site(&self.site)?;
        let key = SecretKey::parse(&request.key);
        let passphrase = parameters.take_passphrase();
        let revealed = reveal::reveal(
            &self.app,
            &caller,
            &request.client(),
            key.as_ref(),
            passphrase.as_ref(),
            request.now,
            request.deadline,
        )
        .await?;
        let origin = match revealed.share_domain.as_str() {
            "" => site.to_string(),
            domain => format!("https://{domain}"),
        };
        let json =
            RevealedJson { value: revealed.text.expose(), secret_key: &request.key, share_domain: &origin };
        Ok(Reply::json(200, &json))
    }

    async fn warm_up(&self, now: UnixTime, deadline: Deadline) {
        let app = &self.app;
        let touched = deadline.run("warm-up", app.table.touch());
        let _ = futures_util::future::join(touched, app.limits.warm_up(&app.table, now, deadline)).await;
    }
}
