//! Caches of data keys from KMS.
//!
//! A data key seals up to 1,000 secrets or is used for five minutes, whichever ends
//! first. An unwrapped key is kept for no longer. So most requests pay neither KMS's
//! price nor its latency, and a stolen memory image opens little.
//!
//! There are two types, because no function may do both: a function that stores has no
//! permission to unwrap keys, and one that reveals none to generate them.

use crate::aws;
use crate::aws::operation::Operation;
use crate::call::Call;
use crate::error::Result;
use crate::secret::data_key::DataKey;
use crate::time::UnixTime;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Maximum age of a data key, in seconds of wall-clock time. A frozen execution
/// environment cannot wipe its memory, so the age is checked at use.
pub const MAX_USE_SECONDS: i64 = 300;
/// Maximum time, in seconds, by which a use may precede the key's first use. Times are
/// those at which requests came in.
const SLACK_SECONDS: i64 = 20;
/// Maximum number of secrets that one data key seals, or opens.
pub const MAX_USES: u32 = 1_000;
/// Maximum number of unwrapped keys in memory; beyond it the oldest is dropped.
const MAX_UNWRAPPED: usize = 64;

/// The KMS key that wraps data keys, and the parameters of every call to it.
#[derive(Clone, Debug)]
pub struct MasterKey {
    /// ARN or id. Every call names it, so that KMS uses no other key.
    pub key_id: String,
    /// Name of the table, which is part of the encryption context. The key policy
    /// refuses any other.
    pub table: String,
}

impl MasterKey {
    /// The encryption context of every call: the name of the table.
    pub fn encryption_context(&self) -> HashMap<String, String> {
        HashMap::from([
            ("service".to_owned(), "readonce".to_owned()),
            ("table".to_owned(), self.table.clone()),
        ])
    }
}

/// A data key in use.
struct InUse {
    key: Arc<DataKey>,
    since: UnixTime,
    uses: u32,
}

impl InUse {
    fn first(key: Arc<DataKey>, now: UnixTime) -> Self {
        Self { key, since: now, uses: 1 }
    }

    /// Both bounds are needed, because a clock that is set back must not prolong a
    /// key's life. A request that came in just before the one that fetched the key may
    /// use it.
    fn is_fresh(&self, now: UnixTime) -> bool {
        self.uses < MAX_USES && (-SLACK_SECONDS..MAX_USE_SECONDS).contains(&now.since(self.since))
    }

    fn again(&mut self) -> Arc<DataKey> {
        self.uses += 1;
        Arc::clone(&self.key)
    }
}

/// Provides data keys for sealing, one at a time.
pub struct SealingKeyring {
    kms: Client,
    master: MasterKey,
    // Held during the call to KMS, so that parallel requests share one key.
    current: tokio::sync::Mutex<Option<InUse>>,
}

impl SealingKeyring {
    /// A keyring without a key; the first use fetches one.
    pub fn new(kms: Client, master: MasterKey) -> Self {
        Self { kms, master, current: tokio::sync::Mutex::default() }
    }

    /// A data key for sealing one secret.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) if KMS does not answer or refuses.
    pub async fn data_key(&self, call: Call) -> Result<Arc<DataKey>> {
        call.deadline.run(Operation::GenerateDataKey, self.data_key_now(call)).await
    }

    async fn data_key_now(&self, call: Call) -> Result<Arc<DataKey>> {
        let mut current = self.current.lock().await;
        if let Some(in_use) = current.as_mut().filter(|in_use| in_use.is_fresh(call.now)) {
            return Ok(in_use.again());
        }
        // The key is wiped when the last secret is sealed with it.
        *current = None;
        let make = self.kms.generate_data_key().key_id(&self.master.key_id).key_spec(DataKeySpec::Aes256);
        let make = make.set_encryption_context(Some(self.master.encryption_context()));
        let answer = make.send().await;
        let answer = answer.map_err(|error| aws::unavailable(Operation::GenerateDataKey, &error))?;
        let wrapped = answer.ciphertext_blob.map(Blob::into_inner).unwrap_or_default();
        let key = Arc::new(DataKey::from_answer(answer.plaintext, wrapped)?);
        *current = Some(InUse::first(Arc::clone(&key), call.now));
        Ok(key)
    }
}

/// Unwraps data keys for opening, and keeps the recent ones.
pub struct OpeningKeyring {
    kms: Client,
    master: MasterKey,
    unwrapped: Mutex<Vec<InUse>>,
}

impl OpeningKeyring {
    /// A keyring without keys.
    pub fn new(kms: Client, master: MasterKey) -> Self {
        Self { kms, master, unwrapped: Mutex::default() }
    }

    /// The data key whose wrapped form is `wrapped`, from memory or from KMS.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) if KMS does not answer or refuses.
    pub async fn unwrap(&self, wrapped: &[u8], call: Call) -> Result<Arc<DataKey>> {
        if let Some(key) = self.kept(wrapped, call.now) {
            return Ok(key);
        }
        let decrypt = self.kms.decrypt().key_id(&self.master.key_id).ciphertext_blob(Blob::new(wrapped));
        let decrypt = decrypt.set_encryption_context(Some(self.master.encryption_context()));
        let answer = Operation::Decrypt.send(call.deadline, decrypt.send()).await?;
        let key = Arc::new(DataKey::from_answer(answer.plaintext, wrapped.to_vec())?);
        let mut unwrapped = self.unwrapped.lock().unwrap_or_else(PoisonError::into_inner);
        if unwrapped.len() >= MAX_UNWRAPPED {
            unwrapped.remove(0);
        }
        unwrapped.push(InUse::first(Arc::clone(&key), call.now));
        Ok(key)
    }

    fn kept(&self, wrapped: &[u8], now: UnixTime) -> Option<Arc<DataKey>> {
        let mut unwrapped = self.unwrapped.lock().unwrap_or_else(PoisonError::into_inner);
        unwrapped.retain(|in_use| in_use.is_fresh(now));
        unwrapped.iter_mut().find(|in_use| in_use.key.wrapped() == wrapped).map(InUse::again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::fake::FakeAws;
    use crate::error::Error;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::{Value, json};
    use std::time::Duration;

    const START: UnixTime = UnixTime::from_seconds(1_000);

    /// A KMS whose only data key consists of sevens.
    fn kms() -> FakeAws {
        FakeAws::new(
            |_| json!({ "Plaintext": STANDARD.encode([7; 32]), "CiphertextBlob": STANDARD.encode(b"wrapped") }),
        )
    }

    fn master() -> MasterKey {
        MasterKey { key_id: "key".to_owned(), table: "secrets".to_owned() }
    }

    fn at(now: UnixTime) -> Call {
        Call::new(now, Duration::from_mins(1))
    }

    #[tokio::test]
    async fn one_data_key_seals_for_five_minutes() {
        let kms = kms();
        let keyring = SealingKeyring::new(kms.config().kms_client(), master());
        for (seconds, calls) in [(0, 1), (299, 0), (300, 1), (301, 0)] {
            let key = keyring.data_key(at(START.plus(seconds))).await.unwrap();
            assert_eq!((key.as_bytes(), key.wrapped()), (&[7; 32], &b"wrapped"[..]));
            assert_eq!(kms.take_calls().len(), calls, "{seconds}");
        }
    }

    #[tokio::test]
    async fn each_wrapped_key_is_unwrapped_once() {
        let kms = kms();
        let keyring = OpeningKeyring::new(kms.config().kms_client(), master());
        for (wrapped, calls) in [(b"one", 1), (b"two", 1), (b"one", 0), (b"two", 0)] {
            let key = keyring.unwrap(wrapped, at(START)).await.unwrap();
            assert_eq!((key.as_bytes(), key.wrapped()), (&[7; 32], &wrapped[..]));
            assert_eq!(kms.take_calls().len(), calls);
        }
        keyring.unwrap(b"one", at(START.plus(MAX_USE_SECONDS))).await.unwrap();
        assert_eq!(kms.take_calls().len(), 1, "it was too old");
    }

    #[tokio::test]
    async fn the_oldest_unwrapped_key_is_dropped_first() {
        let kms = kms();
        let keyring = OpeningKeyring::new(kms.config().kms_client(), master());
        let most = u8::try_from(MAX_UNWRAPPED).unwrap();
        for number in 0..=most {
            keyring.unwrap(&[number], at(START)).await.unwrap();
        }
        kms.take_calls();
        for number in 1..=most {
            keyring.unwrap(&[number], at(START)).await.unwrap();
        }
        assert_eq!(kms.take_calls(), [] as [Value; 0]);
        keyring.unwrap(&[0], at(START)).await.unwrap();
        assert_eq!(kms.take_calls().len(), 1);
    }

    #[tokio::test]
    async fn every_call_names_the_key_and_the_table() {
        let kms = kms();
        SealingKeyring::new(kms.config().kms_client(), master()).data_key(at(START)).await.unwrap();
        OpeningKeyring::new(kms.config().kms_client(), master()).unwrap(b"x", at(START)).await.unwrap();
        let context = json!({ "service": "readonce", "table": "secrets" });
        let expected = [
            json!({ "KeyId": "key", "EncryptionContext": context, "KeySpec": "AES_256" }),
            json!({ "KeyId": "key", "EncryptionContext": context, "CiphertextBlob": STANDARD.encode(b"x") }),
        ];
        assert_eq!(kms.take_calls(), expected);
    }

    #[tokio::test]
    async fn malformed_data_keys_are_refused() {
        let wrapped = STANDARD.encode(b"wrapped");
        for answer in [
            json!({}),
            json!({ "Plaintext": STANDARD.encode([7; 32]) }),
            json!({ "Plaintext": STANDARD.encode([7; 16]), "CiphertextBlob": wrapped }),
            json!({ "CiphertextBlob": wrapped }),
        ] {
            let kms = FakeAws::new(move |_| answer.clone());
            let keyring = SealingKeyring::new(kms.config().kms_client(), master());
            assert!(matches!(keyring.data_key(at(START)).await, Err(Error::Internal(_))));
        }
    }

    #[test]
    fn a_data_key_is_fresh_for_five_minutes_and_a_thousand_uses() {
        let start = UnixTime::from_seconds(1_000);
        let mut in_use = InUse::first(Arc::new(DataKey::new([0; 32], Vec::new())), start);
        assert!(in_use.is_fresh(start.plus(299)));
        assert!(!in_use.is_fresh(start.plus(300)));
        assert!(!in_use.is_fresh(start.plus(-21)), "the clock was set back");
        for _ in 1..1_000 {
            assert!(in_use.is_fresh(start));
            in_use.again();
        }
        assert!(!in_use.is_fresh(start));
    }
}
