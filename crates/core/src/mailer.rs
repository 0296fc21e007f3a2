//! The mail that brings a recipient the link.
//!
//! Text and HTML, nothing remote in it, no open or click tracking, which would
//! lead the link through somebody else's host. Never the secret, never the
//! passphrase.

use crate::aws;
use crate::email::EmailAddress;
use crate::error::{Error, Result};
use crate::receipt::Receipt;
use crate::settings::MailSettings;
use crate::time::UnixTime;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::BuildError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};

/// Hands mails to SES.
pub struct Mailer {
    ses: Client,
    settings: MailSettings,
}

/// What a recipient is told.
pub struct SecretMail<'a> {
    /// Who shares; also where a reply goes.
    pub sender: &'a EmailAddress,
    /// Who is told.
    pub recipient: &'a EmailAddress,
    /// What is shared.
    pub receipt: &'a Receipt,
}

impl Mailer {
    /// A mailer that sends as the operator.
    pub fn new(ses: Client, settings: MailSettings) -> Self {
        Self { ses, settings }
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// [`Error::MailNotSent`] if SES refuses; [`Error::Unavailable`] if it does
    /// not answer: then the mail may be on its way or not.
    pub async fn send(&self, mail: &SecretMail<'_>) -> Result<()> {
        let content =
            mail.content().map_err(|error| Error::internal(format!("a mail without content: {error}")))?;
        let send = self.ses.send_email().from_email_address(self.settings.sender.as_str());
        let send = send.set_configuration_set_name(self.settings.configuration_set.clone());
        let send = send.reply_to_addresses(mail.sender.as_str()).content(content);
        let send = send.destination(Destination::builder().to_addresses(mail.recipient.as_str()).build());
        let Err(error) = send.send().await else { return Ok(()) };
        let source = aws::describe("SES SendEmail", &error);
        Err(if aws::is_refusal(&error) { Error::MailNotSent(source) } else { Error::Unavailable(source) })
    }
}

impl SecretMail<'_> {
    fn content(&self) -> std::result::Result<EmailContent, BuildError> {
        let content = |data: String| Content::builder().data(data).charset("UTF-8").build();
        let body = Body::builder().text(content(self.text())?).html(content(self.html())?).build();
        let message = Message::builder().subject(content(self.subject())?).body(body).build();
        Ok(EmailContent::builder().simple(message).build())
    }

    fn subject(&self) -> String {
        format!("{} sent you a secret", self.sender.as_str())
    }

    fn text(&self) -> String {
        let Self { sender, receipt, .. } = self;
        let sentences = self.sentences().join("\n");
        format!(
            "{} has shared a secret with you:\n\n{}\n\n{sentences}\n",
            sender.as_str(),
            receipt.secret_url()
        )
    }

    fn html(&self) -> String {
        let sender = escaped(self.sender.as_str());
        let link = escaped(&self.receipt.secret_url());
        let sentences: String =
            self.sentences().iter().map(|sentence| format!("<p>{}</p>\n", escaped(sentence))).collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>A secret for you</title></head>\n<body>\n\
             <p>{sender} has shared a secret with you:</p>\n<p><a href=\"{link}\">{link}</a></p>\n{sentences}</body>\n</html>\n"
        )
    }

    fn sentences(&self) -> Vec<String> {
        let until = written_out(self.receipt.secret_ends());
        let mut sentences = vec![format!("The link works once, and until {until}.")];
        if self.receipt.passphrase_required {
            sentences.push("You need a passphrase to open it, which you get separately.".to_owned());
        }
        sentences.push("If you did not expect this, do not open the link, and ask the sender.".to_owned());
        sentences
    }
}

/// A point in time for a reader, as in `2026-11-23 14:05 UTC`.
fn written_out(time: UnixTime) -> String {
    let instant = aws_smithy_types::DateTime::from_secs(time.seconds());
    let rfc3339 = instant.fmt(aws_smithy_types::date_time::Format::DateTime);
    // 2026-11-23T14:05:09Z; a time beyond the year 9999 has no such form.
    match rfc3339.as_deref().map(|text| (text.get(..10), text.get(11..16))) {
        Ok((Some(date), Some(minutes))) => format!("{date} {minutes} UTC"),
        _ => "further notice".to_owned(),
    }
}

/// Text for HTML's content and attribute values.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_out() {
        assert_eq!(written_out(UnixTime::from_seconds(1_700_000_000)), "2023-11-14 22:13 UTC");
        assert_eq!(written_out(UnixTime::from_seconds(4_300_000_000)), "2106-04-06 12:26 UTC");
        assert_eq!(written_out(UnixTime::from_seconds(i64::MAX)), "further notice");
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(escaped("o'x&y@example.com<\">"), "o&#39;x&amp;y@example.com&lt;&quot;&gt;");
    }
}
