//! Reveal: show the secret to whoever asks first, and to nobody after.
//!
//! Everything that can fail comes before the claim, and the claim is one
//! conditional write. So a failure consumes nothing, and of many who ask at
//! once one wins. What comes before leaves the claim its time: one that is sent
//! without the time to hear its answer would destroy a secret for nobody.

use crate::account::Caller;
use crate::address::domain::Domain;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::limits::network::ClientNetwork;
use crate::limits::{LimitedAction, Limits};
use crate::secret::claim::row::{CLAIM_RESERVE, OpenSecret};
use crate::secret::claim::seal;
use crate::secret::hashing::HashingSlots;
use crate::secret::key::{ClaimId, SecretKey};
use crate::secret::keyring::OpeningKeyring;
use crate::secret::passphrase::{Passphrase, PassphrasePart};
use crate::secret::text::SecretText;
use crate::table::Table;
use crate::verbs::guess::{Guess, give_back_if_ours};

/// What reveal works with.
pub struct RevealApp {
    /// Where secrets are kept.
    pub table: Table,
    /// What they are opened with.
    pub keyring: OpeningKeyring,
    /// How often callers without an account may ask in vain.
    pub limits: Limits,
    /// Where passphrases are hashed.
    pub hashing: HashingSlots,
}

/// A secret that was revealed.
pub struct Revealed {
    /// Its text.
    pub text: SecretText,
    /// The domain of its link; `None` for the site's own host.
    pub share_domain: Option<Domain>,
}

/// Reveals the secret of `key` and destroys it; `key` is `None` if what was sent
/// has not the form of one. `client` is who asks, for the limit on callers
/// without an account: it counts calls that find no open secret, and refuses no
/// others.
///
/// # Errors
/// [`Error::UnknownSecret`] if there is none for this key and passphrase;
/// [`Error::TooManyAttempts`] after too many guesses at the passphrase, or too
/// many calls from this network that found nothing; [`Error::Unavailable`] if AWS
/// does not answer in time, which after the claim was sent may mean that the
/// secret is gone.
pub async fn reveal(
    app: &RevealApp,
    caller: &Caller,
    client: &ClientNetwork,
    key: Option<&SecretKey>,
    passphrase: Option<&Passphrase>,
    call: Call,
) -> Result<Revealed> {
    let in_time = call.leaving(CLAIM_RESERVE);
    let Some((key, secret)) = open_secret(app, key, in_time).await? else {
        // Counted after the read, and nothing else is: whoever has a good link is
        // answered, whatever others behind the same address have sent.
        if let Caller::Anonymous = caller {
            app.limits.by_address(&app.table, LimitedAction::FruitlessReveal, client, call).await?;
        }
        return Err(Error::UnknownSecret);
    };
    let guess = match &secret.verifier {
        None => None,
        Some(verifier) => {
            let passphrase = passphrase.ok_or(Error::UnknownSecret)?;
            let guess = Guess { id: &secret.id, verifier, key, passphrase };
            let right = guess.check(&app.table, &app.hashing, call).await?;
            Some(right.ok_or(Error::UnknownSecret)?)
        }
    };
    let part = guess.as_ref().map(|guess| &guess.part);
    let revealed = open_and_claim(app, &secret, key, part, call).await;
    give_back_if_ours(&app.table, &secret.id, guess, &revealed, call).await;
    Ok(Revealed { text: revealed?, share_domain: secret.share_domain })
}

/// The key and the secret that it opens, if there is one; a consistent read.
async fn open_secret<'a>(
    app: &RevealApp,
    key: Option<&'a SecretKey>,
    call: Call,
) -> Result<Option<(&'a SecretKey, OpenSecret)>> {
    let Some(key) = key else { return Ok(None) };
    let id = key.secret_id();
    let read = app.table.open_secret(&id, call).await?;
    Ok(read.map(|secret| (key, secret)))
}

async fn open_and_claim(
    app: &RevealApp,
    secret: &OpenSecret,
    key: &SecretKey,
    part: Option<&PassphrasePart>,
    call: Call,
) -> Result<SecretText> {
    let in_time = call.leaving(CLAIM_RESERVE);
    let data_key = app.keyring.unwrap(&secret.sealed.wrapped_data_key, in_time).await?;
    let opened = seal::open(&secret.sealed, &data_key, key, part, secret.binding())?;
    let claim = app.table.claim(secret, &ClaimId::random(), call).await?.ok_or(Error::UnknownSecret)?;
    opened.release(&claim)
}
