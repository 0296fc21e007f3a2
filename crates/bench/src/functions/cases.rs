//! The requests that are measured.

use crate::functions::stock::Stock;
use crate::harness::programs::{BARE, BARE_HTTP, GENERATE, PAGE, Program, RECEIPT, REVEAL, SHARE, STATUS};
use readonce_tests::lambda::event;
use serde_json::{Value, json};

/// 100 bytes; every text of up to 255 bytes takes as much space.
const TEXT: &str =
    "one hundred bytes of text, as long as a password with a line or two on where it is used and for what";
/// Passphrase of the locked secrets.
const PASSPHRASE: &str = "correct horse";
/// Headers of a typical client.
const HEADERS: [(&str, &str); 8] = [
    ("accept", "application/json"),
    ("accept-encoding", "gzip, deflate, br"),
    ("content-type", "application/x-www-form-urlencoded"),
    ("host", "eu.readonce.example"),
    ("user-agent", "curl/8.14.1"),
    ("x-amzn-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"),
    ("x-forwarded-for", "192.0.2.1"),
    ("x-forwarded-proto", "https"),
];

/// A request that a function receives repeatedly.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Name of the case, in words; the key of its results.
    pub what: &'static str,
    /// The function that is called.
    pub program: Program,
    /// The kind of event that it receives.
    pub work: Work,
    /// Whether creations without an account are limited, as in a stack with default
    /// parameters.
    pub limited: bool,
}

/// The request in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// For a program that does nothing.
    Nothing,
    /// Share without an account.
    Share,
    /// Share with a passphrase.
    ShareLocked,
    /// Share with an account.
    ShareSignedIn,
    /// Generate without an account.
    Generate,
    /// Reveal.
    Reveal,
    /// Reveal with a passphrase.
    RevealLocked,
    /// First look at a receipt.
    Receipt,
    /// Second look at the same receipt.
    ReceiptAgain,
    /// Burn.
    Burn,
    /// Recent list of the account.
    Recent,
    /// Page that creates a link.
    HomePage,
    /// Page of a link.
    SecretPage,
    /// Page of a receipt.
    ReceiptPage,
    /// Status.
    Status,
    /// Check of credentials.
    AuthCheck,
}

const fn case(what: &'static str, program: Program, work: Work) -> Case {
    Case { what, program, work, limited: true }
}

/// The cases that are timed: for each program its main purpose.
pub const TIMED: [Case; 8] = [
    case("bare", BARE, Work::Nothing),
    case("bare, lambda_http", BARE_HTTP, Work::Nothing),
    case("share", SHARE, Work::Share),
    case("generate", GENERATE, Work::Generate),
    case("reveal", REVEAL, Work::Reveal),
    case("receipt", RECEIPT, Work::Receipt),
    case("page of a link", PAGE, Work::SecretPage),
    case("status", STATUS, Work::Status),
];

/// Name of the case that creates a secret, without an account.
pub const CREATE: &str = "share";
/// Name of the case in which a creator first looks at the receipt.
pub const LOOK: &str = "receipt, first look";
/// Name of the case that reveals a secret.
pub const TAKE: &str = "reveal";

/// The cases whose calls to AWS are observed.
pub const OBSERVED: [Case; 15] = [
    case(CREATE, SHARE, Work::Share),
    Case { limited: false, ..case("share, no limits", SHARE, Work::Share) },
    case("share, passphrase", SHARE, Work::ShareLocked),
    case("share, account", SHARE, Work::ShareSignedIn),
    case("generate", GENERATE, Work::Generate),
    Case { limited: false, ..case("generate, no limits", GENERATE, Work::Generate) },
    case(TAKE, REVEAL, Work::Reveal),
    case("reveal, passphrase", REVEAL, Work::RevealLocked),
    case(LOOK, RECEIPT, Work::Receipt),
    case("receipt, later look", RECEIPT, Work::ReceiptAgain),
    case("burn", RECEIPT, Work::Burn),
    case("recent", RECEIPT, Work::Recent),
    case("page of a link", PAGE, Work::SecretPage),
    case("page of a receipt", PAGE, Work::ReceiptPage),
    case("authcheck", STATUS, Work::AuthCheck),
];

/// Generates the events of one function, each from a different address, so that no
/// limit is reached.
pub struct Events<'a> {
    stock: &'a Stock,
    authorization: String,
    again: String,
    sent: u32,
}

impl<'a> Events<'a> {
    /// Creates events that use the stocked secrets and account.
    ///
    /// # Errors
    /// The embedded AWS does not answer.
    pub async fn new(stock: &'a Stock, email: &str) -> crate::Result<Self> {
        let authorization = stock.account(email).await?;
        let again = stock.secret(TEXT, None).await?.metadata_key.expose().to_owned();
        Ok(Self { stock, authorization, again, sent: 0 })
    }

    /// Generates the next event, and the secret that it needs.
    ///
    /// # Errors
    /// The embedded AWS does not answer.
    pub async fn next(&mut self, work: Work) -> crate::Result<Value> {
        let secret = TEXT.replace(' ', "+").replace(',', "%2C");
        let share = format!("secret={secret}&ttl=3600");
        let locked = format!("passphrase={}", PASSPHRASE.replace(' ', "+"));
        let (method, path, body) = match work {
            Work::Nothing | Work::Status => ("GET", "/api/v1/status".to_owned(), None),
            Work::Share | Work::ShareSignedIn => ("POST", "/api/v1/share".to_owned(), Some(share)),
            Work::ShareLocked => ("POST", "/api/v1/share".to_owned(), Some(format!("{share}&{locked}"))),
            Work::Generate => ("POST", "/api/v1/generate".to_owned(), Some("ttl=3600".to_owned())),
            Work::Reveal => ("POST", format!("/api/v1/secret/{}", self.secret_key(None).await?), None),
            Work::RevealLocked => {
                let key = self.secret_key(Some(PASSPHRASE)).await?;
                ("POST", format!("/api/v1/secret/{key}"), Some(locked))
            }
            Work::Receipt => ("GET", format!("/api/v1/private/{}", self.metadata_key().await?), None),
            Work::ReceiptAgain => ("GET", format!("/api/v1/private/{}", self.again), None),
            Work::Burn => ("POST", format!("/api/v1/private/{}/burn", self.metadata_key().await?), None),
            Work::Recent => ("GET", "/api/v1/private/recent".to_owned(), None),
            Work::HomePage => ("GET", "/".to_owned(), None),
            Work::SecretPage => ("GET", format!("/secret/{}", self.secret_key(None).await?), None),
            Work::ReceiptPage => ("GET", format!("/private/{}", self.metadata_key().await?), None),
            Work::AuthCheck => ("GET", "/api/v1/authcheck".to_owned(), None),
        };
        let mut headers = HEADERS.to_vec();
        if matches!(work, Work::ShareSignedIn | Work::Recent | Work::AuthCheck) {
            headers.push(("authorization", &self.authorization));
        }
        let mut event = event(method, &path, "", &headers, body.as_deref());
        self.sent += 1;
        let [_, high, middle, low] = self.sent.to_be_bytes();
        event["requestContext"]["http"]["sourceIp"] = json!(format!("10.{high}.{middle}.{low}"));
        Ok(event)
    }

    async fn secret_key(&self, passphrase: Option<&str>) -> crate::Result<String> {
        Ok(self.stock.secret(TEXT, passphrase).await?.secret_key.expose().to_owned())
    }

    async fn metadata_key(&self) -> crate::Result<String> {
        Ok(self.stock.secret(TEXT, None).await?.metadata_key.expose().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_of_the_size_that_it_says() {
        assert_eq!(TEXT.len(), 100);
    }
}
