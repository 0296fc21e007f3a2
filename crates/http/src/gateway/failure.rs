//! Maps errors to statuses and public texts. Only this module does, and only it logs
//! errors. Clients compare the texts, so they must not change.

use crate::gateway::reply::Reply;
use crate::routes;
use readonce_core::Error;
use readonce_core::secret::passphrase;
use serde::Serialize;

/// Value of Retry-After when a dependency has failed, in seconds.
const RETRY_AFTER_SECONDS: i64 = 5;

/// The body of a refusal.
#[derive(Serialize)]
struct Failure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_key: Option<&'a str>,
    message: &'a str,
}

/// The answer to `error`. `key` is the key in the path, as it was sent.
pub fn reply(error: &Error, key: &str) -> Reply {
    log(error);
    let (status, message) = status_and_message(error);
    let secret_key = matches!(error, Error::UnknownSecret).then_some(key);
    let reply = Reply::json(status, &Failure { secret_key, message: &message });
    match error {
        Error::TooManyAttempts { retry_after_seconds } => {
            reply.with_header("retry-after", retry_after_seconds.to_string())
        }
        Error::Unavailable(_) => reply.with_header("retry-after", RETRY_AFTER_SECONDS.to_string()),
        _ if status == 401 => reply.with_header("www-authenticate", "Basic realm=\"OTS\""),
        _ => reply,
    }
}

/// Status and Retry-After (in seconds) of the page that reports the error.
pub(crate) fn page_status(error: &Error) -> (u16, Option<i64>) {
    log(error);
    let retry_after_seconds = match error {
        Error::TooManyAttempts { retry_after_seconds } => Some(*retry_after_seconds),
        Error::Unavailable(_) => Some(RETRY_AFTER_SECONDS),
        _ => None,
    };
    (status_and_message(error).0, retry_after_seconds)
}

/// The answer after a panic: 500.
pub fn panicked() -> Reply {
    Reply::json(500, &Failure { secret_key: None, message: UNEXPECTED })
}

/// The answer for a method and a path without a route. The contract fixes its body, so
/// headers tell the methods that the path has (RFC 9110, 10.2.1) and where the API is
/// described (RFC 8631).
pub fn no_route(path: &str) -> Reply {
    #[derive(Serialize)]
    struct NoRoute {
        error: &'static str,
    }
    let reply = Reply::json(404, &NoRoute { error: "Not Found" })
        .with_header("link", "</api/v1/openapi.json>; rel=\"service-desc\"");
    let methods = routes::methods(path);
    if methods.is_empty() { reply } else { reply.with_header("allow", methods.join(", ")) }
}

const MAIL_NOT_SENT: &str = "The email could not be sent; the secret was not kept.";
const UNEXPECTED: &str = "An unexpected error occurred :[";

fn status_and_message(error: &Error) -> (u16, String) {
    let (status, message) = match error {
        Error::NotAuthorized => (401, "Not authorized"),
        Error::UnknownSecret => (404, "Unknown secret"),
        Error::WrongPassphrase => (403, "Double check that passphrase"),
        Error::NothingToShare => (400, "You did not provide anything to share"),
        Error::TooLarge { limit_bytes } => {
            return (413, format!("Secret value exceeds the maximum size of {limit_bytes} bytes"));
        }
        Error::PassphraseTooShort { minimum } => {
            return (400, format!("Passphrase must be at least {minimum} characters long"));
        }
        Error::PassphraseTooLong => {
            return (
                400,
                format!("Passphrase must be no more than {} characters long", passphrase::MAX_LENGTH),
            );
        }
        Error::AccountRequiredToMail => (401, "An account is required to send emails."),
        Error::Undeliverable(address) => {
            return (400, format!("Undeliverable email address: {}", address.as_str()));
        }
        Error::TwoRecipients => (400, "Only one recipient is possible"),
        Error::DomainNotPermitted(domain) => {
            return (403, format!("You do not have permission to use domain: {}", domain.as_str()));
        }
        Error::LengthTooLarge => (400, "Generated password length must be no more than 128 characters"),
        Error::LengthTooSmall => (400, "Generated password length must be at least 4 characters"),
        Error::NoCharacterSet => (400, "At least one character set is needed"),
        Error::ForeignPage => (403, "Pages of other sites may not call this service"),
        Error::IncorrectPayload => (400, "Incorrect payload format"),
        Error::TooManyAttempts { .. } => (429, "Rate limit exceeded. Please try again later."),
        // The caller can avoid it by naming no recipient; nothing has failed.
        Error::MailTurnedOff => (403, MAIL_NOT_SENT),
        // Alarms distinguish failed mails from all other failures by this status, so no
        // other error may use it.
        Error::MailNotSent(_) => (502, MAIL_NOT_SENT),
        Error::Unavailable(_) => (503, "Service temporarily unavailable. Please try again shortly."),
        Error::Internal(_) => (500, UNEXPECTED),
    };
    (status, message.to_owned())
}

/// Logs failures on our side or AWS's, with all causes. Errors of the client are not
/// logged.
fn log(error: &Error) {
    match error {
        Error::Internal(_) => tracing::error!(error = %error.with_causes(), "a bug of ours"),
        Error::Unavailable(_) | Error::MailNotSent(_) => {
            tracing::warn!(error = %error.with_causes(), "a dependency failed");
        }
        _ => {}
    }
}
