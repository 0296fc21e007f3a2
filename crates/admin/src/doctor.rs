//! Checks a stack's health: tries everything that its functions need, and explains
//! each problem.

use crate::credentials;
use aws_sdk_dynamodb::types::{
    AttributeValue, KeySchemaElement, PointInTimeRecoveryStatus, TableStatus, TimeToLiveStatus,
};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::{DateTime, Format};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use readonce_core::address::email::EmailAddress;
use readonce_core::aws::config::AwsConfig;
use readonce_core::secret::keyring::MasterKey;
use readonce_core::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE};
use readonce_core::time::UnixTime;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// Allowed difference between this machine's clock and AWS's. Expiry and windows
/// count seconds; beyond five minutes AWS refuses every call.
const CLOCK_TOLERANCE_SECONDS: i64 = 5;

/// The stack to examine.
pub struct Target<'a> {
    /// Its AWS account and region.
    pub aws: &'a AwsConfig,
    /// Its table.
    pub table: &'a str,
    /// Its key; `None` if the operator did not name it.
    pub master_key: Option<MasterKey>,
    /// Its mail.
    pub mail: Mail<'a>,
    /// This machine's clock.
    pub clock: fn() -> UnixTime,
}

/// The sender of a stack's mail.
pub enum Mail<'a> {
    /// A local server writes mails into its outbox.
    Outbox,
    /// The operator did not name a sender.
    NotNamed,
    /// SES sends for this address.
    From(&'a EmailAddress),
}

/// The result for one thing.
pub struct Finding {
    /// `table`, `key`, `mail` or `clock`.
    pub what: &'static str,
    /// The result.
    pub verdict: Verdict,
}

/// The health of one thing, with an explanation for the operator.
pub enum Verdict {
    /// It works, as the text shows.
    Healthy(String),
    /// It was not examined, for the reason in the text.
    Skipped(String),
    /// It does not work; the text has the problem and the remedy.
    Failing(String),
}

impl Verdict {
    /// The explanation.
    pub fn text(&self) -> &str {
        let (Self::Healthy(text) | Self::Skipped(text) | Self::Failing(text)) = self;
        text
    }

    /// One word for a script.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Healthy(_) => "healthy",
            Self::Skipped(_) => "skipped",
            Self::Failing(_) => "failing",
        }
    }
}

impl From<Result<String, String>> for Verdict {
    fn from(found: Result<String, String>) -> Self {
        found.map_or_else(Self::Failing, Self::Healthy)
    }
}

/// Examines table, key, mail and clock. The one row that is written is deleted
/// again, and ends by itself if that fails.
pub async fn examine(target: &Target<'_>) -> Vec<Finding> {
    let date = DateHeader { clock: target.clock, ahead: Arc::default() };
    let table = table(target, &date).await.into();
    let key = match &target.master_key {
        None => Verdict::Skipped("name it with --kms-key-id, an output of the stack".to_owned()),
        Some(master_key) => key(target, master_key).await.into(),
    };
    let mail = match target.mail {
        Mail::Outbox => Verdict::Skipped("a local server sends none; see its --outbox".to_owned()),
        Mail::NotNamed => Verdict::Skipped("name the sender with --mail-sender, if there is one".to_owned()),
        Mail::From(sender) => mail(target, sender).await.into(),
    };
    let clock = clock(&date);
    [("table", table), ("key", key), ("mail", mail), ("clock", clock)]
        .map(|(what, verdict)| Finding { what, verdict })
        .into()
}

async fn table(target: &Target<'_>, date: &DateHeader) -> Result<String, String> {
    let name = target.table;
    let dynamodb = target.aws.dynamodb_client();
    let described = dynamodb.describe_table().table_name(name).customize().interceptor(date.clone()).send();
    let described =
        described.await.map_err(|error| failed(&format!("table {name} cannot be described"), &error))?;
    let described = described.table.ok_or_else(|| format!("table {name} is not described"))?;
    if described.table_status() != Some(&TableStatus::Active) {
        let status = described.table_status().map_or("in no state", TableStatus::as_str);
        return Err(format!("table {name} is {status}, not ACTIVE"));
    }
    let keys: Vec<&str> = described.key_schema().iter().map(KeySchemaElement::attribute_name).collect();
    if keys != [PARTITION_KEY, SORT_KEY] {
        let keys = keys.join(" and ");
        return Err(format!("table {name} has the keys {keys} instead of {PARTITION_KEY} and {SORT_KEY}"));
    }
    let ttl = dynamodb.describe_time_to_live().table_name(name).send().await;
    let ttl = ttl.map_err(|error| failed(&format!("the TTL of table {name} cannot be described"), &error))?;
    let ttl = ttl.time_to_live_description;
    let is_on =
        ttl.as_ref().and_then(|ttl| ttl.time_to_live_status.as_ref()) == Some(&TimeToLiveStatus::Enabled);
    if !is_on || ttl.and_then(|ttl| ttl.attribute_name).as_deref() != Some(TTL_ATTRIBUTE) {
        return Err(format!(
            "TTL of table {name} is not on for {TTL_ATTRIBUTE}: expired rows stay for ever. Deploy the stack again"
        ));
    }
    let backups = dynamodb.describe_continuous_backups().table_name(name).send().await;
    let backups = backups
        .map_err(|error| failed(&format!("the backups of table {name} cannot be described"), &error))?;
    let recovery = backups
        .continuous_backups_description
        .and_then(|backups| backups.point_in_time_recovery_description)
        .and_then(|recovery| recovery.point_in_time_recovery_status);
    if recovery == Some(PointInTimeRecoveryStatus::Enabled) {
        return Err(format!(
            "point-in-time recovery of table {name} is on: it could restore secrets that were opened. Turn it off"
        ));
    }
    try_row(target, &dynamodb).await?;
    Ok(format!(
        "{name} has the right keys and TTL, no point-in-time recovery, and a row was written, read and deleted"
    ))
}

async fn try_row(target: &Target<'_>, dynamodb: &aws_sdk_dynamodb::Client) -> Result<(), String> {
    let name = target.table;
    let key = || {
        [PARTITION_KEY, SORT_KEY].map(|key| (key.to_owned(), AttributeValue::S("doctor".to_owned()))).into()
    };
    let ends = AttributeValue::N((target.clock)().plus(60).seconds().to_string());
    let put = dynamodb.put_item().table_name(name).set_item(Some(key())).item(TTL_ATTRIBUTE, ends.clone());
    put.send().await.map_err(|error| failed(&format!("table {name} cannot be written"), &error))?;
    let get = dynamodb.get_item().table_name(name).set_key(Some(key())).consistent_read(true).send().await;
    let get = get.map_err(|error| failed(&format!("table {name} cannot be read"), &error))?;
    if get.item.and_then(|row| row.get(TTL_ATTRIBUTE).cloned()) != Some(ends) {
        return Err(format!("table {name} does not return the row that was just written"));
    }
    let deleted = dynamodb.delete_item().table_name(name).set_key(Some(key())).send().await;
    deleted.map_err(|error| failed(&format!("a row of table {name} cannot be deleted"), &error))?;
    Ok(())
}

async fn key(target: &Target<'_>, master_key: &MasterKey) -> Result<String, String> {
    let id = &master_key.key_id;
    let kms = target.aws.kms_client();
    let made = kms
        .generate_data_key()
        .key_id(id)
        .key_spec(DataKeySpec::Aes256)
        .set_encryption_context(Some(master_key.encryption_context()));
    let made =
        made.send().await.map_err(|error| failed(&format!("key {id} generates no data keys"), &error))?;
    let material = Zeroizing::new(made.plaintext.map(Blob::into_inner).unwrap_or_default());
    let unwrapped = kms
        .decrypt()
        .key_id(id)
        .set_ciphertext_blob(made.ciphertext_blob)
        .set_encryption_context(Some(master_key.encryption_context()));
    let unwrapped =
        unwrapped.send().await.map_err(|error| failed(&format!("key {id} unwraps no data keys"), &error))?;
    let unwrapped = Zeroizing::new(unwrapped.plaintext.map(Blob::into_inner).unwrap_or_default());
    if material.len() != 32 || *material != *unwrapped {
        return Err(format!("key {id} does not unwrap its own data key"));
    }
    Ok(format!("{id} generated a data key and unwrapped it again"))
}

async fn mail(target: &Target<'_>, sender: &EmailAddress) -> Result<String, String> {
    let ses = target.aws.ses_client();
    let address = sender.as_str();
    let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
    let mut verified = None;
    let mut problem = String::new();
    for identity in [address, domain] {
        match ses.get_email_identity().email_identity(identity).send().await {
            Ok(found) if found.verified_for_sending_status => verified = Some(identity),
            Ok(_) => {
                problem =
                    format!("SES has not verified {identity} yet: see the DNS records that it waits for");
            }
            Err(error) if error.code() == Some("NotFoundException") => {}
            Err(error) => return Err(failed(&format!("SES cannot be asked about {identity}"), &error)),
        }
    }
    let Some(identity) = verified else {
        let unknown = format!("SES knows neither {address} nor {domain}: deploy infra/mail.yaml");
        return Err(if problem.is_empty() { unknown } else { problem });
    };
    let account = ses.get_account().send().await;
    let account = account.map_err(|error| failed("SES cannot be asked about the account", &error))?;
    if !account.sending_enabled {
        return Err("SES has stopped this account's mail: see its reputation in the SES console".to_owned());
    }
    if !account.production_access_enabled {
        return Err(
            "SES is in its sandbox: only verified addresses get mail. Ask for production access".to_owned()
        );
    }
    Ok(format!("SES has verified {identity} and sends"))
}

fn clock(date: &DateHeader) -> Verdict {
    let Some(ahead) = *date.ahead.lock().unwrap_or_else(PoisonError::into_inner) else {
        return Verdict::Skipped("AWS has not answered, so its time is unknown".to_owned());
    };
    if ahead.abs() <= CLOCK_TOLERANCE_SECONDS {
        return Verdict::Healthy("this machine's clock agrees with AWS's".to_owned());
    }
    let (seconds, how) = (ahead.abs(), if ahead > 0 { "ahead of" } else { "behind" });
    Verdict::Failing(format!("this machine's clock is {seconds} s {how} AWS's: set it, by NTP"))
}

/// The failed step and AWS's own reason, which the operator may see.
fn failed<E: StdError + ProvideErrorMetadata>(what: &str, error: &E) -> String {
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{what}: {code}: {message}"),
        (Some(code), None) => format!("{what}: {code}"),
        _ => {
            let mut text = format!("{what}: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                text = format!("{text}: {error}");
                cause = error.source();
            }
            credentials::explained(text)
        }
    }
}

/// Records how far our clock is ahead of AWS's when AWS answers.
#[derive(Clone, Debug)]
struct DateHeader {
    clock: fn() -> UnixTime,
    /// Seconds.
    ahead: Arc<Mutex<Option<i64>>>,
}

impl Intercept for DateHeader {
    fn name(&self) -> &'static str {
        "DateHeader"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _configuration: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let ahead = date.map(|date| (self.clock)().since(UnixTime::from_seconds(date.secs())));
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = ahead;
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:<6} {:<8} {}", self.what, self.verdict.as_str(), self.verdict.text())
    }
}
