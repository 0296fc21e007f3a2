//! Burn: destroy a secret unread.

use crate::call::Call;
use crate::error::{Error, Result};
use crate::receipt::{Receipt, State};
use crate::secret::claim::row::CLAIM_RESERVE;
use crate::secret::hashing::HashingSlots;
use crate::secret::key::{ClaimId, MetadataKey};
use crate::secret::passphrase::Passphrase;
use crate::table::Table;
use crate::verbs::guess::{Guess, give_back_if_ours};

/// Burns the secret of `key` and returns its receipt. If the secret has a passphrase,
/// it is required, and guesses share their count with those of a reveal.
///
/// # Errors
/// [`Error::UnknownSecret`] if no open secret has this key; [`Error::WrongPassphrase`];
/// [`Error::TooManyAttempts`]; [`Error::Unavailable`].
pub async fn burn(
    table: &Table,
    hashing: &HashingSlots,
    key: MetadataKey,
    passphrase: Option<&Passphrase>,
    call: Call,
) -> Result<Receipt> {
    let id = key.secret_key().secret_id();
    let receipt_id = key.receipt_id();
    // A caller who is told that the burn failed should not find the secret burned. So
    // the write needs time to receive its answer, as a claim does.
    let in_time = call.leaving(CLAIM_RESERVE);
    let (stored, open) = futures_util::future::try_join(
        table.stored_receipt(&receipt_id, in_time.deadline),
        table.open_secret(&id, in_time),
    )
    .await?;
    let mut receipt = stored.ok_or(Error::UnknownSecret)?.into_receipt(key)?;
    let secret = open.ok_or(Error::UnknownSecret)?;
    let guess = match &secret.verifier {
        None => None,
        Some(verifier) => {
            let passphrase = passphrase.ok_or(Error::WrongPassphrase)?;
            let guess = Guess { id: &id, verifier, key: &receipt.secret_key, passphrase };
            let right = guess.check(table, hashing, call).await?;
            Some(right.ok_or(Error::WrongPassphrase)?)
        }
    };
    let burned = table.burn(&secret, &ClaimId::random(), call).await;
    give_back_if_ours(table, &id, guess, &burned, call).await;
    if !burned? {
        return Err(Error::UnknownSecret);
    }
    receipt.state = State::Burned(call.now);
    Ok(receipt)
}
