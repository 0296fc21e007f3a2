//! Forms that a page has sent. The functions that may create, reveal and burn
//! answer them with pages, under the same statuses as their JSON.
//!
//! A form says that it is one of ours by `page=LANGUAGE` in its action. Accept
//! says nothing: Java's HTTP client, for one, names text/html first by default
//! and must go on getting JSON, while a crawler that sends every form it finds
//! may accept anything, and must not get past what a person is asked for.

use super::answer::html;
use super::layout::{Layout, Links, Page};
use super::problem;
use super::view::{CreatedView, Gone, Message, Preformatted, ReceiptView, RevealedView, SecretView};
use crate::gateway::event::Event;
use crate::gateway::failure;
use crate::gateway::reply::Reply;
use crate::request::negotiation;
use readonce_core::Error;
use readonce_core::receipt::Receipt;
use readonce_core::secret::text::SecretText;
use readonce_core::secret::waiting::Waiting;
use readonce_core::time::UnixTime;
use readonce_core::verbs::create::Created;
use readonce_text::Language;

/// A form of ours.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    layout: &'a Layout,
    language: Language,
}

/// Why a form is shown once more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// The box is not ticked.
    NotDeliberate,
    /// The passphrase is wrong.
    WrongPassphrase,
}

impl<'a> Form<'a> {
    /// The form that an event brings; `None` if it is a call of the API.
    pub(crate) fn of(event: &Event, layout: &'a Layout) -> Option<Self> {
        let is_a_tag = |tag: &&str| tag.len() > 1 && !tag.contains(|c: char| c.is_ascii_digit());
        // `page=2` may be some client's own.
        let language = negotiation::query(event, "page").filter(is_a_tag)?;
        let language = Language::of_tag(language).unwrap_or_else(|| negotiation::language(event));
        Some(Self { layout, language })
    }

    /// What language it is in.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The link that was made.
    pub(crate) fn created(&self, created: &Created, now: UnixTime) -> Reply {
        let secret_bytes = created.value.as_ref().map_or(0, SecretText::size_bytes);
        let page = match created.mailed_to {
            None => Page { links: Links::OpenTabs, ..self.page() },
            Some(_) => self.page(),
        };
        html(self.layout, 200, &CreatedView::of(page, created, now), secret_bytes)
    }

    /// The secret.
    pub(crate) fn revealed(&self, text: &SecretText) -> Reply {
        let page = Page { links: Links::OpenTabs, ..self.page() };
        let view = RevealedView { t: page.t, page, text: Preformatted::of(text.expose()) };
        html(self.layout, 200, &view, text.size_bytes())
    }

    /// The page of a secret once more, or that there is nothing to reveal.
    pub(crate) fn secret_again(
        &self,
        key: &str,
        waiting: Option<Waiting>,
        why: Again,
        now: UnixTime,
    ) -> Reply {
        let page = self.page();
        let t = page.t;
        let Some(waiting) = waiting else { return html(self.layout, 404, &Gone { page, t }, 0) };
        let (status, problem) = match why {
            Again::NotDeliberate => (400, t.deliberate_missing().to_owned()),
            Again::WrongPassphrase => (404, problem::wrong_passphrase(t)),
        };
        html(self.layout, status, &SecretView::of(page, key, waiting, Some(&problem), now), 0)
    }

    /// The receipt, with the reason why its secret was not burned.
    pub(crate) fn receipt(&self, receipt: &Receipt, why_not: Option<Again>, now: UnixTime) -> Reply {
        let page = self.page();
        let t = page.t;
        let (status, problem) = match why_not {
            None => (200, None),
            Some(Again::NotDeliberate) => (400, Some(t.deliberate_missing())),
            Some(Again::WrongPassphrase) => (403, Some(t.burn_passphrase_wrong())),
        };
        html(self.layout, status, &ReceiptView::of(page, receipt, problem, now), 0)
    }

    /// What went wrong.
    pub(crate) fn failed(&self, error: &Error) -> Reply {
        let sentence = problem::sentence(error, self.language);
        with_retry(error, |status| self.message(status, &sentence))
    }

    /// That the credentials are wrong, where none are needed.
    pub(crate) fn credentials_refused(&self) -> Reply {
        with_retry(&Error::NotAuthorized, |status| self.message(status, self.language.error_credentials()))
    }

    fn message(&self, status: u16, text: &str) -> Reply {
        let page = self.page();
        let t = page.t;
        html(self.layout, status, &Message { page, t, title: t.error_title(), text, is_error: true }, 0)
    }

    fn page(&self) -> Page<'a> {
        Page { has_script: false, switch: false, chosen: true, ..self.layout.page(self.language) }
    }
}

/// The page of an error, with when to try again. Credentials are not asked for:
/// the browser would do that in a window of its own, and keep them.
pub(super) fn with_retry(error: &Error, page: impl FnOnce(u16) -> Reply) -> Reply {
    let (status, retry_after_seconds) = failure::page_status(error);
    let reply = page(status);
    match retry_after_seconds {
        Some(seconds) => reply.with_header("retry-after", seconds.to_string()),
        None => reply,
    }
}
