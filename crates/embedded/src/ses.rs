//! The embedded SES: validates a mail as SES does, then writes it to a file instead of
//! sending it.

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use serde_json::Value;
use std::future::Future;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use tempfile::NamedTempFile;
use winterbaume_core::{MockRequest, MockResponse, MockService};

/// SES v2 that writes mails to an outbox after `checks` has accepted them.
pub(crate) struct Ses<S> {
    checks: S,
    outbox: Option<PathBuf>,
}

impl<S> Ses<S> {
    pub(crate) fn new(checks: S, outbox: Option<PathBuf>) -> Self {
        Self { checks, outbox }
    }
}

impl<S: MockService> MockService for Ses<S> {
    fn service_name(&self) -> &str {
        self.checks.service_name()
    }

    fn url_patterns(&self) -> Vec<&str> {
        self.checks.url_patterns()
    }

    fn handle(&self, request: MockRequest) -> Pin<Box<dyn Future<Output = MockResponse> + Send + '_>> {
        Box::pin(async move {
            let body = request.body.clone();
            let is_mail = request.uri.ends_with("/v2/email/outbound-emails");
            let response = self.checks.handle(request).await;
            if !is_mail || response.status != 200 {
                return response;
            }
            let Some(outbox) = &self.outbox else {
                tracing::info!("a mail was accepted and thrown away: there is no --outbox");
                return response;
            };
            match write(outbox, &body) {
                Ok(()) => response,
                Err(error) => {
                    tracing::error!(%error, "a mail could not be written to the outbox");
                    MockResponse::rest_json(500, r#"{"message":"the outbox cannot be written"}"#)
                }
            }
        })
    }
}

/// Writes the mail of a `SendEmail` request to its own file, atomically.
fn write(outbox: &Path, request: &[u8]) -> std::io::Result<()> {
    let mail: Value = serde_json::from_slice(request)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let simple = &mail["Content"]["Simple"];
    let message = MessageBuilder::new()
        // As SES does: it is a header already, with a name that is quoted or encoded.
        .header("From", Raw::new(text(&mail["FromEmailAddress"])))
        .to(text(&mail["Destination"]["ToAddresses"][0]))
        .reply_to(text(&mail["ReplyToAddresses"][0]))
        .subject(text(&simple["Subject"]["Data"]))
        .text_body(text(&simple["Body"]["Text"]["Data"]))
        .html_body(text(&simple["Body"]["Html"]["Data"]));
    let mut file = NamedTempFile::with_prefix_in(".", outbox)?;
    file.write_all(&message.write_to_vec()?)?;
    // Names sort by time of arrival; the random part separates mails of the same
    // millisecond.
    let random = file.path().file_name().unwrap_or_default().to_string_lossy().replace('.', "");
    let milliseconds = readonce_core::time::since_epoch().as_millis();
    file.persist(outbox.join(format!("{milliseconds}-{random}.eml"))).map_err(|error| error.error)?;
    Ok(())
}
