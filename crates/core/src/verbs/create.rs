//! What share and generate have in common: everything but where the text comes
//! from.

use crate::account::{Caller, SignedIn};
use crate::address::domain::Domain;
use crate::address::email::EmailAddress;
use crate::address::site::Site;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{AsSent, Error, Result};
use crate::limits::network::ClientNetwork;
use crate::limits::{CountedMail, LimitedAction, Limits};
use crate::mail::SecretMail;
use crate::mail::mailer::Mailer;
use crate::plan::ttl;
use crate::plan::{Plan, Plans};
use crate::receipt::Receipt;
use crate::secret::claim::row::OpenSecret;
use crate::secret::claim::row::Withdrawal;
use crate::secret::claim::seal;
use crate::secret::claim::sealed::Binding;
use crate::secret::hashing::HashingSlots;
use crate::secret::key::MetadataKey;
use crate::secret::keyring::SealingKeyring;
use crate::secret::passphrase::{self, Passphrase};
use crate::secret::text::SecretText;
use crate::table::Table;
use crate::verbs::recent;
use crate::verbs::share_domain::share_domain;
use readonce_text::Language;
use std::time::Duration;

/// What must be left of the time when the mail has failed, to withdraw the
/// secret.
const WITHDRAWAL_RESERVE: Duration = Duration::from_secs(4);

/// What share and generate work with.
pub struct CreateApp {
    /// Where secrets are kept.
    pub table: Table,
    /// What they are sealed with.
    pub keyring: SealingKeyring,
    /// Who tells recipients; `None` where the operator has mail turned off.
    pub mailer: Option<Mailer>,
    /// The operator's rules.
    pub policy: CreatePolicy,
    /// How much may be created.
    pub limits: Limits,
    /// Where passphrases are hashed.
    pub hashing: HashingSlots,
}

/// What a creator may wish for, as it was sent.
#[derive(Default)]
pub struct CreateOptions {
    /// Seconds.
    pub ttl: Option<String>,
    /// What the recipient must know.
    pub passphrase: Option<Passphrase>,
    /// Addresses; empty ones do not count.
    pub recipients: Vec<String>,
    /// A bare host.
    pub share_domain: Option<String>,
    /// What language the recipient's mail is in.
    pub language: Language,
}

/// Where the creator's call came in.
#[derive(Clone, Copy)]
pub struct RequestOrigin<'a> {
    /// The network it came from.
    pub client: &'a ClientNetwork,
    /// The host of the request.
    pub host: &'a str,
    /// The site it is on.
    pub site: &'a Site,
}

/// A secret that was made.
pub struct Created {
    /// Its receipt.
    pub receipt: Receipt,
    /// The recipient of the mail with the link; only its creator may see the whole address.
    pub mailed_to: Option<EmailAddress>,
    /// The generated value, for the caller to see once.
    pub value: Option<SecretText>,
}

/// Options that may be carried out.
pub(crate) struct CheckedOptions {
    ttl_seconds: i64,
    passphrase: Option<Passphrase>,
    recipient: Option<(EmailAddress, EmailAddress)>,
    domain: Option<Domain>,
    language: Language,
}

impl CheckedOptions {
    /// The address that the link is to be mailed to.
    pub(crate) fn mailed_to(&self) -> Option<EmailAddress> {
        self.recipient.as_ref().map(|(_, to)| to.clone())
    }
}

impl CreateApp {
    /// The caller's plan.
    ///
    /// # Errors
    /// [`Error::NotAuthorized`] where creating needs an account.
    pub(crate) fn plan(&self, caller: &Caller) -> Result<Plan> {
        let plans = &self.policy.plans;
        match caller.account() {
            Some(account) => Ok(plans.named(account.plan)),
            None => plans.anonymous.ok_or(Error::NotAuthorized),
        }
    }

    /// Counts the creation if there is no account, unless `checked` already refuses it.
    /// Limits come before parameters in the contract's order, so beyond the limit a
    /// refused one is told of the limit all the same.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`], then that of `checked`.
    pub(crate) async fn admit<T>(
        &self,
        checked: Result<T>,
        caller: &Caller,
        origin: RequestOrigin<'_>,
        call: Call,
    ) -> Result<T> {
        if caller.account().is_none() {
            let (limits, action) = (&self.limits, LimitedAction::Creation);
            if checked.is_ok() {
                limits.by_address(&self.table, action, origin.client, call).await?;
            } else {
                limits.check_by_address(&self.table, action, origin.client, call).await?;
            }
        }
        checked
    }

    /// Checks the options, in the order of the contract.
    pub(crate) fn check(
        &self,
        options: CreateOptions,
        caller: &Caller,
        plan: Plan,
        origin: RequestOrigin<'_>,
    ) -> Result<CheckedOptions> {
        let ttl_seconds = ttl::effective_seconds(options.ttl.as_deref(), plan.maximum_ttl_seconds);
        if let Some(passphrase) = &options.passphrase {
            passphrase.check_new(self.policy.minimum_passphrase)?;
        }
        let recipient = recipient(&options.recipients, caller)?;
        if recipient.is_some() && self.mailer.is_none() {
            return Err(Error::MailTurnedOff);
        }
        let wanted = options.share_domain.as_deref();
        let open_domains = &self.policy.open_domains;
        let domain = share_domain(wanted, origin.host, caller, open_domains, origin.site)?;
        let (passphrase, language) = (options.passphrase, options.language);
        Ok(CheckedOptions { ttl_seconds, passphrase, recipient, domain, language })
    }

    /// Seals the text, stores it, and tells the recipient.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::MailNotSent`]: no secret is left behind
    /// that anybody has the link of.
    pub(crate) async fn create(
        &self,
        text: &SecretText,
        options: CheckedOptions,
        caller: &Caller,
        origin: RequestOrigin<'_>,
        call: Call,
    ) -> Result<Receipt> {
        let counted_mail = self.counted_mail(&options, caller, call).await?;
        let site = options.domain.as_ref().map_or_else(|| origin.site.clone(), Site::of_domain);
        let receipt = Receipt {
            recipient: options.recipient.as_ref().map(|(_, to)| to.obscured()),
            share_domain: options.domain,
            passphrase_required: options.passphrase.is_some(),
            ..Receipt::new(MetadataKey::random(), caller.creator(), call.now, options.ttl_seconds, site)
        };
        // Whatever is started must leave time to undo it.
        let in_time = call.leaving(WITHDRAWAL_RESERVE);
        // What has gone out, or may have, stays counted.
        let mut may_be_mailed = false;
        let stored = async {
            let secret = self.sealed(text, &receipt, options.passphrase.as_ref(), in_time).await?;
            self.store(&secret, &receipt, caller, call).await?;
            if let (Some((sender, to)), Some(mailer)) = (options.recipient, &self.mailer) {
                let language = options.language;
                let mail = SecretMail { sender: &sender, recipient: &to, receipt: &receipt, language };
                let sent = mailer.send(&mail, in_time.deadline).await;
                may_be_mailed = !matches!(sent, Err(Error::MailNotSent(_)));
                if let Err(error) = sent {
                    self.withdraw_unmailed(&secret, error, call).await?;
                }
            }
            Ok(())
        };
        let stored = stored.await;
        if let (Err(_), false, Some(mail)) = (&stored, may_be_mailed, counted_mail) {
            mail.give_back(&self.table, call.deadline).await;
        }
        stored.map(|()| receipt)
    }

    /// Counts the mail, if there is to be one.
    async fn counted_mail(
        &self,
        options: &CheckedOptions,
        caller: &Caller,
        call: Call,
    ) -> Result<Option<CountedMail>> {
        match caller.account().filter(|_| options.recipient.is_some()) {
            None => Ok(None),
            Some(account) => self.limits.mail(&self.table, account, call).await,
        }
    }

    async fn sealed(
        &self,
        text: &SecretText,
        receipt: &Receipt,
        passphrase: Option<&Passphrase>,
        call: Call,
    ) -> Result<OpenSecret> {
        let data_key = self.keyring.data_key(call).await?;
        let (verifier, part) = match passphrase {
            None => (None, None),
            Some(passphrase) => {
                let slot = self.hashing.slot(call.deadline).await?;
                let set = passphrase::set(slot, passphrase, &receipt.secret_key);
                let (verifier, part) = call.deadline.run("bcrypt", set).await?;
                (Some(verifier), Some(part))
            }
        };
        let id = receipt.secret_key.secret_id();
        let binding = Binding {
            id: &id,
            ends: receipt.secret_ends(),
            share_domain: receipt.share_domain.as_ref(),
            verifier: verifier.as_ref(),
        };
        let sealed = seal::seal(text, &data_key, &receipt.secret_key, part.as_ref(), binding);
        Ok(OpenSecret {
            ends: receipt.secret_ends(),
            receipt_ends: receipt.ends(),
            share_domain: receipt.share_domain.clone(),
            id,
            verifier,
            sealed,
        })
    }

    /// All rows at once. If one cannot be written, the secret is withdrawn:
    /// nobody has its link, but a row that opens to nobody need not stay.
    async fn store(&self, secret: &OpenSecret, receipt: &Receipt, caller: &Caller, call: Call) -> Result<()> {
        let in_time = call.leaving(WITHDRAWAL_RESERVE).deadline;
        let puts = futures_util::future::join3(
            self.table.put_secret(secret, in_time),
            self.table.put_receipt(receipt, in_time),
            self.store_entry(receipt, caller, in_time),
        );
        let (secret_put, receipt_put, entry_put) = puts.await;
        let Err(error) = secret_put.and(receipt_put).and(entry_put) else { return Ok(()) };
        if let Err(withdrawal) = self.table.withdraw(&secret.id, secret.receipt_ends, call).await {
            tracing::warn!(error = %withdrawal.with_causes(), "a half-stored secret is not withdrawn; its ttl will take it");
        }
        Err(error)
    }

    /// The receipt's entry in its creator's recent list.
    async fn store_entry(&self, receipt: &Receipt, caller: &Caller, deadline: Deadline) -> Result<()> {
        let Some(SignedIn { account, entry_key }) = caller.signed_in() else { return Ok(()) };
        let entry = entry_key.seal(&account.entry_owner(), receipt.created, &receipt.metadata_key);
        let ends = recent::entry_ends(receipt);
        self.table.put_recent_entry(&account.recent_partition(), &entry, ends, deadline).await
    }

    /// Undoes a creation whose mail failed. `Ok` if the mail had arrived after
    /// all: somebody has already received the secret.
    async fn withdraw_unmailed(&self, secret: &OpenSecret, mail_error: Error, call: Call) -> Result<()> {
        match (self.table.withdraw(&secret.id, secret.receipt_ends, call).await, mail_error) {
            (Ok(Withdrawal::AlreadyReceived), _) => Ok(()),
            (Ok(Withdrawal::Withdrawn), Error::Unavailable(source)) => Err(Error::MailNotSent(source)),
            (Ok(Withdrawal::Withdrawn), other) => Err(other),
            (Err(error), mail_error) => {
                // Its link may be on its way, so "not kept" would be untrue.
                let mail_error = mail_error.with_causes();
                tracing::error!(mail_error, "a secret whose mail failed could not be withdrawn");
                Err(error)
            }
        }
    }
}

/// The sender and the one recipient, if there is one.
fn recipient(sent: &[String], caller: &Caller) -> Result<Option<(EmailAddress, EmailAddress)>> {
    let mut recipient: Option<EmailAddress> = None;
    for text in sent.iter().filter(|text| !text.is_empty()) {
        if caller.account().is_none() {
            return Err(Error::AccountRequiredToMail);
        }
        let address = EmailAddress::parse(text).ok_or_else(|| Error::Undeliverable(AsSent::new(text)))?;
        match &recipient {
            Some(first) if first.normalised() != address.normalised() => return Err(Error::TwoRecipients),
            Some(_) => {}
            None => recipient = Some(address),
        }
    }
    Ok(caller.account().map(|account| account.email.clone()).zip(recipient))
}

/// What creating a secret is bound by.
#[derive(Clone, Debug)]
pub struct CreatePolicy {
    /// Who may do how much.
    pub plans: Plans,
    /// Fewest characters of a new passphrase.
    pub minimum_passphrase: usize,
    /// Hosts that everybody's links may carry.
    pub open_domains: Vec<Domain>,
}

impl Default for CreatePolicy {
    fn default() -> Self {
        Self { plans: Plans::default(), minimum_passphrase: 1, open_domains: Vec::new() }
    }
}
