//! What went wrong, to a person.

use readonce_core::Error;
use readonce_text::Language;
use readonce_text::display::inert;

const MINUTE: i64 = 60;

/// The sentence that says it.
pub(super) fn sentence(error: &Error, language: Language) -> String {
    let sentence = match error {
        Error::NotAuthorized => language.error_not_authorized(),
        Error::UnknownSecret => language.gone_title(),
        Error::WrongPassphrase => language.burn_passphrase_wrong(),
        Error::NothingToShare => language.error_nothing_to_share(),
        Error::TooLarge { limit_bytes } => return language.error_too_large(&limit_bytes.to_string()),
        Error::PassphraseTooShort { minimum } => {
            return language.error_passphrase_short(i64::try_from(*minimum).unwrap_or(i64::MAX));
        }
        Error::PassphraseTooLong => language.error_passphrase_long(),
        Error::AccountRequiredToMail => language.error_account_to_mail(),
        Error::Undeliverable(address) => return language.error_undeliverable(&inert(address.as_str())),
        Error::TwoRecipients => language.error_two_recipients(),
        Error::DomainNotPermitted(domain) => return language.error_domain(&inert(domain.as_str())),
        Error::LengthTooLarge => language.error_length_long(),
        Error::LengthTooSmall => language.error_length_short(),
        Error::NoCharacterSet => language.error_no_characters(),
        Error::ForeignPage => language.error_elsewhere(),
        Error::IncorrectPayload => language.error_payload(),
        Error::TooManyAttempts { retry_after_seconds } => {
            // Never sooner than it may be.
            return language.error_too_many((retry_after_seconds + MINUTE - 1) / MINUTE);
        }
        Error::MailTurnedOff => language.error_mail_off(),
        Error::MailNotSent(_) => language.error_mail(),
        Error::Unavailable(_) => language.error_unavailable(),
        Error::Internal(_) => language.error_unexpected(),
    };
    sentence.to_owned()
}
