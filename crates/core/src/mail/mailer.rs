//! The mail that brings a recipient the link.
//!
//! Text and HTML, nothing remote in it, no open or click tracking, which would
//! lead the link through somebody else's host. Never the secret, never the
//! passphrase.

use crate::aws;
use crate::aws::operation::Operation;
use crate::brand::Brand;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::mail::MailSettings;
use crate::mail::SecretMail;
use crate::mail::from::from;
use crate::mail::letter::Letter;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::BuildError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};

/// Hands mails to SES.
pub struct Mailer {
    ses: Client,
    settings: MailSettings,
    brand: Brand,
}

impl Mailer {
    /// A mailer that sends as the operator.
    pub fn new(ses: Client, settings: MailSettings, brand: Brand) -> Self {
        Self { ses, settings, brand }
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// [`Error::MailNotSent`] if SES refuses; [`Error::Unavailable`] if it does
    /// not answer: then the mail may be on its way or not.
    pub async fn send(&self, mail: &SecretMail<'_>, deadline: Deadline) -> Result<()> {
        deadline.run(Operation::SendEmail, self.send_now(mail)).await
    }

    async fn send_now(&self, mail: &SecretMail<'_>) -> Result<()> {
        let content = content(&Letter::of(mail, &self.brand))
            .map_err(|error| Error::internal(format!("a mail without content: {error}")))?;
        let send = self.ses.send_email().from_email_address(from(&self.brand.name, &self.settings.sender));
        let send = send.set_configuration_set_name(self.settings.configuration_set.clone());
        let send = send.reply_to_addresses(mail.sender.as_str()).content(content);
        let send = send.destination(Destination::builder().to_addresses(mail.recipient.as_str()).build());
        let Err(error) = send.send().await else { return Ok(()) };
        let source = aws::describe(Operation::SendEmail, &error);
        Err(if aws::is_refusal(&error) { Error::MailNotSent(source) } else { Error::Unavailable(source) })
    }
}

fn content(letter: &Letter) -> std::result::Result<EmailContent, BuildError> {
    let content = |data: &str| Content::builder().data(data).charset("UTF-8").build();
    let body = Body::builder().text(content(&letter.text)?).html(content(&letter.html)?).build();
    let message = Message::builder().subject(content(&letter.subject)?).body(body).build();
    Ok(EmailContent::builder().simple(message).build())
}
