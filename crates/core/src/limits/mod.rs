//! Limits on abuse. Creations, fruitless reveals and refused credentials are limited
//! per client address; mails and recent lists per account.
//!
//! No address is stored. Each is counted under
//!
//! ```text
//! HMAC-SHA-256(key of the day, network)                       (RFC 2104)
//! network = an IPv4 address (4 bytes), or the first 8 bytes of an IPv6 one
//! ```
//!
//! The key of the day is random and is stored in the table. The next day's key
//! overwrites it, and from then on no count can be linked to an address. During the
//! day, a holder of the table can try all IPv4 addresses.
//!
//! If a limit cannot be counted, nobody is refused. The failure is logged, and an alarm
//! watches for it.

mod address_key;
pub mod network;

use crate::account::Account;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::limits::network::ClientNetwork;
use crate::table::Table;
use crate::table::counter::{CountedAttempt, Counter, Rate};
use crate::time::{DAY_SECONDS, HOUR_SECONDS};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Maximum time that counting may delay a request.
const PATIENCE: Duration = Duration::from_secs(2);

/// A maximum per window of given length; at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(NonZeroU32);

impl Count {
    fn in_seconds(self, window_seconds: i64) -> Rate {
        Rate { most: self.0.get().into(), window_seconds }
    }
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|_| format!("'{text}' is not a limit: write a number from 1 on, or none"))
    }
}

/// The operator's limits; `None` means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitSettings {
    /// Creations without an account, per client address.
    pub creations: Option<Rate>,
    /// Reveals without an account that find no open secret, per client address.
    pub reveals: Option<Rate>,
    /// Refused credentials, per client address.
    pub failed_credentials: Option<Rate>,
    /// Mails per account and day.
    pub mails: Option<Count>,
    /// Recent lists per account and hour. Each may read a few megabytes of rows.
    pub lists: Option<Count>,
}

/// An action that is counted per client address, because the caller has no
/// authenticated account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Sharing or generating; both use the same count.
    Creation,
    /// A reveal that found no open secret.
    FruitlessReveal,
    /// A request whose credentials are refused.
    FailedCredentials,
}

/// Counts actions, and refuses those beyond the operator's maximum.
pub struct Limits {
    settings: LimitSettings,
    key_of_the_day: Mutex<Option<DayKey>>,
}

#[derive(Clone)]
struct DayKey {
    day: i64,
    key: hmac::Key,
}

impl Limits {
    /// The operator's limits.
    pub fn new(settings: LimitSettings) -> Self {
        Self { settings, key_of_the_day: Mutex::new(None) }
    }

    /// Counts an action of a client address.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] beyond the maximum.
    pub async fn by_address(
        &self,
        table: &Table,
        action: LimitedAction,
        client: &ClientNetwork,
        call: Call,
    ) -> Result<()> {
        let call = call.within(PATIENCE);
        if let Some(counter) = self.address_counter(table, action, client, call).await {
            count(table, &counter, call).await?;
        }
        Ok(())
    }

    /// Refuses what [`Limits::by_address`] would refuse, and counts nothing.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`].
    pub async fn check_by_address(
        &self,
        table: &Table,
        action: LimitedAction,
        client: &ClientNetwork,
        call: Call,
    ) -> Result<()> {
        let call = call.within(PATIENCE);
        let Some(counter) = self.address_counter(table, action, client, call).await else { return Ok(()) };
        counted(&counter, table.check_count(&counter, call).await)?;
        Ok(())
    }

    /// The counter of an address; `None` without a limit, or if there is no key to name it.
    async fn address_counter(
        &self,
        table: &Table,
        action: LimitedAction,
        client: &ClientNetwork,
        call: Call,
    ) -> Option<Counter> {
        let (name, rate) = match action {
            LimitedAction::Creation => ("creations", self.settings.creations),
            LimitedAction::FruitlessReveal => ("reveals", self.settings.reveals),
            LimitedAction::FailedCredentials => ("failed-credentials", self.settings.failed_credentials),
        };
        let rate = rate?;
        let key = match self.key(table, call).await {
            Ok(key) => key,
            Err(error) => {
                not_counted(name, &error);
                return None;
            }
        };
        let owner = format!("address#{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, &client.0)));
        Some(Counter { owner, name, rate })
    }

    /// Counts a mail of an account.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] beyond the maximum.
    pub async fn mail(&self, table: &Table, account: &Account, call: Call) -> Result<Option<CountedMail>> {
        let Some(most) = self.settings.mails else { return Ok(None) };
        let rate = most.in_seconds(DAY_SECONDS);
        let counter = Counter { owner: account.partition(), name: "mails", rate };
        let attempt = count(table, &counter, call).await?;
        Ok(attempt.map(|attempt| CountedMail { counter, attempt }))
    }

    /// Counts a recent list of an account.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] beyond the maximum.
    pub async fn list(&self, table: &Table, account: &Account, call: Call) -> Result<()> {
        let Some(most) = self.settings.lists else { return Ok(()) };
        let rate = most.in_seconds(HOUR_SECONDS);
        count(table, &Counter { owner: account.partition(), name: "lists", rate }, call).await?;
        Ok(())
    }

    /// Fetches the key of the day, so that the first creation finds it. Functions that
    /// do not create count rarely; fetching a key at each of their starts would cost a
    /// write each.
    pub async fn warm_up(&self, table: &Table, call: Call) {
        if self.settings.creations.is_some() {
            self.key(table, call).await.ok();
        }
    }

    async fn key(&self, table: &Table, call: Call) -> Result<hmac::Key> {
        let day = call.now.seconds().div_euclid(DAY_SECONDS);
        let known = self.key_of_the_day.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.day == day) {
            return Ok(known.key);
        }
        let bytes = table.address_key(day, call.deadline).await?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, bytes.as_slice());
        *self.key_of_the_day.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(DayKey { day, key: key.clone() });
        Ok(key)
    }
}

/// A counted mail, which can be given back if it is not sent.
pub struct CountedMail {
    counter: Counter,
    attempt: CountedAttempt,
}

impl CountedMail {
    /// Takes the count back, because the mail could not be sent.
    pub async fn give_back(self, table: &Table, deadline: Deadline) {
        table.give_back(&self.counter, self.attempt, deadline.within(PATIENCE)).await.ok();
    }
}

/// Increments a counter. `None` if that fails; then nobody is refused.
async fn count(table: &Table, counter: &Counter, call: Call) -> Result<Option<CountedAttempt>> {
    counted(counter, table.count(counter, call.within(PATIENCE)).await)
}

fn counted<T>(counter: &Counter, result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(attempt) => Ok(Some(attempt)),
        Err(refused @ Error::TooManyAttempts { .. }) => Err(refused),
        Err(error) => {
            not_counted(counter.name, &error);
            Ok(None)
        }
    }
}

/// The metric filter in template.yaml matches the field `uncounted`.
fn not_counted(name: &str, error: &Error) {
    tracing::warn!(uncounted = name, error = %error.with_causes(), "a limit could not be counted");
}
