//! The mail that brings a recipient the link: its words and its sending.

mod from;
mod letter;
pub mod mailer;

use crate::address::email::EmailAddress;
use crate::receipt::Receipt;
use readonce_text::Language;

/// Who mails are from.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The operator's address.
    pub sender: EmailAddress,
    /// The SES configuration set, if there is one.
    pub configuration_set: Option<String>,
}

/// What a recipient is told.
pub struct SecretMail<'a> {
    /// Who shares; also where a reply goes.
    pub sender: &'a EmailAddress,
    /// Who is told.
    pub recipient: &'a EmailAddress,
    /// What is shared.
    pub receipt: &'a Receipt,
    /// What language the mail is in: the sender's.
    pub language: Language,
}
