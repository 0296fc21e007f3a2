//! What went wrong, to a person.

use readonce_core::Error;
use readonce_core::secret::{generated_value, passphrase};
use readonce_core::time::MINUTE_SECONDS;
use readonce_core::verbs::guess;
use readonce_text::Language;
use readonce_text::display::inert;

/// Length of the window of guesses at a passphrase.
const GUESS_MINUTES: i64 = guess::RATE.window_seconds / MINUTE_SECONDS;

/// That the passphrase is wrong, and how often it may be tried.
pub(super) fn wrong_passphrase(language: Language) -> String {
    language.reveal_passphrase_wrong(guess::RATE.most, GUESS_MINUTES)
}

/// How guessing a passphrase is limited.
pub(super) fn guessing(language: Language) -> String {
    language.about_guessing(guess::RATE.most, GUESS_MINUTES)
}

/// The sentence that says it.
pub(super) fn sentence(error: &Error, language: Language) -> String {
    let sentence = match error {
        Error::NotAuthorized => language.error_not_authorized(),
        Error::UnknownSecret => language.gone_title(),
        Error::WrongPassphrase => language.burn_passphrase_wrong(),
        Error::NothingToShare => language.error_nothing_to_share(),
        Error::TooLarge { limit_bytes } => return language.error_too_large(number(*limit_bytes)),
        Error::PassphraseTooShort { minimum } => return language.error_passphrase_short(number(*minimum)),
        Error::PassphraseTooLong => return language.error_passphrase_long(number(passphrase::MAX_LENGTH)),
        Error::AccountRequiredToMail => language.error_account_to_mail(),
        Error::Undeliverable(address) => return language.error_undeliverable(&inert(address.as_str())),
        Error::TwoRecipients => language.error_two_recipients(),
        Error::DomainNotPermitted(domain) => return language.error_domain(&inert(domain.as_str())),
        Error::LengthTooLarge => return language.error_length_long(*generated_value::LENGTH_RANGE.end()),
        Error::LengthTooSmall => return language.error_length_short(*generated_value::LENGTH_RANGE.start()),
        Error::NoCharacterSet => language.error_no_characters(),
        Error::ForeignPage => language.error_elsewhere(),
        Error::IncorrectPayload => language.error_payload(),
        Error::TooManyAttempts { retry_after_seconds } => return language.retry_after(*retry_after_seconds),
        Error::MailTurnedOff => language.error_mail_off(),
        Error::MailNotSent(_) => language.error_mail(),
        Error::Unavailable(_) => language.error_unavailable(),
        Error::Internal(_) => language.error_unexpected(),
    };
    sentence.to_owned()
}

/// For a message's plural.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
