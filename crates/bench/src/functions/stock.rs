//! Secrets and an account that are stored before functions read them.

use crate::harness::aws::ObservedAws;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::account::token::ApiToken;
use readonce_core::account::{Account, Caller};
use readonce_core::address::email::EmailAddress;
use readonce_core::address::site::Site;
use readonce_core::call::Call;
use readonce_core::limits::network::ClientNetwork;
use readonce_core::limits::{LimitSettings, Limits};
use readonce_core::plan::PlanName;
use readonce_core::receipt::Receipt;
use readonce_core::secret::hashing::HashingSlots;
use readonce_core::secret::keyring::{MasterKey, SealingKeyring};
use readonce_core::secret::passphrase::Passphrase;
use readonce_core::secret::text::SecretText;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_core::verbs::create::CreatePolicy;
use readonce_core::verbs::create::{CreateApp, CreateOptions, RequestOrigin};
use readonce_core::verbs::share::share;
use readonce_embedded::aws;
use std::time::Duration;

/// Longer than any call in this process takes.
const PATIENCE: Duration = Duration::from_mins(1);
/// Host of the events.
const HOST: &str = "eu.readonce.example";

/// Creates secrets as one execution environment of share does: one data key for many.
pub struct Stock {
    app: CreateApp,
    site: Site,
}

impl Stock {
    /// Bypasses the listeners, so that its calls are not observed.
    pub fn new(aws: &ObservedAws) -> crate::Result<Self> {
        let config = aws.embedded.config();
        let master = MasterKey { key_id: aws.embedded.kms_key_id().to_owned(), table: aws::TABLE.to_owned() };
        Ok(Self {
            app: CreateApp {
                table: Table::new(config.dynamodb_client(), aws::TABLE),
                keyring: SealingKeyring::new(config.kms_client(), master),
                mailer: None,
                policy: CreatePolicy::default(),
                limits: Limits::new(LimitSettings::default()),
                hashing: HashingSlots::default(),
            },
            site: format!("https://{HOST}").parse().map_err(|_| "not a site")?,
        })
    }

    /// Creates an open secret.
    ///
    /// # Errors
    /// The embedded AWS does not answer.
    pub async fn secret(&self, text: &str, passphrase: Option<&str>) -> crate::Result<Receipt> {
        let client = ClientNetwork::of("192.0.2.1");
        let origin = RequestOrigin { client: &client, host: HOST, site: &self.site };
        let passphrase = passphrase.and_then(|text| Passphrase::given(text.to_owned().into()));
        let options = CreateOptions { passphrase, ..CreateOptions::default() };
        let text = Some(SecretText::new(text.to_owned()));
        let call = Call::new(UnixTime::now(), PATIENCE);
        // On the heap: it is too large for a test's stack.
        let created = Box::pin(share(&self.app, &Caller::Anonymous, text, options, origin, call));
        Ok(created.await?.receipt)
    }

    /// The Authorization header of an account, which is created if it does not exist.
    ///
    /// # Errors
    /// The embedded AWS does not answer.
    pub async fn account(&self, email: &str) -> crate::Result<String> {
        let token = ApiToken::random();
        let address = EmailAddress::parse(email).ok_or("not an address")?;
        let account = Account::new(address, PlanName::Basic, &token, UnixTime::now());
        if !Box::pin(self.app.table.create_account(&account)).await? {
            return Err(format!("there is an account {email} already").into());
        }
        Ok(format!("Basic {}", STANDARD.encode(format!("{email}:{}", token.expose()))))
    }
}
