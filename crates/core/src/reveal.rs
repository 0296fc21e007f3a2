//! Reveal: show the secret to whoever asks first, and to nobody after.
//!
//! Everything that can fail comes before the claim, and the claim is one
//! conditional write. So a failure consumes nothing, and of many who ask at
//! once one wins. What comes before leaves the claim its time: one that is sent
//! without the time to hear its answer would destroy a secret for nobody.

use crate::account::Caller;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::guess::{Guess, give_back_if_ours};
use crate::hashing::HashingSlots;
use crate::key::{ClaimId, SecretKey};
use crate::keyring::OpeningKeyring;
use crate::limits::{Act, ClientNetwork, Limits};
use crate::passphrase::{Passphrase, PassphrasePart};
use crate::seal;
use crate::secret_text::SecretText;
use crate::table::Table;
use crate::table::secret::{CLAIM_RESERVE, OpenSecret};
use crate::time::UnixTime;

/// What reveal works with.
pub struct RevealApp {
    /// Where secrets are kept.
    pub table: Table,
    /// What they are opened with.
    pub keyring: OpeningKeyring,
    /// How often callers without an account may ask.
    pub limits: Limits,
    /// Where passphrases are hashed.
    pub hashing: HashingSlots,
}

/// A secret that was revealed.
pub struct Revealed {
    /// Its text.
    pub text: SecretText,
    /// The domain of its link, or empty for the site's own.
    pub share_domain: String,
}

/// Reveals the secret of `key` and destroys it; `key` is `None` if what was sent
/// has not the form of one. `client` is who asks, for the limit on callers
/// without an account.
///
/// # Errors
/// [`Error::UnknownSecret`] if there is none for this key and passphrase;
/// [`Error::TooManyAttempts`]; [`Error::Unavailable`] if AWS does not answer in
/// time, which after the claim was sent may mean that the secret is gone.
pub async fn reveal(
    app: &RevealApp,
    caller: &Caller,
    client: &ClientNetwork,
    key: Option<&SecretKey>,
    passphrase: Option<&Passphrase>,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Revealed> {
    let in_time = deadline.leaving(CLAIM_RESERVE);
    let counted = async {
        match caller {
            Caller::SignedIn(_) => Ok(()),
            Caller::Anonymous => app.limits.anonymous(&app.table, Act::Reveal, client, now, in_time).await,
        }
    };
    let read = async {
        let Some(key) = key else { return Ok(None) };
        let id = key.secret_id();
        let read = app.table.open_secret(&id, now);
        in_time.run("DynamoDB GetItem (secret)", read).await
    };
    // Side by side, since reading destroys nothing.
    let (counted, read) = futures_util::future::join(counted, read).await;
    counted?;
    let key = key.ok_or(Error::UnknownSecret)?;
    let secret = read?.ok_or(Error::UnknownSecret)?;
    let guess = match &secret.verifier {
        None => None,
        Some(verifier) => {
            let passphrase = passphrase.ok_or(Error::UnknownSecret)?;
            let guess = Guess { id: &secret.id, verifier, key, passphrase };
            let right = guess.check(&app.table, &app.hashing, now, deadline).await?;
            Some(right.ok_or(Error::UnknownSecret)?)
        }
    };
    let part = guess.as_ref().map(|guess| &guess.part);
    let revealed = open_and_claim(app, &secret, key, part, now, deadline).await;
    give_back_if_ours(&app.table, &secret.id, guess, &revealed, deadline).await;
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
    let in_time = deadline.leaving(CLAIM_RESERVE);
    let data_key = app.keyring.unwrap(&secret.sealed.wrapped_data_key, now, in_time).await?;
    let opened = seal::open(&secret.sealed, &data_key, key, part, secret.binding())?;
    let claim =
        app.table.claim(secret, &ClaimId::random(), now, deadline).await?.ok_or(Error::UnknownSecret)?;
    opened.release(&claim)
}
