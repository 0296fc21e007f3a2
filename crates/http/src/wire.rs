//! The JSON of answers: names and order of the v1 API, where numbers are
//! integers and booleans are booleans, then the newer names of the same values.

use readonce_core::receipt::Receipt;
use readonce_core::time::UnixTime;
use serde::Serialize;

/// The answer to share and generate.
#[derive(Serialize)]
pub struct CreatedJson<'a> {
    custid: &'a str,
    metadata_key: &'a str,
    secret_key: &'a str,
    ttl: i64,
    metadata_ttl: i64,
    secret_ttl: i64,
    metadata_url: &'a str,
    state: &'static str,
    updated: i64,
    created: i64,
    recipient: &'a [String],
    share_domain: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    passphrase_required: bool,
    // The newer names, each a twin of one above.
    identifier: &'a str,
    secret_identifier: &'a str,
    has_passphrase: bool,
    recipients: &'a [String],
    receipt_ttl: i64,
    receipt_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_value: Option<&'a str>,
    // Ours alone: the link to hand over.
    secret_url: &'a str,
}

/// What [`CreatedJson`] borrows from beside the receipt.
pub struct CreatedParts {
    metadata_url: String,
    secret_url: String,
    recipients: Vec<String>,
}

impl CreatedParts {
    /// The parts of a receipt.
    pub fn of(receipt: &Receipt) -> Self {
        Self {
            metadata_url: receipt.metadata_url(),
            secret_url: receipt.secret_url(),
            recipients: receipt.recipient.iter().cloned().collect(),
        }
    }

    /// The answer; `value` is the generated one.
    pub fn json<'a>(
        &'a self,
        receipt: &'a Receipt,
        value: Option<&'a str>,
        now: UnixTime,
    ) -> CreatedJson<'a> {
        let metadata_ttl = receipt.ends().since(now);
        CreatedJson {
            custid: &receipt.custid,
            metadata_key: receipt.metadata_key.expose(),
            secret_key: receipt.secret_key.expose(),
            ttl: receipt.ttl_seconds,
            metadata_ttl,
            secret_ttl: receipt.secret_ends().since(now),
            metadata_url: &self.metadata_url,
            state: "new",
            updated: receipt.created.seconds(),
            created: receipt.created.seconds(),
            recipient: &self.recipients,
            share_domain: &receipt.share_domain,
            value,
            passphrase_required: receipt.passphrase_required,
            identifier: receipt.metadata_key.expose(),
            secret_identifier: receipt.secret_key.expose(),
            has_passphrase: receipt.passphrase_required,
            recipients: &self.recipients,
            receipt_ttl: metadata_ttl,
            receipt_url: &self.metadata_url,
            secret_value: value,
            secret_url: &self.secret_url,
        }
    }
}

/// The answer to reveal.
#[derive(Serialize)]
pub struct RevealedJson<'a> {
    /// The secret.
    pub value: &'a str,
    /// Its key.
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
    /// All is well.
    pub const NOMINAL: Self = Self { status: "nominal", locale: "en" };
}
