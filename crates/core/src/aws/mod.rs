//! AWS as this crate uses it: the meaning of its errors, and their form in the log.
//!
//! [`config`] creates the clients with their time-outs and retries, `http_client` is
//! the HTTP client under them, [`roots`] holds the trusted certificates, and
//! [`operation`] names the requests.

pub mod config;
#[cfg(test)]
pub(crate) mod fake;
mod http_client;
pub mod operation;
pub mod roots;

use crate::error::{Error, Source};
use aws_sdk_dynamodb::operation::RequestId;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use std::error::Error as StdError;
use std::fmt;

/// Whether AWS refused this attempt: it was not carried out, and a retry would be
/// refused too. `false` after a time-out, a cut connection, an error on AWS's side
/// (5xx) or any form of throttling.
pub(crate) fn is_refusal<E: ProvideErrorMetadata>(error: &E) -> bool {
    const REFUSALS: &[&str] = &[
        "AccessDeniedException",
        "ResourceNotFoundException",
        "ValidationException",
        // Error codes of SES.
        "AccountSuspendedException",
        "BadRequestException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
    ];
    error.code().is_some_and(|code| REFUSALS.contains(&code))
}

/// Converts an AWS call that failed for good to [`Error::Unavailable`].
pub(crate) fn unavailable<E>(operation: impl fmt::Display, error: &E) -> Error
where
    E: StdError + ProvideErrorMetadata + RequestId,
{
    Error::Unavailable(describe(operation, error))
}

/// Operation, error code and request id; without an error code, the chain of causes.
///
/// Omits AWS's message, because SES names the recipient in it; without an error code,
/// the message is the last cause. Never uses the debug output: it contains the whole
/// response, and that of KMS may hold a data key.
pub(crate) fn describe<E>(operation: impl fmt::Display, error: &E) -> Source
where
    E: StdError + ProvideErrorMetadata + RequestId,
{
    let mut text = format!("{operation}: {error}");
    if let Some(code) = error.code() {
        text = format!("{text}: {code}, request {}", error.request_id().unwrap_or("unknown"));
    } else {
        let mut cause = error.source();
        while let Some(error) = cause.filter(|cause| !cause.is::<ErrorMetadata>()) {
            text = format!("{text}: {error}");
            cause = error.source();
        }
    }
    Source::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_sesv2::operation::send_email::SendEmailError;

    #[test]
    fn errors_do_not_contain_the_recipient_that_ses_names() {
        let error = SendEmailError::generic(metadata().code("MessageRejected").build());
        let text = unavailable("SES SendEmail", &error).with_causes();
        assert!(text.contains("SES SendEmail") && text.contains("MessageRejected"), "{text}");
        assert!(!text.contains("jo@"), "{text}");
    }

    #[test]
    fn errors_without_a_code_do_not_contain_the_recipient_either() {
        // The form that the SDK gives to a response without an error code.
        let error = SendEmailError::unhandled(metadata().build());
        let text = unavailable("SES SendEmail", &error).with_causes();
        assert!(text.contains("SES SendEmail") && !text.contains("jo@"), "{text}");
    }

    fn metadata() -> aws_smithy_types::error::metadata::Builder {
        ErrorMetadata::builder().message("Email address is not verified: jo@example.com")
    }
}
