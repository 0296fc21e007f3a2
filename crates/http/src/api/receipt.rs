//! `GET` and `POST /api/v1/private/{key}`, `POST …/burn`, which need no capability but
//! the metadata key; `GET /api/v1/private/recent`; and their aliases `/metadata` and
//! `/receipt`.

use crate::api::front::Front;
use crate::api::wire::{BurnedJson, ReceiptParts};
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::form::{Again, Form};
use crate::request::parameters::Parameters;
use crate::routes::Endpoint;
use readonce_core::account::Caller;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::limits::Limits;
use readonce_core::receipt::Receipt;
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::secret::key::MetadataKey;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::verbs;
use readonce_core::verbs::burn;
use readonce_core::verbs::receipt::ViewMode;
use readonce_core::verbs::recent;
use readonce_core::{Error, Result};

/// Length of the prefix that identifies a secret key in a list, in characters.
const SHORT_KEY_LENGTH: usize = 6;

/// The Lambda function `receipt`, which reads receipts and burns secrets. It does not
/// use KMS.
pub struct ReceiptFunction {
    table: Table,
    limits: Limits,
    hashing: HashingSlots,
    front: Front,
}

impl ReceiptFunction {
    /// Builds the function for a deployment.
    ///
    /// # Errors
    /// None so far; the signature matches the other functions.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        let table = Table::new(aws.dynamodb_client(), &settings.table);
        let (limits, hashing) = (Limits::new(settings.limits), settings.hashing.clone());
        Ok(Self { table, limits, hashing, front: Front::of(settings) })
    }

    async fn receipt(&self, request: &Request, key: MetadataKey) -> Result<Reply> {
        let is_head = request.event.request_context.http.method == "HEAD";
        let look = if is_head { ViewMode::KeepState } else { ViewMode::MarkViewed };
        let receipt = verbs::receipt::receipt(&self.table, key, look, request.call).await?;
        let parts = ReceiptParts::of(&receipt);
        Ok(Reply::json(200, &parts.json(&receipt, None, request.call.now)))
    }

    async fn burn(&self, request: &Request, key: MetadataKey, mut parameters: Parameters) -> Result<Reply> {
        let receipt = self.burned(request, key, &mut parameters).await?;
        let parts = ReceiptParts::of(&receipt);
        let secret_shortkey = &receipt.secret_key.expose()[..SHORT_KEY_LENGTH];
        Ok(Reply::json(
            200,
            &BurnedJson { state: parts.json(&receipt, None, request.call.now), secret_shortkey },
        ))
    }

    async fn burned(
        &self,
        request: &Request,
        key: MetadataKey,
        parameters: &mut Parameters,
    ) -> Result<Receipt> {
        let passphrase = parameters.take_passphrase();
        burn::burn(&self.table, &self.hashing, key, passphrase.as_ref(), request.call).await
    }

    async fn recent(&self, request: &Request, caller: &Caller) -> Result<Reply> {
        let signed_in = caller.signed_in().ok_or(Error::NotAuthorized)?;
        let receipts = recent::recent(&self.table, &self.limits, signed_in, request.call).await?;
        let parts: Vec<ReceiptParts> = receipts.iter().map(ReceiptParts::of).collect();
        let listed =
            receipts.iter().zip(&parts).map(|(receipt, parts)| parts.listed(receipt, request.call.now));
        Ok(Reply::json(200, &listed.collect::<Vec<_>>()))
    }
}

impl ReceiptFunction {
    /// The answer to a form that burns: the receipt page, or the form again.
    async fn burn_page(&self, request: &mut Request, form: Form<'_>) -> Result<Reply> {
        let mut parameters = self.front.receive_form(request).await?;
        let key = || MetadataKey::parse(&request.key).ok_or(Error::UnknownSecret);
        let why_not = if parameters.is_deliberate() {
            match self.burned(request, key()?, &mut parameters).await {
                Ok(receipt) => return Ok(form.receipt(&receipt, None, request.call.now)),
                Err(Error::WrongPassphrase) => Some(Again::WrongPassphrase),
                // The secret has already ended, and its receipt shows how.
                Err(Error::UnknownSecret) => None,
                Err(other) => return Err(other),
            }
        } else {
            Some(Again::NotDeliberate)
        };
        let look = ViewMode::KeepState;
        let receipt = verbs::receipt::receipt(&self.table, key()?, look, request.call).await?;
        Ok(form.receipt(&receipt, why_not, request.call.now))
    }
}

impl Function for ReceiptFunction {
    fn serves(&self, function: &str) -> bool {
        function == "receipt"
    }

    async fn answer(&self, mut request: Request) -> Result<Reply> {
        let endpoint = request.route.endpoint;
        let form = self.front.form(&request.event).filter(|_| endpoint == Endpoint::Burn);
        if let Some(form) = form {
            return Ok(self.burn_page(&mut request, form).await.unwrap_or_else(|error| form.failed(&error)));
        }
        let (parameters, caller) = self.front.receive(&mut request, &self.table, &self.limits).await?;
        if endpoint == Endpoint::Recent {
            return self.recent(&request, &caller).await;
        }
        let key = MetadataKey::parse(&request.key).ok_or(Error::UnknownSecret)?;
        match endpoint {
            Endpoint::Burn => self.burn(&request, key, parameters).await,
            _ => self.receipt(&request, key).await,
        }
    }

    async fn warm_up(&self, call: Call) {
        self.table.touch(call.deadline).await.ok();
    }
}
