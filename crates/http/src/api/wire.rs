//! The JSON of answers. Names and their order are those of the v1 API; numbers are
//! integers, booleans are booleans. The newer names of the same values follow.

use readonce_core::address::domain::Domain;
use readonce_core::receipt::{Receipt, State};
use readonce_core::time::UnixTime;
use serde::Serialize;

/// A receipt: the answer to share, generate and receipt, part of the answer to burn,
/// and an element of the recent list.
///
/// Members that do not apply to the state are missing: a received secret has neither
/// key nor link. A burned or expired one has an empty key.
#[derive(Serialize)]
pub struct ReceiptJson<'a> {
    custid: &'a str,
    metadata_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_key: Option<&'a str>,
    ttl: i64,
    metadata_ttl: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_ttl: Option<SecretTtl>,
    metadata_url: &'a str,
    state: &'static str,
    updated: i64,
    created: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<i64>,
    recipient: &'a [String],
    share_domain: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase_required: Option<bool>,
    // The newer names; each repeats a member above.
    identifier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_passphrase: Option<bool>,
    recipients: &'a [String],
    receipt_ttl: i64,
    receipt_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_value: Option<&'a str>,
    // Readonce's own: the link for the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_url: Option<&'a str>,
}

/// Seconds until the secret expires; null after it has ended.
#[derive(Serialize)]
struct SecretTtl(Option<i64>);

/// Derived values that [`ReceiptJson`] borrows.
pub struct ReceiptParts {
    metadata_url: String,
    secret_url: String,
    recipients: Vec<String>,
}

impl ReceiptParts {
    /// Derives them from a receipt.
    pub fn of(receipt: &Receipt) -> Self {
        Self {
            metadata_url: receipt.metadata_url(),
            secret_url: receipt.secret_url(),
            recipients: receipt.recipient.iter().cloned().collect(),
        }
    }

    /// The answer; `value` is the generated one, only for the call that generated it.
    pub fn json<'a>(
        &'a self,
        receipt: &'a Receipt,
        value: Option<&'a str>,
        now: UnixTime,
    ) -> ReceiptJson<'a> {
        let is_open = receipt.state.is_open();
        let secret_key = match receipt.state {
            State::New | State::Viewed(_) => Some(receipt.secret_key.expose()),
            State::Received(_) => None,
            State::Burned(_) | State::Expired(_) => Some(""),
        };
        let passphrase_required = is_open.then_some(receipt.passphrase_required);
        ReceiptJson {
            secret_key,
            secret_identifier: secret_key,
            secret_url: is_open.then_some(self.secret_url.as_str()),
            secret_ttl: secret_key.map(|_| SecretTtl(is_open.then(|| receipt.secret_seconds_left(now)))),
            passphrase_required,
            has_passphrase: passphrase_required,
            value,
            secret_value: value,
            ..self.listed(receipt, now)
        }
    }

    /// A receipt as an element of the recent list, without the secret's key.
    /// [`ReceiptParts::json`] adds the members for the holder of the receipt.
    pub fn listed<'a>(&'a self, receipt: &'a Receipt, now: UnixTime) -> ReceiptJson<'a> {
        let metadata_ttl = receipt.seconds_left(now);
        ReceiptJson {
            custid: receipt.creator.custid(),
            metadata_key: receipt.metadata_key.expose(),
            secret_key: None,
            ttl: receipt.ttl_seconds,
            metadata_ttl,
            secret_ttl: Some(SecretTtl(None)),
            metadata_url: &self.metadata_url,
            state: receipt.state.as_str(),
            updated: receipt.updated().seconds(),
            created: receipt.created.seconds(),
            received: match receipt.state {
                State::Received(at) => Some(at.seconds()),
                _ => None,
            },
            recipient: &self.recipients,
            share_domain: receipt.share_domain.as_ref().map_or("", Domain::as_str),
            value: None,
            passphrase_required: None,
            identifier: receipt.metadata_key.expose(),
            secret_identifier: None,
            has_passphrase: None,
            recipients: &self.recipients,
            receipt_ttl: metadata_ttl,
            receipt_url: &self.metadata_url,
            secret_value: None,
            secret_url: None,
        }
    }
}

/// The answer to burn.
#[derive(Serialize)]
pub struct BurnedJson<'a> {
    /// The receipt of the burned secret, under the API's name `state`.
    pub state: ReceiptJson<'a>,
    /// The first six characters of the secret's key.
    pub secret_shortkey: &'a str,
}

/// The answer to reveal.
#[derive(Serialize)]
pub struct RevealedJson<'a> {
    /// The revealed text.
    pub value: &'a str,
    /// The key as the caller sent it.
    pub secret_key: &'a str,
    /// The origin of its link, with scheme.
    pub share_domain: &'a str,
}

/// The answer to status and authcheck.
#[derive(Serialize)]
pub struct StatusJson {
    status: &'static str,
    locale: &'static str,
}

impl StatusJson {
    /// The answer of a working service.
    pub const NOMINAL: Self = Self { status: "nominal", locale: "en" };
}
