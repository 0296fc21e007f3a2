//! The templates, in `templates/`, and what each of them is given. Whatever is
//! put into one is escaped, but for our own style and script, and the secret,
//! which is escaped here.

use super::layout::Page;
use super::moment::Moment;
use super::qr::Qr;
use askama::Template;
use readonce_core::address::email::EmailAddress;
use readonce_core::receipt::{Receipt, State};
use readonce_core::secret::waiting::Waiting;
use readonce_core::time::UnixTime;
use readonce_core::verbs::create::Created;
use readonce_text::Language;
use zeroize::Zeroizing;

/// A life that a new secret may have.
pub(super) struct Lifetime {
    pub(super) seconds: i64,
    pub(super) words: String,
    pub(super) is_default: bool,
    /// Longer than what anonymous callers may have.
    pub(super) needs_account: bool,
}

#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    /// Make a value, or take the person's own text?
    pub(super) generates: bool,
    pub(super) is_open_to_all: bool,
    pub(super) can_mail: bool,
    pub(super) limit_bytes: i64,
    /// Of a generated value, in characters.
    pub(super) minimum_length: String,
    pub(super) maximum_length: String,
    /// Of a new passphrase, in characters.
    pub(super) minimum_passphrase: i64,
    pub(super) lifetimes: Vec<Lifetime>,
}

#[derive(Template)]
#[template(path = "created.html")]
pub(super) struct CreatedView<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    pub(super) receipt: &'a Receipt,
    pub(super) link: String,
    /// The whole address, for the person who has just typed it.
    pub(super) mailed_to: Option<&'a EmailAddress>,
    /// To hand the link over with.
    pub(super) message: String,
    pub(super) receipt_link: String,
    pub(super) value: Option<Preformatted>,
    pub(super) ends: Moment,
    pub(super) qr: Option<Qr>,
}

impl<'a> CreatedView<'a> {
    pub(super) fn of(page: Page<'a>, created: &'a Created, now: UnixTime) -> Self {
        let (t, receipt) = (page.t, &created.receipt);
        let link = receipt.secret_url();
        Self {
            page,
            t,
            receipt,
            mailed_to: created.mailed_to.as_ref(),
            message: message(receipt, &link, t),
            receipt_link: receipt.metadata_url(),
            value: created.value.as_ref().map(|value| Preformatted::of(value.expose())),
            ends: Moment::of(receipt.secret_ends(), now, t),
            qr: Qr::of(&link),
            link,
        }
    }
}

/// A message for the recipient, ready to paste into any other channel.
fn message(receipt: &Receipt, link: &str, t: Language) -> String {
    let until = t.mail_until(&t.duration(receipt.ttl_seconds), &receipt.secret_ends().in_utc(t));
    let passphrase = if receipt.passphrase_required { t.mail_passphrase() } else { "" };
    let sentences = [until.as_str(), passphrase, t.message_gone()];
    let sentences: Vec<&str> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    format!("{}\n{link}\n\n{}", t.message_lead(), sentences.join(" "))
}

#[derive(Template)]
#[template(path = "secret.html")]
pub(super) struct SecretView<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    pub(super) key: &'a str,
    pub(super) passphrase_required: bool,
    pub(super) ends: Moment,
    pub(super) problem: Option<&'a str>,
}

impl<'a> SecretView<'a> {
    pub(super) fn of(
        page: Page<'a>,
        key: &'a str,
        waiting: Waiting,
        problem: Option<&'a str>,
        now: UnixTime,
    ) -> Self {
        let t = page.t;
        let ends = Moment::of(waiting.ends, now, t);
        Self { page, t, key, passphrase_required: waiting.passphrase_required, ends, problem }
    }
}

#[derive(Template)]
#[template(path = "revealed.html")]
pub(super) struct RevealedView<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    pub(super) text: Preformatted,
}

#[derive(Template)]
#[template(path = "gone.html")]
pub(super) struct Gone<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
}

/// How the end of a secret looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Open,
    /// Past its end, before this page may call it expired.
    Ended,
    Received,
    Burned,
    Expired,
}

#[derive(Template)]
#[template(path = "receipt.html")]
pub(super) struct ReceiptView<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    pub(super) receipt: &'a Receipt,
    pub(super) outcome: Outcome,
    pub(super) link: String,
    pub(super) created: Moment,
    pub(super) ended: Moment,
    pub(super) problem: Option<&'a str>,
}

impl<'a> ReceiptView<'a> {
    pub(super) fn of(page: Page<'a>, receipt: &'a Receipt, problem: Option<&'a str>, now: UnixTime) -> Self {
        let t = page.t;
        let past = |at| Moment::past(at, now, t);
        let (outcome, ended) = match receipt.state {
            State::New | State::Viewed(_) if receipt.secret_ends() <= now => {
                (Outcome::Ended, past(receipt.secret_ends()))
            }
            State::New | State::Viewed(_) => (Outcome::Open, Moment::of(receipt.secret_ends(), now, t)),
            State::Received(at) => (Outcome::Received, past(at)),
            State::Burned(at) => (Outcome::Burned, past(at)),
            State::Expired(at) => (Outcome::Expired, past(at)),
        };
        Self {
            page,
            t,
            receipt,
            outcome,
            link: receipt.secret_url(),
            created: past(receipt.created),
            ended,
            problem,
        }
    }

    fn key(&self) -> &str {
        self.receipt.metadata_key.expose()
    }

    fn title(&self) -> &'static str {
        match self.outcome {
            Outcome::Open => self.t.receipt_open_title(),
            Outcome::Ended => self.t.receipt_ended_title(),
            Outcome::Received => self.t.receipt_received_title(),
            Outcome::Burned => self.t.receipt_burned_title(),
            Outcome::Expired => self.t.receipt_expired_title(),
        }
    }

    fn lead(&self) -> &'static str {
        match self.outcome {
            Outcome::Open => self.t.receipt_open_lead(),
            Outcome::Ended => self.t.receipt_ended_lead(),
            Outcome::Received => self.t.receipt_received_lead(),
            Outcome::Burned => self.t.receipt_burned_lead(),
            Outcome::Expired => self.t.receipt_expired_lead(),
        }
    }

    fn end_label(&self) -> &'static str {
        match self.outcome {
            Outcome::Open => self.t.receipt_expires(),
            Outcome::Ended => self.t.receipt_ended(),
            Outcome::Received => self.t.receipt_received(),
            Outcome::Burned => self.t.receipt_burned(),
            Outcome::Expired => self.t.receipt_expired(),
        }
    }

    /// What the stylesheet calls it.
    fn look(&self) -> &'static str {
        match self.outcome {
            Outcome::Open => "open",
            Outcome::Received => "received",
            Outcome::Ended | Outcome::Burned | Outcome::Expired => "over",
        }
    }
}

#[derive(Template)]
#[template(path = "about.html")]
pub(super) struct About<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
}

#[derive(Template)]
#[template(path = "message.html")]
pub(super) struct Message<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: Language,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    /// Is it what went wrong with a form? Then the script shows it there.
    pub(super) is_error: bool,
}

/// Text for the inside of a `pre` element, escaped, and wiped when it goes.
pub(super) struct Preformatted(Zeroizing<String>);

impl Preformatted {
    pub(super) fn of(text: &str) -> Self {
        let mut escaped = Zeroizing::new(String::with_capacity(text.len() * 6));
        for character in text.chars() {
            match character {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                // A reader of HTML makes LF of it otherwise.
                '\r' => escaped.push_str("&#13;"),
                other => escaped.push(other),
            }
        }
        Self(escaped)
    }

    fn html(&self) -> &str {
        &self.0
    }
}
