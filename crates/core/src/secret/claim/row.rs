//! The secret's row, and the one write that ends it.
//!
//! | attribute | type | while open | afterwards |
//! |---|---|---|---|
//! | `pk`, `sk` | S | [`SecretId`], `secret` | same |
//! | `version` | N | the seal's format version | same |
//! | `state` | S | `open` | `received`, `burned`, `expired` or `withdrawn` |
//! | `ends` | N | end of the secret, Unix seconds | same |
//! | `expires_at` | N | end of the secret, and 15 minutes | end of the receipt, and 15 minutes |
//! | `receipt_ends` | N | end of the receipt | same |
//! | `share_domain` | S | domain of the link, or empty | same |
//! | `salt`, `nonce`, `ciphertext`, `data_key` | B | see [`Sealed`] | removed |
//! | `verifier` | B | see [`Verifier`]; absent without passphrase | removed |
//! | `ended`, `claim` | N, S | absent | when, and by which request |
//!
//! A row that was withdrawn before it was ever stored has `pk`, `sk`, `state`,
//! `receipt_ends`, `expires_at`, `ended` and `claim` only.

use crate::address::domain::Domain;
use crate::address::row::{share_domain, take_share_domain};
use crate::aws;
use crate::aws::operation::Operation;
use crate::call::Call;
use crate::deadline::Deadline;
use crate::error::{Error, Result, Source};
use crate::secret::claim::ClaimWon;
use crate::secret::claim::sealed::{Binding, Sealed};
use crate::secret::key::{ClaimId, SecretId};
use crate::secret::passphrase::Verifier;
use crate::table::departure::Departure;
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, Table};
use crate::time::UnixTime;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use std::collections::HashMap;
use std::time::Duration;

pub(crate) const SORT: &str = "secret";
pub(crate) const OPEN: &str = "open";
const WITHDRAWN: &str = "withdrawn";
const RECEIVED: &str = "received";
const BURNED: &str = "burned";
const EXPIRED: &str = "expired";

/// The secret is still open, or this very request has already ended it.
const OPEN_OR_OURS: &str = "(#state = :open AND ends > :now) OR claim = :claim";

/// Time that must be left when the write that claims or burns a secret is first sent.
/// The client waits 1 s for an attempt. So one attempt may stay unanswered, its repeat
/// still reveals the outcome, and a second is left to give a guess back. All earlier
/// work ends this long before the deadline.
pub const CLAIM_RESERVE: Duration = Duration::from_secs(3);
/// Time that must be left when that write is repeated: one attempt. Perhaps none of the
/// earlier attempts has arrived; then this one destroys the secret.
const REPEAT_RESERVE: Duration = Duration::from_secs(1);

/// Pause before the first repeat of a write whose outcome is unknown; doubles each
/// time.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
const MAX_PAUSE: Duration = Duration::from_secs(1);

/// A secret that can still be revealed.
#[derive(Debug)]
pub struct OpenSecret {
    /// Partition key of the row, derived from the secret key.
    pub id: SecretId,
    /// Time from which the secret is expired.
    pub ends: UnixTime,
    /// End of its receipt, which sets the row's TTL after the secret has ended.
    pub receipt_ends: UnixTime,
    /// The domain of its link; `None` for the site's own host.
    pub share_domain: Option<Domain>,
    /// Passphrase verifier; `None` without a passphrase.
    pub verifier: Option<Verifier>,
    /// The sealed text, with its wrapped data key.
    pub sealed: Sealed,
}

impl OpenSecret {
    /// The fields of the row that the seal authenticates.
    pub fn binding(&self) -> Binding<'_> {
        Binding {
            id: &self.id,
            ends: self.ends,
            share_domain: self.share_domain.as_ref(),
            verifier: self.verifier.as_ref(),
        }
    }

    fn to_attributes(&self) -> row::Attributes {
        let mut attributes = row::item([
            (PARTITION_KEY, row::text(self.id.as_str())),
            (SORT_KEY, row::text(SORT)),
            row::version(self.sealed.version),
            ("state", row::text(OPEN)),
            ("ends", row::time(self.ends)),
            ("receipt_ends", row::time(self.receipt_ends)),
            (TTL_ATTRIBUTE, row::ttl(self.ends)),
            share_domain(self.share_domain.as_ref()),
            ("salt", row::bytes(&self.sealed.salt)),
            ("nonce", row::bytes(&self.sealed.nonce)),
            ("ciphertext", row::bytes(&self.sealed.ciphertext)),
            ("data_key", row::bytes(&self.sealed.wrapped_data_key)),
        ]);
        if let Some(verifier) = &self.verifier {
            attributes.insert("verifier".to_owned(), row::bytes(verifier.as_bytes()));
        }
        attributes
    }

    /// Parses a row; `None` if the secret is no longer open.
    fn from_attributes(id: &SecretId, attributes: row::Attributes, now: UnixTime) -> Result<Option<Self>> {
        let mut row = Row::new(attributes);
        if row.text("state")? != OPEN {
            return Ok(None);
        }
        let ends = row.time("ends")?;
        if ends <= now {
            return Ok(None);
        }
        let verifier =
            if row.has("verifier") { Some(Verifier::from_stored(row.bytes("verifier")?)?) } else { None };
        Ok(Some(Self {
            id: id.clone(),
            ends,
            receipt_ends: row.time("receipt_ends")?,
            share_domain: take_share_domain(&mut row)?,
            verifier,
            sealed: Sealed {
                version: row.version()?,
                salt: row.array("salt")?,
                nonce: row.array("nonce")?,
                ciphertext: row.bytes("ciphertext")?,
                wrapped_data_key: row.bytes("data_key")?,
            },
        }))
    }
}

/// The state of a secret's row, with the time of the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretState {
    /// Neither revealed nor destroyed; its end may have passed.
    Open,
    /// Revealed at that time.
    Received(UnixTime),
    /// Destroyed unread at that time.
    Burned(UnixTime),
    /// Its expiry has been persisted.
    Expired,
    /// Its creation failed, and the secret was withdrawn.
    Withdrawn,
}

impl SecretState {
    fn from_attributes(attributes: row::Attributes) -> Result<Self> {
        let mut row = Row::new(attributes);
        Ok(match row.text("state")?.as_str() {
            OPEN => Self::Open,
            RECEIVED => Self::Received(row.time("ended")?),
            BURNED => Self::Burned(row.time("ended")?),
            EXPIRED => Self::Expired,
            WITHDRAWN => Self::Withdrawn,
            _ => return Err(Error::internal("a secret in an unknown state")),
        })
    }
}

/// The outcome of a withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// The secret is destroyed, and nobody has seen it.
    Withdrawn,
    /// Too late: a reader has already received it.
    AlreadyReceived,
}

impl Table {
    /// Stores a new secret.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: the secret may have been stored; see
    /// [`Table::withdraw`].
    pub async fn put_secret(&self, secret: &OpenSecret, deadline: Deadline) -> Result<()> {
        deadline.run(Operation::PutSecret, self.put_secret_now(secret)).await
    }

    async fn put_secret_now(&self, secret: &OpenSecret) -> Result<()> {
        let attributes = secret.to_attributes();
        let ciphertext = attributes.get("ciphertext").cloned();
        let put = self.dynamodb.put_item().table_name(&self.name).set_item(Some(attributes));
        let put = put.condition_expression("attribute_not_exists(pk)");
        let put = put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(error) = put.send().await else { return Ok(()) };
        // A retry finds the row of the first attempt if its answer was lost. The row then
        // has our ciphertext, which is unique. It has no ciphertext if its creator has
        // burned the secret meanwhile: the list of recent receipts has its key before the
        // creation is answered.
        let is_ours = |found: &row::Attributes| {
            found.get("ciphertext").is_none_or(|found| Some(found) == ciphertext.as_ref())
        };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(failed))
                if failed.item().is_some_and(is_ours) =>
            {
                Ok(())
            }
            Some(PutItemError::ConditionalCheckFailedException(_)) => {
                Err(Error::internal("the row of a new random key was there already"))
            }
            _ => Err(aws::unavailable(Operation::PutSecret, &error)),
        }
    }

    /// The secret, if it is still open; a consistent read.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn open_secret(&self, id: &SecretId, call: Call) -> Result<Option<OpenSecret>> {
        let get = self.dynamodb.get_item().table_name(&self.name).consistent_read(true);
        let get = get.key(PARTITION_KEY, row::text(id.as_str())).key(SORT_KEY, row::text(SORT));
        let answer = Operation::GetSecret.send(call.deadline, get.send()).await?;
        match answer.item {
            None => Ok(None),
            Some(attributes) => OpenSecret::from_attributes(id, attributes, call.now),
        }
    }

    /// Claims the secret for the request `claim`. The winner may see it, and the same
    /// write destroys it. `None` if it is no longer open.
    ///
    /// A repeat under the same identity changes nothing and wins again. So an unknown
    /// outcome is resolved by repeating the write, as long as the deadline leaves time
    /// to receive the answer.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if less than [`CLAIM_RESERVE`] is left; then nothing was
    /// sent. Also if the outcome is still unknown in the end.
    pub async fn claim(&self, secret: &OpenSecret, claim: &ClaimId, call: Call) -> Result<Option<ClaimWon>> {
        let end = End {
            id: &secret.id,
            state: RECEIVED,
            claim,
            ended: call.now,
            receipt_ends: secret.receipt_ends,
            condition: OPEN_OR_OURS,
            reserves: Reserves::OF_A_CLAIM,
        };
        Ok(match self.end_repeatedly(&end, call.deadline).await? {
            Ended::ByUs => Some(ClaimWon { id: secret.id.clone() }),
            Ended::Before(_) => None,
        })
    }

    /// Destroys the secret unread, for the request `burn`. `false` if it is no longer
    /// open.
    ///
    /// # Errors
    /// As [`Table::claim`].
    pub async fn burn(&self, secret: &OpenSecret, burn: &ClaimId, call: Call) -> Result<bool> {
        let end = End {
            id: &secret.id,
            state: BURNED,
            claim: burn,
            ended: call.now,
            receipt_ends: secret.receipt_ends,
            condition: OPEN_OR_OURS,
            reserves: Reserves::OF_A_CLAIM,
        };
        Ok(matches!(self.end_repeatedly(&end, call.deadline).await?, Ended::ByUs))
    }

    /// The state of a secret; `None` if it has no row.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn secret_state(&self, id: &SecretId, deadline: Deadline) -> Result<Option<SecretState>> {
        let get = self.dynamodb.get_item().table_name(&self.name).consistent_read(true);
        let get = get.key(PARTITION_KEY, row::text(id.as_str())).key(SORT_KEY, row::text(SORT));
        // Without the sealed text, which nobody here can open.
        let get = get.projection_expression("#state, ended").expression_attribute_names("#state", "state");
        let answer = Operation::GetSecret.send(deadline, get.send()).await?;
        answer.item.map(SecretState::from_attributes).transpose()
    }

    /// The states of at most 100 secrets, by partition key.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn secret_states(
        &self,
        ids: &[SecretId],
        deadline: Deadline,
    ) -> Result<HashMap<String, SecretState>> {
        let names = HashMap::from([("#state".to_owned(), "state".to_owned())]);
        let projection = Some(("pk, #state, ended", names));
        let ids = ids.iter().map(SecretId::as_str);
        let rows = self.rows(ids, SORT, projection, Operation::BatchGetSecrets, deadline).await?;
        let state = |(id, attributes)| Ok((id, SecretState::from_attributes(attributes)?));
        rows.into_iter().map(state).collect()
    }

    /// Persists the expiry of a secret and destroys it. Otherwise a reveal that came in
    /// before the end could still win after a caller was told that the secret has
    /// expired. Returns the final state, from this write or an earlier one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the outcome is still unknown at the deadline.
    pub async fn expire(&self, id: &SecretId, receipt_ends: UnixTime, call: Call) -> Result<SecretState> {
        let end = End {
            id,
            state: EXPIRED,
            claim: &ClaimId::random(),
            ended: call.now,
            receipt_ends,
            condition: "(#state = :open AND ends <= :now) OR claim = :claim",
            // Nobody can reveal it any more, whether or not we receive the answer.
            reserves: Reserves::NONE,
        };
        Ok(match self.end_repeatedly(&end, call.deadline).await? {
            // No row: DynamoDB has deleted it by TTL.
            Ended::ByUs | Ended::Before(None) => SecretState::Expired,
            Ended::Before(Some(state)) => state,
        })
    }

    /// Withdraws a secret whose creation failed half-way. The row that it leaves also
    /// makes a late attempt to store the secret fail.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the outcome is still unknown at the deadline.
    pub async fn withdraw(&self, id: &SecretId, receipt_ends: UnixTime, call: Call) -> Result<Withdrawal> {
        let end = End {
            id,
            state: WITHDRAWN,
            claim: &ClaimId::random(),
            ended: call.now,
            receipt_ends,
            condition: "attribute_not_exists(pk) OR #state = :open OR claim = :claim",
            // A withdrawal without an answer is better than none.
            reserves: Reserves::NONE,
        };
        Ok(match self.end_repeatedly(&end, call.deadline).await? {
            Ended::Before(Some(SecretState::Received(_))) => Withdrawal::AlreadyReceived,
            Ended::ByUs | Ended::Before(_) => Withdrawal::Withdrawn,
        })
    }

    /// Repeats the write until its outcome is known. The SDK's own retries are off: of
    /// several attempts it reports only the last error, and a refusal after a lost
    /// answer does not say whether the write was carried out.
    async fn end_repeatedly(&self, end: &End<'_>, deadline: Deadline) -> Result<Ended> {
        let mut pause = FIRST_PAUSE;
        let mut may_be_done = false;
        loop {
            let reserve = if may_be_done { end.reserves.repeated } else { end.reserves.first };
            let departure = Departure::until(deadline.leaving(reserve));
            match deadline.run(Operation::UpdateSecret, self.end(end, &departure)).await? {
                Attempted::Outcome(ended) => return Ok(ended),
                Attempted::Refused(source) if !may_be_done => return Err(Error::Unavailable(source)),
                Attempted::Refused(_) => {}
                Attempted::Unknown(source) if departure.is_too_late() => {
                    return Err(Error::Unavailable(source));
                }
                Attempted::Unknown(source) => {
                    tracing::warn!(error = %source, "an outcome is unknown and asked for again");
                    may_be_done |= departure.has_left();
                }
            }
            // Under the deadline too: an attempt that fails without waiting would never
            // notice that time is up.
            let paused = async {
                tokio::time::sleep(pause).await;
                Ok(())
            };
            deadline.run(Operation::UpdateSecret, paused).await?;
            pause = MAX_PAUSE.min(pause * 2);
        }
    }

    async fn end(&self, end: &End<'_>, departure: &Departure) -> Result<Attempted> {
        let update = self.dynamodb.update_item().table_name(&self.name);
        let update = update.key(PARTITION_KEY, row::text(end.id.as_str())).key(SORT_KEY, row::text(SORT));
        let update = update
            .update_expression(
                "SET #state = :state, ended = :now, claim = :claim, receipt_ends = :end, expires_at = :ttl \
                 REMOVE salt, nonce, ciphertext, data_key, verifier",
            )
            .condition_expression(end.condition)
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":state", row::text(end.state))
            .expression_attribute_values(":open", row::text(OPEN))
            .expression_attribute_values(":now", row::time(end.ended))
            .expression_attribute_values(":claim", row::text(end.claim.as_str()))
            .expression_attribute_values(":end", row::time(end.receipt_ends))
            .expression_attribute_values(":ttl", row::ttl(end.receipt_ends))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let once = aws_sdk_dynamodb::config::Builder::new().retry_config(RetryConfig::disabled());
        let update = update.customize().config_override(once).interceptor(departure.clone());
        let Err(error) = update.send().await else {
            return Ok(Attempted::Outcome(Ended::ByUs));
        };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                let before = failed.item().cloned().map(SecretState::from_attributes).transpose()?;
                Ok(Attempted::Outcome(Ended::Before(before)))
            }
            _ if aws::is_refusal(&error) => {
                Ok(Attempted::Refused(aws::describe(Operation::UpdateSecret, &error)))
            }
            _ => Ok(Attempted::Unknown(aws::describe(Operation::UpdateSecret, &error))),
        }
    }
}

/// A write that ends a secret.
struct End<'a> {
    id: &'a SecretId,
    state: &'static str,
    claim: &'a ClaimId,
    ended: UnixTime,
    receipt_ends: UnixTime,
    condition: &'static str,
    reserves: Reserves,
}

/// Time that must be left when a write is sent, so that its answer can be received.
#[derive(Clone, Copy)]
struct Reserves {
    first: Duration,
    /// For a repeat, when an earlier attempt may have been carried out.
    repeated: Duration,
}

impl Reserves {
    const OF_A_CLAIM: Self = Self { first: CLAIM_RESERVE, repeated: REPEAT_RESERVE };
    const NONE: Self = Self { first: Duration::ZERO, repeated: Duration::ZERO };
}

enum Ended {
    /// This write ended the secret, now or in an earlier attempt.
    ByUs,
    /// Another write ended the secret, or it had expired; with the state found, if any.
    Before(Option<SecretState>),
}

enum Attempted {
    Outcome(Ended),
    /// Not carried out, and a retry would be refused too.
    Refused(Source),
    /// No answer, or one that does not say whether the write was carried out.
    Unknown(Source),
}
