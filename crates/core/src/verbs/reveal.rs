//! Reveal: show the secret to the first caller, and to nobody after.
//!
//! Everything that can fail comes before the claim, and the claim is one conditional
//! write. So a failure consumes nothing, and one of many concurrent callers wins.
//! Earlier steps leave time for the claim: if it were sent without time to receive its
//! answer, it could destroy a secret that nobody sees.

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

/// The dependencies of reveal.
pub struct RevealApp {
    /// Holds secrets and counters.
    pub table: Table,
    /// Unwraps data keys.
    pub keyring: OpeningKeyring,
    /// Limits fruitless calls without an account.
    pub limits: Limits,
    /// Limits parallel passphrase hashing.
    pub hashing: HashingSlots,
}

/// A revealed secret; the table no longer holds its text.
pub struct Revealed {
    /// The revealed text.
    pub text: SecretText,
    /// Custom domain of its link; `None` for the site's own host.
    pub share_domain: Option<Domain>,
}

/// Reveals the secret of `key` and destroys it; `key` is `None` if the key in the
/// request is malformed. `client` is the caller's network, for the limit on callers
/// without an account: it counts calls that find no open secret, and refuses only
/// those.
///
/// # Errors
/// [`Error::UnknownSecret`] if this key and passphrase open no secret;
/// [`Error::TooManyAttempts`] after too many guesses at the passphrase, or too many
/// fruitless calls from this network; [`Error::Unavailable`] if AWS does not answer in
/// time. Once the claim was sent, this may mean that the secret is gone.
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
        // Counted after the read, and only if it found nothing: a caller with a good link
        // is answered, regardless of other requests from the same address.
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

/// The key and its open secret, if there is one; a consistent read.
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
