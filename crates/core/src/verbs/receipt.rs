//! Receipt: the creator's view of a secret.

use crate::call::Call;
use crate::error::{Error, Result};
use crate::receipt::row::StoredReceipt;
use crate::receipt::{Receipt, State};
use crate::secret::claim::row::SecretState;
use crate::secret::key::MetadataKey;
use crate::table::Table;

/// The effect of a read on the receipt's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewMode {
    /// Marks the receipt as viewed; the next read returns `viewed`.
    MarkViewed,
    /// Leaves the state unchanged, but may persist an expiry.
    KeepState,
    /// Leaves the state unchanged, and writes nothing at all.
    ReadOnly,
}

/// Seconds after a secret's end during which DynamoDB may still carry out the claim of
/// a reveal that came in before the end: the time of a request, the five minutes for
/// which AWS accepts a signature, and a little for clock differences.
const LATE_CLAIM_SECONDS: i64 = 360;

/// Reads the receipt of `key`. The read that marks it as viewed still returns `new`.
///
/// # Errors
/// [`Error::UnknownSecret`] if it does not exist or has ended; [`Error::Unavailable`].
pub async fn receipt(table: &Table, key: MetadataKey, view_mode: ViewMode, call: Call) -> Result<Receipt> {
    let id = key.receipt_id();
    let secret_id = key.secret_key().secret_id();
    // In parallel: the receipt's row has the parameters, the secret's row the outcome.
    let (stored, state) = futures_util::future::try_join(
        table.stored_receipt(&id, call.deadline),
        table.secret_state(&secret_id, call.deadline),
    )
    .await?;
    let stored = stored.ok_or(Error::UnknownSecret)?;
    let resolved = resolve(table, key, stored, state, view_mode, call).await?;
    let receipt = resolved.ok_or(Error::UnknownSecret)?;
    if view_mode == ViewMode::MarkViewed
        && receipt.state == State::New
        && let Err(error) = table.mark_viewed(&id, call).await
    {
        // The creator gets the receipt anyway; a later read can mark it.
        tracing::warn!(error = %error.with_causes(), "a receipt is not marked as viewed");
    }
    Ok(receipt)
}

/// Combines both rows to a receipt. `None` if it has ended, or if its creation failed.
pub(crate) async fn resolve(
    table: &Table,
    key: MetadataKey,
    stored: StoredReceipt,
    state: Option<SecretState>,
    view_mode: ViewMode,
    call: Call,
) -> Result<Option<Receipt>> {
    let mut receipt = stored.into_receipt(key)?;
    if receipt.ends() <= call.now {
        return Ok(None);
    }
    let has_ended = receipt.secret_ends() <= call.now;
    let state = match state {
        // After a caller was told that the secret has expired, no answer may say otherwise.
        // So the expiry is persisted first or, if nothing may be written, not told too
        // early.
        Some(SecretState::Open) if has_ended && view_mode == ViewMode::ReadOnly => {
            let is_certain = receipt.secret_ends().plus(LATE_CLAIM_SECONDS) <= call.now;
            Some(if is_certain { SecretState::Expired } else { SecretState::Open })
        }
        Some(SecretState::Open) if has_ended => {
            let id = receipt.secret_key.secret_id();
            Some(table.expire(&id, receipt.ends(), call).await?)
        }
        // DynamoDB deletes the rows of expired secrets.
        None if has_ended => Some(SecretState::Expired),
        state => state,
    };
    receipt.state = match state {
        Some(SecretState::Open) => receipt.state,
        Some(SecretState::Received(at)) => State::Received(at),
        Some(SecretState::Burned(at)) => State::Burned(at),
        Some(SecretState::Expired) => State::Expired(receipt.secret_ends()),
        // Nobody ever received its keys.
        Some(SecretState::Withdrawn) | None => return Ok(None),
    };
    Ok(Some(receipt))
}
