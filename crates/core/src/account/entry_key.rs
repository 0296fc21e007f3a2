//! The seal of the entries of an account's recent list.
//!
//! An entry holds a metadata key, sealed under a key that is derived from the account's
//! API token:
//!
//! ```text
//! entry key  = HKDF-SHA-256(token's digits, no salt, info = "readonce v1 recent")
//!                                                              (RFC 5869)
//! ciphertext = AES-256-GCM(entry key, random nonce, metadata key, AAD)
//!                                                       (NIST SP 800-38D)
//! ```
//!
//! The table alone lists nobody's receipts. Another token, or another account of the same
//! address, does not open earlier entries.

use crate::account::entry_row::{RecentEntry, entry_sort_key};
use crate::account::token::ApiToken;
use crate::random;
use crate::secret::key::MetadataKey;
use crate::time::UnixTime;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use zeroize::Zeroizing;

/// The format version that is written. Every earlier version can still be read.
const FORMAT_VERSION: u8 = 1;

/// The account that an entry's seal binds. An account that is created again under the
/// same address opens none of the earlier entries.
pub(crate) struct EntryOwner {
    /// The partition key of the account's row.
    pub(crate) partition: String,
    /// Creation time of the account. It tells a recreated account from its predecessor.
    pub(crate) account_created: UnixTime,
}

/// The AES-256-GCM key of an account's entries, derived from its API token.
pub(crate) struct EntryKey(LessSafeKey);

impl EntryKey {
    /// Derives the entry key from a token.
    pub(crate) fn of(token: &ApiToken) -> Self {
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(token.expose().as_bytes());
        let expanded = derived.expand(&[b"readonce v1 recent"], &AES_256_GCM);
        Self(LessSafeKey::new(UnboundKey::from(
            expanded.expect("HKDF-SHA-256 gives up to 8,160 bytes, and we take 32"),
        )))
    }

    /// Seals the metadata key of a receipt that was created at `created`.
    pub(crate) fn seal(
        &self,
        owner: &EntryOwner,
        created: UnixTime,
        metadata_key: &MetadataKey,
    ) -> RecentEntry {
        let sort_key = entry_sort_key(created, &metadata_key.receipt_id());
        let nonce = random::bytes();
        let aad = Aad::from(authenticated_data(FORMAT_VERSION, owner, &sort_key));
        let mut buffer = Zeroizing::new(Vec::with_capacity(64));
        buffer.extend_from_slice(metadata_key.expose().as_bytes());
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut *buffer)
            .expect("AES-GCM takes up to 64 GiB");
        RecentEntry {
            version: FORMAT_VERSION,
            nonce,
            // The buffer holds only ciphertext by now, so it need not be wiped.
            ciphertext: std::mem::take(&mut *buffer),
            sort_key,
        }
    }

    /// Opens an entry. `None` if it belongs to another token, or to an earlier account
    /// of the same address.
    pub(crate) fn open(&self, owner: &EntryOwner, entry: &RecentEntry) -> Option<MetadataKey> {
        if entry.version != FORMAT_VERSION {
            return None;
        }
        let aad = Aad::from(authenticated_data(entry.version, owner, &entry.sort_key));
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
fn authenticated_data(version: u8, owner: &EntryOwner, sort_key: &str) -> Vec<u8> {
    let mut data = vec![version];
    data.extend_from_slice(&owner.account_created.seconds().to_be_bytes());
    for field in [owner.partition.as_str(), sort_key] {
        let length = u32::try_from(field.len()).expect("a key of a row is at most 2 KB");
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(field.as_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
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
        let opened = EntryKey::of(&token()).open(&account().entry_owner(), &entry_of_version_1()).unwrap();
        assert_eq!(opened.expose(), METADATA_KEY);
    }

    #[test]
    fn an_entry_opens_only_in_its_own_row() {
        let key = EntryKey::of(&token());
        let opens = |change: fn(&mut RecentEntry, &mut Account)| {
            let (mut entry, mut account) = (entry_of_version_1(), account());
            change(&mut entry, &mut account);
            key.open(&account.entry_owner(), &entry).is_some()
        };
        assert!(opens(|_, _| {}));
        assert!(!opens(|entry, _| entry.sort_key.push('x')));
        assert!(!opens(|entry, _| entry.nonce[0] ^= 1));
        assert!(!opens(|entry, _| entry.ciphertext[0] ^= 1));
        assert!(!opens(|entry, _| entry.version = 2));
        assert!(!opens(|_, account| account.email = EmailAddress::parse("jo@example.com").unwrap()));
        assert!(!opens(|_, account| account.created = account.created.plus(1)));
        let other = EntryKey::of(&ApiToken::random());
        assert!(other.open(&account().entry_owner(), &entry_of_version_1()).is_none());
    }
}
