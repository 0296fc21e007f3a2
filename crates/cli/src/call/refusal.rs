//! Maps a server's refusal to a failure. Readonce tells refusals apart by status; the
//! service whose API this is answers 404 to everything, so the text decides first.

use crate::call::wire::Refusal;
use crate::failure::{Failure, Kind, Said};
use crate::server::link::{BaseUrl, PlainHttp};
use crate::words;
use reqwest::Url;

/// The longest message of a server that is repeated.
const MAX_MESSAGE: usize = 300;

/// An answer with a status other than 2xx.
pub(crate) struct Refused<'a> {
    /// The status code.
    pub(crate) status: u16,
    /// The `Retry-After` header.
    pub(crate) retry_after: Option<&'a str>,
    /// The `Location` header.
    pub(crate) location: Option<&'a str>,
    /// The body.
    pub(crate) body: &'a [u8],
    /// The server's URL, for a person.
    pub(crate) server: &'a str,
}

impl Refused<'_> {
    /// In words, with an exit code.
    pub(crate) fn failure(&self) -> Failure {
        let message = serde_json::from_slice::<Refusal>(self.body).ok().and_then(|refusal| refusal.message);
        let message = message.map(|text| shortened(&text));
        match (message.as_deref(), self.status) {
            (Some("Unknown secret"), _) => Failure::new(Kind::UnknownSecret, "Unknown secret"),
            (_, 429) => self.limit(),
            (Some(text), _) if text.to_lowercase().contains("rate limit") => self.limit(),
            (Some(text), _) if is_about_credentials(text) => self.credentials(text),
            (text, 401) => self.credentials(text.unwrap_or("Not authorized")),
            (_, 300..=399) => self.redirect(),
            // A gateway's own words, in front of a server or in its place.
            (Some("Not Found"), 404) | (Some("Forbidden" | "Missing Authentication Token"), 403) => {
                self.no_v1_server(&format!("status {}", self.status))
            }
            (Some(text), 500..) => {
                let said = text.contains("the secret was not kept").then_some(Said::NotKept);
                Failure { said, ..self.at_the_server(text) }
            }
            (Some(text), 400 | 403 | 404 | 413 | 422) => {
                let said = text.contains("Double check that passphrase").then_some(Said::WrongPassphrase);
                Failure { said, ..Failure::new(Kind::Input, format!("{}: {text}", self.server)) }
            }
            (None, 413 | 431) => {
                Failure::new(Kind::Input, format!("{} does not accept a text this large", self.server))
            }
            (None, 500..) => self.at_the_server("no reason given"),
            (_, status) => self.no_v1_server(&format!("status {status}")),
        }
    }

    /// An answer of 200 that is not what the API answers.
    pub(crate) fn no_v1_server(&self, what: &str) -> Failure {
        Failure::new(Kind::Server, format!("{} does not answer as a v1 server ({what})", self.server))
            .advise("Check the server's URL; 'readonce status' tries it.")
    }

    fn limit(&self) -> Failure {
        Failure::new(Kind::Limit, format!("{}: too many calls or guesses", self.server))
            .advise(self.when_to_try_again())
    }

    fn credentials(&self, text: &str) -> Failure {
        let advice = if text.starts_with("An account is required") {
            "To mail a link you need an account: --user and --token-file, or the configuration file."
        } else {
            "Check user and token ('readonce status' tries them). A server may require an account; \
             --anonymous sends no credentials."
        };
        Failure::new(Kind::Credentials, format!("{}: {text}", self.server)).advise(advice)
    }

    /// Names only the target's origin: the rest of the URL may hold a secret's key.
    fn redirect(&self) -> Failure {
        let location = self.location.and_then(|location| Url::parse(location).ok());
        let origin = location.filter(Url::has_host).map(|url| url.origin().ascii_serialization());
        let base = origin.and_then(|origin| BaseUrl::parse(&origin, PlainHttp::Anywhere).ok());
        let to = base.map(|base| format!(" to {base}")).unwrap_or_default();
        Failure::new(Kind::Server, format!("{} redirects{to}, and a secret follows no redirect", self.server))
            .advise("If you trust that place, name it with --server, or in the link in place of the old one.")
    }

    fn at_the_server(&self, text: &str) -> Failure {
        let message = format!("{} has a problem: {text} (status {})", self.server, self.status);
        Failure::new(Kind::Server, message).advise(self.when_to_try_again())
    }

    fn when_to_try_again(&self) -> String {
        match self.retry_after.and_then(|value| value.trim().parse::<u32>().ok()) {
            Some(seconds) => format!("Try again in {}.", words::duration(i64::from(seconds))),
            None => "Try again later.".to_owned(),
        }
    }
}

fn is_about_credentials(text: &str) -> bool {
    let text = text.to_lowercase();
    text.starts_with("not authorized") || text.starts_with("an account is required")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_MESSAGE) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, body: &str) -> Kind {
        let refused =
            Refused { status, retry_after: None, location: None, body: body.as_bytes(), server: "it" };
        refused.failure().kind
    }

    #[test]
    fn the_text_or_the_status_decides_the_kind() {
        for (status, message, expected) in [
            (404, "Unknown secret", Kind::UnknownSecret),
            (401, "Not authorized", Kind::Credentials),
            (404, "Not authorized", Kind::Credentials),
            (404, "An account is required to send emails.", Kind::Credentials),
            (400, "You did not provide anything to share", Kind::Input),
            (404, "You did not provide anything to share", Kind::Input),
            (413, "Secret value exceeds the maximum size of 10000 bytes", Kind::Input),
            (403, "Double check that passphrase", Kind::Input),
            (404, "Double check that passphrase", Kind::Input),
            (429, "Rate limit exceeded. Please try again later.", Kind::Limit),
            (404, "Rate limit exceeded", Kind::Limit),
            (502, "The email could not be sent; the secret was not kept.", Kind::Server),
            (503, "Service temporarily unavailable. Please try again shortly.", Kind::Server),
            (500, "An unexpected error occurred :[", Kind::Server),
        ] {
            assert_eq!(
                kind(status, &format!("{{\"message\":\"{message}\"}}")),
                expected,
                "{status} {message}"
            );
        }
        for (status, body, expected) in [
            (404, "{\"error\":\"Not Found\"}", Kind::Server),
            (404, "{\"message\":\"Not Found\"}", Kind::Server),
            (403, "{\"message\":\"Forbidden\"}", Kind::Server),
            (403, "{\"message\":\"Missing Authentication Token\"}", Kind::Server),
            (404, "<html>", Kind::Server),
            (429, "", Kind::Limit),
            (401, "", Kind::Credentials),
            (413, "{\"Message\":\"x\"}", Kind::Input),
            (301, "", Kind::Server),
            (405, "{\"message\":\"Method Not Allowed\"}", Kind::Server),
            (408, "{\"message\":\"x\"}", Kind::Server),
            (418, "{\"message\":\"x\"}", Kind::Server),
            (504, "", Kind::Server),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn retry_after_is_printed_in_words() {
        let refused =
            Refused { status: 429, retry_after: Some("601"), location: None, body: b"", server: "it" };
        assert_eq!(refused.failure().advice, "Try again in 10 minutes 1 second.");
        let odd = Refused { retry_after: Some("Wed, 21 Oct 2026 07:28:00 GMT"), ..refused };
        assert_eq!(odd.failure().advice, "Try again later.");
    }
}
