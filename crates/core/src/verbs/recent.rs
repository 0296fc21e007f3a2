//! Recent: what an account has made in the last 30 days.
//!
//! Entries stand under the account and hold the metadata key, sealed under a
//! key that follows from the account's API token:
//!
//! ```text
//! entry key  = HKDF-SHA-256(token's digits, no salt, info = "readonce v1 recent")
//!                                                              (RFC 5869)
//! ciphertext = AES-256-GCM(entry key, random nonce, metadata key, AAD)
//!                                                       (NIST SP 800-38D)
//! ```
//!
//! So the table alone lists nobody's receipts, and with another token, or
//! another account of the same address, the earlier entries do not open.

use crate::account::entry_row::{RecentEntry, entry_sort_key};
use crate::account::{Account, ApiToken, SignedIn};
use crate::deadline::Deadline;
use crate::error::Result;
use crate::limits::Limits;
use crate::random;
use crate::receipt::{self, Look, Receipt};
use crate::secret::key::MetadataKey;
use crate::table::Table;
use crate::time::{DAY_SECONDS, UnixTime};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use zeroize::Zeroizing;

/// How far back the list goes.
pub const DAYS: i64 = 30;
/// Most receipts in the list.
pub const MOST_RECEIPTS: usize = 100;

/// The format that is written. Every format that was ever written is read.
const FORMAT_VERSION: u8 = 1;
/// Receipts that are looked into at once. One that has ended needs a write, and each
/// write side by side a connection; no more than are kept (see `http_client`).
const AT_ONCE: usize = 3;

/// The newest receipts of an account, newest first. Those that have ended, and
/// those of creations that failed, are left out.
///
/// # Errors
/// [`Error::TooManyAttempts`](crate::Error::TooManyAttempts),
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub async fn recent(
    table: &Table,
    limits: &Limits,
    signed_in: &SignedIn,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Vec<Receipt>> {
    let account = &signed_in.account;
    limits.list(table, account, now, deadline).await?;
    let partition = account.recent_partition();
    let since = now.plus(-DAYS * DAY_SECONDS);
    let mut receipts = Vec::new();
    let mut next = None;
    loop {
        let page = table.recent_entries(&partition, since, now, next);
        let page = deadline.run("DynamoDB Query (recent)", page).await?;
        let keys: Vec<MetadataKey> =
            page.entries.iter().filter_map(|entry| signed_in.entry_key.open(account, entry)).collect();
        let mut keys = keys.into_iter().peekable();
        while keys.peek().is_some() && receipts.len() < MOST_RECEIPTS {
            let some = keys.by_ref().take(MOST_RECEIPTS).collect();
            receipts.extend(read_all(table, some, now, deadline).await?);
        }
        next = page.next;
        if next.is_none() || receipts.len() >= MOST_RECEIPTS {
            receipts.truncate(MOST_RECEIPTS);
            return Ok(receipts);
        }
    }
}

/// The receipts of these keys that there still are, in their order.
async fn read_all(
    table: &Table,
    keys: Vec<MetadataKey>,
    now: UnixTime,
    deadline: Deadline,
) -> Result<Vec<Receipt>> {
    let receipt_ids: Vec<_> = keys.iter().map(MetadataKey::receipt_id).collect();
    let secret_ids: Vec<_> = keys.iter().map(|key| key.secret_key().secret_id()).collect();
    let (mut stored, mut states) = futures_util::future::try_join(
        deadline.run("DynamoDB BatchGetItem (receipts)", table.stored_receipts(&receipt_ids)),
        deadline.run("DynamoDB BatchGetItem (secrets)", table.secret_states(&secret_ids)),
    )
    .await?;
    let found = keys.into_iter().zip(receipt_ids).zip(secret_ids).filter_map(|((key, receipt), secret)| {
        let stored = stored.remove(receipt.as_str())?;
        Some(receipt::told(
            table,
            key,
            stored,
            states.remove(secret.as_str()),
            Look::DoesNotCount,
            now,
            deadline,
        ))
    });
    let told: Vec<Option<Receipt>> = stream::iter(found).buffered(AT_ONCE).try_collect().await?;
    Ok(told.into_iter().flatten().collect())
}

/// When a receipt is listed no longer.
pub(crate) fn entry_ends(receipt: &Receipt) -> UnixTime {
    receipt.ends().min(receipt.created.plus(DAYS * DAY_SECONDS))
}

/// What an account's entries are sealed under.
pub(crate) struct EntryKey(LessSafeKey);

impl EntryKey {
    /// The entry key of a token.
    pub(crate) fn of(token: &ApiToken) -> Self {
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(token.expose().as_bytes());
        let expanded = derived.expand(&[b"readonce v1 recent"], &AES_256_GCM);
        Self(LessSafeKey::new(UnboundKey::from(
            expanded.expect("HKDF-SHA-256 gives up to 8,160 bytes, and we take 32"),
        )))
    }

    /// The entry of a receipt.
    pub(crate) fn seal(&self, account: &Account, receipt: &Receipt) -> RecentEntry {
        let sort_key = entry_sort_key(receipt.created, &receipt.metadata_key.receipt_id());
        let nonce = random::bytes();
        let aad = Aad::from(authenticated_data(FORMAT_VERSION, account, &sort_key));
        let mut buffer = Zeroizing::new(Vec::with_capacity(64));
        buffer.extend_from_slice(receipt.metadata_key.expose().as_bytes());
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut *buffer)
            .expect("AES-GCM takes up to 64 GiB");
        RecentEntry {
            version: FORMAT_VERSION,
            nonce,
            // What is taken out of the wiping buffer is ciphertext by now.
            ciphertext: std::mem::take(&mut *buffer),
            sort_key,
        }
    }

    /// The metadata key of an entry; `None` if it is another token's, or
    /// another account's of the same address.
    fn open(&self, account: &Account, entry: &RecentEntry) -> Option<MetadataKey> {
        if entry.version != FORMAT_VERSION {
            return None;
        }
        let aad = Aad::from(authenticated_data(entry.version, account, &entry.sort_key));
        let mut buffer = Zeroizing::new(entry.ciphertext.clone());
        let nonce = Nonce::assume_unique_for_key(entry.nonce);
        let opened = self.0.open_in_place(nonce, aad, &mut buffer).ok()?;
        MetadataKey::parse(std::str::from_utf8(opened).ok()?)
    }
}

/// The AAD:
///
/// | bytes | what |
/// |---|---|
/// | 1 | format version |
/// | 8 | when the account was made, Unix seconds, big-endian |
/// | 4 + n | length, big-endian, and bytes of the account's partition key |
/// | 4 + n | the same of the entry's sort key |
fn authenticated_data(version: u8, account: &Account, sort_key: &str) -> Vec<u8> {
    let mut data = vec![version];
    data.extend_from_slice(&account.created.seconds().to_be_bytes());
    for field in [account.partition().as_str(), sort_key] {
        let length = u32::try_from(field.len()).expect("a key of a row is at most 2 KB");
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(field.as_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::email::EmailAddress;
    use crate::plan::PlanName;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    const METADATA_KEY: &str = "0123456789abcdefghijklmnopqrstu";

    fn token() -> ApiToken {
        ApiToken::parse(&"0a".repeat(32)).unwrap()
    }

    fn account() -> Account {
        let email = EmailAddress::parse("Tom@example.com").unwrap();
        Account::new(email, PlanName::Basic, &token(), UnixTime::from_seconds(1_700_000_000))
    }

    /// Computed independently, with Python's `cryptography`; see docs/formats.md.
    fn entry_of_version_1() -> RecentEntry {
        RecentEntry {
            sort_key: "recent#001700000100#yOI9SQI_EZYhGzfivNfFfN-wnlfA95oiWI6-kR0kDKQ".to_owned(),
            version: 1,
            nonce: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            ciphertext: STANDARD
                .decode("Gm3ZtkVkRVD83QVTnJX6wwFMoMa38rtqUsoUldHTo73RtJ50MC4WYHmltFARkvo=")
                .unwrap(),
        }
    }

    #[test]
    fn an_entry_of_version_1_opens() {
        let opened = EntryKey::of(&token()).open(&account(), &entry_of_version_1()).unwrap();
        assert_eq!(opened.expose(), METADATA_KEY);
    }

    #[test]
    fn an_entry_opens_in_its_own_place_alone() {
        let key = EntryKey::of(&token());
        let opens = |change: fn(&mut RecentEntry, &mut Account)| {
            let (mut entry, mut account) = (entry_of_version_1(), account());
            change(&mut entry, &mut account);
            key.open(&account, &entry).is_some()
        };
        assert!(opens(|_, _| {}));
        assert!(!opens(|entry, _| entry.sort_key.push('x')));
        assert!(!opens(|entry, _| entry.nonce[0] ^= 1));
        assert!(!opens(|entry, _| entry.ciphertext[0] ^= 1));
        assert!(!opens(|entry, _| entry.version = 2));
        assert!(!opens(|_, account| account.email = EmailAddress::parse("jo@example.com").unwrap()));
        assert!(!opens(|_, account| account.created = account.created.plus(1)));
        let other = EntryKey::of(&ApiToken::random());
        assert!(other.open(&account(), &entry_of_version_1()).is_none());
    }
}
