//! Reveal: show the secret to whoever asks first, and to nobody after.
//!
//! Everything that can fail comes before the claim, and the claim is one
//! conditional write. So a failure consumes nothing, and of many who ask at
//! once one wins.

use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::guess::guess;
use crate::key::{ClaimId, SecretKey};
use crate::keyring::OpeningKeyring;
use crate::passphrase::{Passphrase, PassphrasePart};
use crate::seal;
use crate::secret_text::SecretText;
use crate::table::Table;

use crate::table::secret::OpenSecret;
use crate::time::UnixTime;

/// What reveal works with.
pub struct RevealApp {
    /// Where secrets are kept.
    pub table: Table,
    /// What they are opened with.
    pub keyring: OpeningKeyring,
}

/// A secret that was revealed.
pub struct Revealed {
    /// Its text.
    pub text: SecretText,
    /// The domain of its link, or empty for the site's own.
    pub share_domain: String,
}

/// Reveals the secret of `key` and destroys it.
///
/// # Errors
/// [`Error::UnknownSecret`] if there is none for this key and passphrase;
/// [`Error::TooManyAttempts`]; [`Error::Unavailable`] if AWS does not answer,
/// which after the claim was sent may mean that the secret is gone.
pub async fn reveal(
    app: &RevealApp,
    key: &SecretKey,
    passphrase: Option<&Passphrase>,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Revealed> {
    let id = key.secret_id();
    let secret = deadline
        .run("DynamoDB GetItem (secret)", app.table.open_secret(&id, now))
        .await?
        .ok_or(Error::UnknownSecret)?;
    let guess = match &secret.verifier {
        None => None,
        Some(verifier) => {
            let passphrase = passphrase.ok_or(Error::UnknownSecret)?;
            let guess = guess(&app.table, &id, verifier, key, passphrase, now, deadline).await?;
            Some(guess.ok_or(Error::UnknownSecret)?)
        }
    };
    let (part, attempt) = guess.unzip();
    let revealed = open_and_claim(app, &secret, key, part.as_ref(), now, deadline).await;
    if let (Err(Error::Unavailable(_) | Error::Internal(_)), Some(attempt)) = (&revealed, attempt) {
        // The passphrase was right and the fault ours. If this fails too, the
        // guess stays counted, which loses nothing.
        deadline.run("DynamoDB UpdateItem (guesses)", app.table.give_back_attempt(&id, attempt)).await.ok();
    }
    Ok(Revealed { text: revealed?, share_domain: secret.share_domain })
}

async fn open_and_claim(
    app: &RevealApp,
    secret: &OpenSecret,
    key: &SecretKey,
    part: Option<&PassphrasePart>,
    now: UnixTime,
    deadline: Deadline,
) -> Result<SecretText> {
    let data_key = app.keyring.unwrap(&secret.sealed.wrapped_data_key, now, deadline).await?;
    let opened = seal::open(&secret.sealed, &data_key, key, part, secret.binding())?;
    let claim =
        app.table.claim(secret, &ClaimId::random(), now, deadline).await?.ok_or(Error::UnknownSecret)?;
    opened.release(&claim)
}
