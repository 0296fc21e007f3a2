//! `POST /api/v1/secret/{key}`.

use crate::api::front::Front;
use crate::api::wire::RevealedJson;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::form::{Again, Form};
use crate::request::parameters::Parameters;
use readonce_core::account::Caller;
use readonce_core::address::site::Site;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::limits::Limits;
use readonce_core::secret::key::SecretKey;
use readonce_core::secret::keyring::OpeningKeyring;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::verbs::peek::peek;
use readonce_core::verbs::reveal::{self, RevealApp, Revealed};
use readonce_core::{Error, Result};

/// The Lambda function `reveal`, which reveals secrets.
pub struct RevealFunction {
    app: RevealApp,
    front: Front,
}

impl RevealFunction {
    /// Builds the function for a deployment.
    ///
    /// # Errors
    /// A setting is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let table = Table::new(aws.dynamodb_client(), &settings.table);
        let keyring = OpeningKeyring::new(aws.kms_client(), settings.master_key()?);
        let limits = Limits::new(settings.limits);
        Ok(Self {
            app: RevealApp { table, keyring, limits, hashing: settings.hashing.clone() },
            front: Front::of(settings),
        })
    }

    /// The answer to a form: the text, or the form again.
    async fn page(&self, request: &mut Request, form: Form<'_>) -> Result<Reply> {
        let mut parameters = self.front.receive_form(request).await?;
        let key = SecretKey::parse(&request.key);
        let again = if parameters.is_deliberate() {
            match self.reveal(request, &Caller::Anonymous, key.as_ref(), &mut parameters).await {
                Ok(revealed) => return Ok(form.revealed(&revealed.text)),
                Err(Error::UnknownSecret) => Again::WrongPassphrase,
                Err(other) => return Err(other),
            }
        } else {
            Again::NotDeliberate
        };
        let waiting = match &key {
            None => None,
            Some(key) => peek(&self.app.table, key, request.call).await?,
        };
        Ok(form.secret_again(&request.key, waiting, again, request.call.now))
    }

    async fn reveal(
        &self,
        request: &Request,
        caller: &Caller,
        key: Option<&SecretKey>,
        parameters: &mut Parameters,
    ) -> Result<Revealed> {
        let passphrase = parameters.take_passphrase();
        reveal::reveal(&self.app, caller, &request.client(), key, passphrase.as_ref(), request.call).await
    }
}

impl Function for RevealFunction {
    fn serves(&self, function: &str) -> bool {
        function == "reveal"
    }

    async fn answer(&self, mut request: Request) -> Result<Reply> {
        if let Some(form) = self.front.form(&request.event) {
            return Ok(self.page(&mut request, form).await.unwrap_or_else(|error| form.failed(&error)));
        }
        let received = self.front.receive(&mut request, &self.app.table, &self.app.limits).await;
        let (mut parameters, caller) = received?;
        let site = self.front.site(&request)?;
        let key = SecretKey::parse(&request.key);
        let revealed = self.reveal(&request, &caller, key.as_ref(), &mut parameters).await?;
        let origin = revealed.share_domain.as_ref().map_or(site, Site::of_domain);
        let json = RevealedJson {
            value: revealed.text.expose(),
            secret_key: &request.key,
            share_domain: origin.as_str(),
        };
        Ok(Reply::json(200, &json))
    }

    async fn warm_up(&self, call: Call) {
        self.app.table.touch(call.deadline).await.ok();
    }
}
