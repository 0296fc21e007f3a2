//! Sealing a text so that the table and KMS together cannot open it.
//!
//! [`seal`] writes the newest format. [`open`] reads every format that was ever
//! written; each has its own file.
//!
//! Each secret has its own sealing key, which depends on the link. The AAD covers every
//! stored field that matters, so that no row can be given the end, domain or verifier
//! of another row.

mod v1;

use crate::error::Result;
use crate::secret::claim::Opened;
use crate::secret::claim::sealed::{Binding, Sealed};
use crate::secret::data_key::DataKey;
use crate::secret::key::SecretKey;
use crate::secret::passphrase::PassphrasePart;
use crate::secret::text::SecretText;
use crate::table::row;

/// Seals `text` under `data_key`. The result includes the wrapped data key.
pub fn seal(
    text: &SecretText,
    data_key: &DataKey,
    secret_key: &SecretKey,
    passphrase_part: Option<&PassphrasePart>,
    binding: Binding<'_>,
) -> Sealed {
    v1::seal(text, data_key, secret_key, passphrase_part, binding)
}

/// Decrypts a sealed text in memory. It cannot be read yet; see [`Opened`].
///
/// # Errors
/// [`Error::Internal`](crate::Error::Internal) if the row, the keys or the binding differ from what was sealed.
pub fn open(
    sealed: &Sealed,
    data_key: &DataKey,
    secret_key: &SecretKey,
    passphrase_part: Option<&PassphrasePart>,
    binding: Binding<'_>,
) -> Result<Opened> {
    match sealed.version {
        v1::VERSION => v1::open(sealed, data_key, secret_key, passphrase_part, binding),
        other => Err(row::unknown_version(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::domain::Domain;
    use crate::aws::fake::FakeAws;
    use crate::call::Call;
    use crate::deadline::Deadline;
    use crate::secret::claim::row::OpenSecret;
    use crate::secret::hashing::HashingSlots;
    use crate::secret::key::{ClaimId, MetadataKey, SecretId};
    use crate::secret::passphrase::{self, Verifier};
    use crate::table::Table;
    use crate::time::UnixTime;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;
    use std::time::Duration;

    struct Fixture {
        data_key: DataKey,
        secret_key: SecretKey,
        share_domain: Domain,
        id: SecretId,
    }

    impl Fixture {
        fn new() -> Self {
            let secret_key = MetadataKey::random().secret_key();
            let id = secret_key.secret_id();
            let share_domain = Domain::parse("a.example").unwrap();
            Self { data_key: DataKey::new([7; 32], b"wrapped".to_vec()), secret_key, share_domain, id }
        }

        fn binding(&self) -> Binding<'_> {
            Binding {
                id: &self.id,
                ends: UnixTime::from_seconds(1_700_000_000),
                share_domain: Some(&self.share_domain),
                verifier: None,
            }
        }

        fn seal(&self, text: &str) -> Sealed {
            seal(&SecretText::new(text.to_owned()), &self.data_key, &self.secret_key, None, self.binding())
        }

        fn open(&self, sealed: &Sealed) -> Option<String> {
            self.open_bound(sealed, self.binding())
        }

        fn open_bound(&self, sealed: &Sealed, binding: Binding<'_>) -> Option<String> {
            let opened = open(sealed, &self.data_key, &self.secret_key, None, binding).ok()?;
            Some(opened.text.expose().to_owned())
        }
    }

    #[test]
    fn a_sealed_text_opens_unchanged() {
        let fixture = Fixture::new();
        for text in [
            "x",
            " \r\n\t",
            "0",
            "\u{80}",
            "\u{1F511} key",
            &"a".repeat(255),
            &"a".repeat(256),
            &"\u{1F511}".repeat(9_000),
        ] {
            assert_eq!(fixture.open(&fixture.seal(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_row_does_not_tell_the_length_of_its_text() {
        let fixture = Fixture::new();
        let length = |text: &str| fixture.seal(text).ciphertext.len();
        assert_eq!(length("x"), length(&"a".repeat(255)));
        assert_eq!(length("x"), 256 + 16);
        assert_eq!(length(&"a".repeat(256)), 512 + 16);
    }

    #[test]
    fn the_same_text_never_seals_to_the_same_bytes() {
        let fixture = Fixture::new();
        assert_ne!(fixture.seal("x").ciphertext, fixture.seal("x").ciphertext);
    }

    #[test]
    fn table_and_data_key_without_the_link_do_not_open() {
        let fixture = Fixture::new();
        let sealed = fixture.seal("x");
        let other_link = MetadataKey::random().secret_key();
        assert!(open(&sealed, &fixture.data_key, &other_link, None, fixture.binding()).is_err());
    }

    #[test]
    fn the_link_without_the_data_key_does_not_open() {
        let fixture = Fixture::new();
        let sealed = fixture.seal("x");
        let other = DataKey::new([8; 32], b"wrapped".to_vec());
        assert!(open(&sealed, &other, &fixture.secret_key, None, fixture.binding()).is_err());
    }

    #[test]
    fn another_rows_data_does_not_open() {
        let fixture = Fixture::new();
        let mut other = Fixture::new();
        let sealed = other.seal("x");
        assert!(fixture.open(&sealed).is_none());
        // Not even if both rows have the same link.
        other.secret_key = SecretKey::parse(fixture.secret_key.expose()).unwrap();
        assert!(fixture.open(&other.seal("x")).is_none());
    }

    #[test]
    fn without_its_passphrase_part_it_does_not_open() {
        let fixture = Fixture::new();
        let verifier = Verifier::from_stored([&[4][..], &[0; 48]].concat()).unwrap();
        let part = |byte| passphrase::tests_support::part([byte; 32]);
        let binding = Binding { verifier: Some(&verifier), ..fixture.binding() };
        let text = SecretText::new("x".to_owned());
        let sealed = seal(&text, &fixture.data_key, &fixture.secret_key, Some(&part(1)), binding);
        let opens = |part: Option<&PassphrasePart>, binding| {
            open(&sealed, &fixture.data_key, &fixture.secret_key, part, binding).is_ok()
        };
        assert!(opens(Some(&part(1)), binding));
        assert!(!opens(Some(&part(2)), binding));
        assert!(!opens(None, binding));
        assert!(!opens(Some(&part(1)), fixture.binding()), "the verifier was taken off");
    }

    #[test]
    fn a_text_with_a_flipped_bit_does_not_open() {
        let fixture = Fixture::new();
        let sealed = fixture.seal("x");
        for bit in 0..8 {
            let mask = 1 << bit;
            for at in 0..16 {
                let mut changed = sealed.clone();
                changed.salt[at] ^= mask;
                assert!(fixture.open(&changed).is_none());
            }
            for at in 0..12 {
                let mut changed = sealed.clone();
                changed.nonce[at] ^= mask;
                assert!(fixture.open(&changed).is_none());
            }
            for at in 0..sealed.ciphertext.len() {
                let mut changed = sealed.clone();
                changed.ciphertext[at] ^= mask;
                assert!(fixture.open(&changed).is_none());
            }
            let mut changed = sealed.clone();
            changed.version ^= mask;
            assert!(fixture.open(&changed).is_none());
        }
        for bit in 0..64 {
            let ends = UnixTime::from_seconds(fixture.binding().ends.seconds() ^ 1 << bit);
            assert!(fixture.open_bound(&sealed, Binding { ends, ..fixture.binding() }).is_none());
        }
        for share_domain in ["", "b.example", "a.exampl", "a.examplf"] {
            let share_domain = Domain::parse(share_domain);
            let share_domain = share_domain.as_ref();
            assert!(fixture.open_bound(&sealed, Binding { share_domain, ..fixture.binding() }).is_none());
        }
    }

    #[tokio::test]
    async fn only_a_claim_on_this_very_secret_releases_the_text() {
        // Every claim wins.
        let aws = FakeAws::new(|_| serde_json::json!({}));
        let table = Table::new(aws.config().dynamodb_client(), "secrets");
        let (ours, theirs) = (Fixture::new(), Fixture::new());
        let claimed = |fixture: &Fixture| OpenSecret {
            id: fixture.id.clone(),
            ends: fixture.binding().ends,
            receipt_ends: fixture.binding().ends,
            share_domain: None,
            verifier: None,
            sealed: fixture.seal("x"),
        };
        let now = UnixTime::from_seconds(1_600_000_000);
        for (secret, text) in [(claimed(&ours), Some("x")), (claimed(&theirs), None)] {
            let claim = table
                .claim(&secret, &ClaimId::random(), Call::new(now, Duration::from_mins(1)))
                .await
                .unwrap()
                .unwrap();
            let opened = open(&ours.seal("x"), &ours.data_key, &ours.secret_key, None, ours.binding());
            let released = opened.unwrap().release(&claim).ok();
            assert_eq!(released.as_ref().map(SecretText::expose), text);
        }
    }

    /// One row per format version, made independently with Python's `cryptography` from
    /// the specification. All later releases must open them.
    #[tokio::test]
    async fn rows_of_every_format_version_open() {
        for vector in [include_str!("../../../../testdata/sealed_v1.json")] {
            let vector: serde_json::Value = serde_json::from_str(vector).unwrap();
            let text = |name: &str| vector[name].as_str().unwrap().to_owned();
            let bytes = |name: &str| STANDARD.decode(text(name)).unwrap();
            let secret_key = SecretKey::parse(&text("secret_key")).unwrap();
            let id = secret_key.secret_id();
            let data_key = DataKey::new(bytes("data_key").try_into().unwrap(), Vec::new());
            let verifier = Verifier::from_stored(bytes("verifier")).unwrap();
            let passphrase = passphrase::Passphrase::given(text("passphrase").into()).unwrap();
            let slot = HashingSlots::default().slot(Deadline::after(Duration::from_mins(1))).await.unwrap();
            let part = passphrase::check(slot, &passphrase, &secret_key, &verifier).await.unwrap();
            let sealed = Sealed {
                version: u8::try_from(vector["version"].as_u64().unwrap()).unwrap(),
                salt: bytes("salt").try_into().unwrap(),
                nonce: bytes("nonce").try_into().unwrap(),
                ciphertext: bytes("ciphertext"),
                wrapped_data_key: Vec::new(),
            };
            let share_domain = Domain::parse(&text("share_domain"));
            let binding = Binding {
                id: &id,
                ends: UnixTime::from_seconds(vector["ends"].as_i64().unwrap()),
                share_domain: share_domain.as_ref(),
                verifier: Some(&verifier),
            };
            let opened = open(&sealed, &data_key, &secret_key, part.as_ref(), binding).unwrap();
            assert_eq!(opened.text.expose(), text("text"));
        }
    }

    proptest! {
        #[test]
        fn any_text_round_trips(text in ".*") {
            let fixture = Fixture::new();
            prop_assert_eq!(fixture.open(&fixture.seal(&text)), Some(text));
        }

        #[test]
        fn garbage_never_opens_and_never_panics(
            version: u8, salt: [u8; 16], nonce: [u8; 12], ciphertext: Vec<u8>, wrapped_data_key: Vec<u8>,
        ) {
            let fixture = Fixture::new();
            let sealed = Sealed { version, salt, nonce, ciphertext, wrapped_data_key };
            prop_assert_eq!(fixture.open(&sealed), None);
        }
    }
}
