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

/// Burns the secret of `key` and answers with its receipt. Where the secret has
/// a passphrase, it is needed, and guesses count as those of a reveal do.
///
/// # Errors
/// [`Error::UnknownSecret`] if there is none that could still be revealed;
/// [`Error::WrongPassphrase`]; [`Error::TooManyAttempts`];
/// [`Error::Unavailable`].
pub async fn burn(
    table: &Table,
    hashing: &HashingSlots,
    key: MetadataKey,
    passphrase: Option<&Passphrase>,
    call: Call,
) -> Result<Receipt> {
    let id = key.secret_key().secret_id();
    let receipt_id = key.receipt_id();
    // Whoever is told that it failed should not find it burned, so the burn has its
    // time, as a claim has.
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
