//! What functions are asked to do.

use crate::functions::stock::Stock;
use crate::harness::programs::{BARE, BARE_HTTP, GENERATE, PAGE, Program, RECEIPT, REVEAL, SHARE, STATUS};
use readonce_tests::lambda::event;
use serde_json::{Value, json};

/// 100 bytes; every text of up to 255 is stored in as many.
const TEXT: &str =
    "one hundred bytes of text, as long as a password with a line or two on where it is used and for what";
/// What some secrets are locked with.
const PASSPHRASE: &str = "correct horse";
/// What every client sends, more or less.
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

/// Something that a function is asked again and again.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// In words; names it in what was observed.
    pub what: &'static str,
    /// Who is asked.
    pub program: Program,
    /// For what.
    pub work: Work,
    /// Are creations without an account limited, as in a stack with its defaults?
    pub limited: bool,
}

/// What one event asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A program that does nothing.
    Nothing,
    /// A new secret.
    Share,
    /// A new secret with a passphrase.
    ShareLocked,
    /// A new secret of an account.
    ShareSignedIn,
    /// A new value.
    Generate,
    /// A secret.
    Reveal,
    /// A secret with a passphrase.
    RevealLocked,
    /// A receipt that nobody has looked at.
    Receipt,
    /// The same receipt, again.
    ReceiptAgain,
    /// Destroying a secret unread.
    Burn,
    /// The account's recent receipts.
    Recent,
    /// The first page.
    HomePage,
    /// The page of a link.
    SecretPage,
    /// The page of a receipt.
    ReceiptPage,
    /// Is the service up?
    Status,
    /// Are these credentials good?
    AuthCheck,
}

const fn case(what: &'static str, program: Program, work: Work) -> Case {
    Case { what, program, work, limited: true }
}

/// What is timed: for each program the one thing it is there for.
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

/// The name of the case in which a secret is created, as most are.
pub const CREATE: &str = "share";
/// The name of the case in which its creator first looks at the receipt.
pub const LOOK: &str = "receipt, first look";
/// The name of the case in which it is revealed.
pub const TAKE: &str = "reveal";

/// Whose calls to AWS are observed.
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

/// Writes the events of one function, each from another address, so that no
/// limit is reached.
pub struct Events<'a> {
    stock: &'a Stock,
    authorization: String,
    again: String,
    sent: u32,
}

impl<'a> Events<'a> {
    /// Events for what is in stock.
    ///
    /// # Errors
    /// The embedded AWS does not answer.
    pub async fn new(stock: &'a Stock, email: &str) -> crate::Result<Self> {
        let authorization = stock.account(email).await?;
        let again = stock.secret(TEXT, None).await?.metadata_key.expose().to_owned();
        Ok(Self { stock, authorization, again, sent: 0 })
    }

    /// The next event.
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
