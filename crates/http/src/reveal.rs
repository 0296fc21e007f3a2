//! `POST /api/v1/secret/{key}`.

use crate::credentials;
use crate::failure;
use crate::function::{Function, Request};
use crate::page::Shell;
use crate::page::form::{Again, Form};
use crate::parameters::Parameters;
use crate::reply::Reply;
use crate::routes::Endpoint;
use crate::wire::RevealedJson;
use readonce_core::aws::AwsConfig;
use readonce_core::deadline::Deadline;
use readonce_core::key::SecretKey;
use readonce_core::keyring::OpeningKeyring;
use readonce_core::peek::peek;
use readonce_core::reveal::{self, RevealApp};
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::site::SiteRule;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_core::{Error, Result};

/// The function that reveals secrets.
pub struct RevealFunction {
    app: RevealApp,
    site: SiteRule,
    shell: Shell,
}

impl RevealFunction {
    /// Builds it for a stack.
    ///
    /// # Errors
    /// A setting that is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let table = Table::new(aws.dynamodb_client(), &settings.table);
        let keyring = OpeningKeyring::new(aws.kms_client(), settings.master_key()?);
        let shell = Shell::new(&settings.brand);
        Ok(Self { app: RevealApp { table, keyring }, site: settings.site.clone(), shell })
    }

    /// The answer to a form: the text, or the form once more.
    async fn page(&self, request: &mut Request, form: Form<'_>) -> Result<Reply> {
        let mut parameters = Parameters::read(&mut request.event).await?;
        let Some(key) = SecretKey::parse(&request.key) else {
            return Ok(form.secret_again(&request.key, None, Again::WrongPassphrase, request.now));
        };
        let again = if parameters.is_deliberate() {
            let passphrase = parameters.take_passphrase();
            match reveal::reveal(&self.app, &key, passphrase.as_ref(), request.now, request.deadline).await {
                Ok(revealed) => return Ok(form.revealed(&revealed.text)),
                Err(Error::UnknownSecret) => Again::WrongPassphrase,
                Err(other) => return Err(other),
            }
        } else {
            Again::NotDeliberate
        };
        let waiting = peek(&self.app.table, &key, request.now, request.deadline).await?;
        Ok(form.secret_again(&request.key, waiting, again, request.now))
    }
}

impl Function for RevealFunction {
    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if request.endpoint != Endpoint::Reveal {
            return Ok(failure::no_route());
        }
        if let Some(form) = Form::of(&request.event, &self.shell) {
            return match form.refusal() {
                Some(refusal) => Ok(refusal),
                None => Ok(self.page(&mut request, form).await.unwrap_or_else(|error| form.failed(&error))),
            };
        }
        let mut parameters = Parameters::read(&mut request.event).await?;
        credentials::caller(&request.event, &self.app.table, request.deadline).await?;
        let site = request.site(&self.site)?;
        let key = SecretKey::parse(&request.key).ok_or(Error::UnknownSecret)?;
        let passphrase = parameters.take_passphrase();
        let revealed =
            reveal::reveal(&self.app, &key, passphrase.as_ref(), request.now, request.deadline).await?;
        let origin = match revealed.share_domain.as_str() {
            "" => site.to_string(),
            domain => format!("https://{domain}"),
        };
        let json =
            RevealedJson { value: revealed.text.expose(), secret_key: key.expose(), share_domain: &origin };
        Ok(Reply::json(200, &json))
    }

    async fn warm_up(&self, _now: UnixTime, deadline: Deadline) {
        deadline.run("warm-up", self.app.table.touch()).await.ok();
    }
}
