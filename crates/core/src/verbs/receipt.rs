//! Receipt: what a creator may know of a secret.

use crate::call::Call;
use crate::error::{Error, Result};
use crate::receipt::row::StoredReceipt;
use crate::receipt::{Receipt, State};
use crate::secret::claim::row::SecretState;
use crate::secret::key::MetadataKey;
use crate::table::Table;

/// Does a reading count as the creator's look at the receipt?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewMode {
    /// It does: the next reading finds it viewed.
    MarkViewed,
    /// It does not.
    KeepState,
    /// It does not, and nothing at all may be written.
    ReadOnly,
}

/// How long after a secret's end DynamoDB may still carry out the claim of a reveal
/// that came in before it, in seconds: a request's own time, the five minutes that
/// AWS takes a signature for, and a little for clocks that differ.
const LATE_CLAIM_SECONDS: i64 = 360;

/// Reads the receipt of `key`. The first look that counts still finds it new.
///
/// # Errors
/// [`Error::UnknownSecret`] if there is none, or none any more;
/// [`Error::Unavailable`].
pub async fn receipt(table: &Table, key: MetadataKey, view_mode: ViewMode, call: Call) -> Result<Receipt> {
    let id = key.receipt_id();
    let secret_id = key.secret_key().secret_id();
    // Side by side: what was made is in the receipt's row, what became of it in
    // the secret's.
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
        // The creator has the receipt; that it was looked at may be told next time.
        tracing::warn!(error = %error.with_causes(), "a receipt is not marked as viewed");
    }
    Ok(receipt)
}

/// The receipt that both rows make; `None` if it has ended, or if its creation
/// failed.
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
        // Whoever is told that it has expired must never hear otherwise: so it is
        // held fast or, where nothing may be written, not told too early.
        Some(SecretState::Open) if has_ended && view_mode == ViewMode::ReadOnly => {
            let is_certain = receipt.secret_ends().plus(LATE_CLAIM_SECONDS) <= call.now;
            Some(if is_certain { SecretState::Expired } else { SecretState::Open })
        }
        Some(SecretState::Open) if has_ended => {
            let id = receipt.secret_key.secret_id();
            Some(table.expire(&id, receipt.ends(), call).await?)
        }
        // DynamoDB deletes the rows of secrets that have ended.
        None if has_ended => Some(SecretState::Expired),
        state => state,
    };
    receipt.state = match state {
        Some(SecretState::Open) => receipt.state,
        Some(SecretState::Received(at)) => State::Received(at),
        Some(SecretState::Burned(at)) => State::Burned(at),
        Some(SecretState::Expired) => State::Expired(receipt.secret_ends()),
        // Nobody was ever given its keys.
        Some(SecretState::Withdrawn) | None => return Ok(None),
    };
    Ok(Some(receipt))
}
