//! The function behind the pages' addresses. It may read the table, and nothing
//! else: whoever opens a page, person or program, uses nothing up.

use super::answer::{compressed, file, html};
use super::layout::{Layout, Page as Frame};
use super::view::{About, Gone, Home, Lifetime, Message, ReceiptView, SecretView};
use super::{form, problem};
use crate::gateway::event::Event;
use crate::gateway::failure;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::request::negotiation;
use crate::routes::{Endpoint, Page};
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::plan::ttl;
use readonce_core::secret::generated_value::LENGTH_RANGE;
use readonce_core::secret::key::{MetadataKey, SecretKey};
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::verbs;
use readonce_core::verbs::create::CreatePolicy;
use readonce_core::verbs::peek::peek;
use readonce_core::verbs::receipt::ViewMode;
use readonce_core::{Error, Result};
use readonce_text::Language;
use std::collections::BTreeSet;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// The lives that are offered, in seconds, beside the longest of each plan.
const LIFETIMES: [i64; 7] = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];

/// The function that serves pages.
pub struct PageFunction {
    table: Table,
    layout: Layout,
    policy: CreatePolicy,
    can_mail: bool,
}

impl PageFunction {
    /// Builds it for a stack.
    ///
    /// # Errors
    /// None yet; the same form as the others.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        Ok(Self {
            table: Table::new(aws.dynamodb_client(), &settings.table),
            layout: Layout::new(&settings.brand),
            policy: settings.create.clone(),
            can_mail: settings.mail.is_some(),
        })
    }

    /// The language of a page, and whether it was chosen by hand.
    fn frame(&self, event: &Event) -> Frame<'_> {
        let chosen = negotiation::query(event, "lang").and_then(Language::of_tag);
        let language = chosen.unwrap_or_else(|| negotiation::language(event));
        Frame { chosen: chosen.is_some(), ..self.layout.page(language) }
    }

    async fn page(&self, page: Page, request: &Request) -> Result<Reply> {
        let frame = self.frame(&request.event);
        let t = frame.t;
        Ok(match page {
            Page::Home => html(&self.layout, 200, &self.home(frame, &request.event), 0),
            Page::About => html(&self.layout, 200, &About { page: frame, t }, 0),
            Page::Secret => self.secret(frame, request).await?,
            Page::Receipt => self.receipt(frame, request).await?,
            Page::Robots => file("text/plain; charset=utf-8", robots()),
            Page::Icon => file("image/svg+xml", self.layout.icon()),
        })
    }

    fn home<'a>(&self, mut page: Frame<'a>, event: &Event) -> Home<'a> {
        let t = page.t;
        let plans = &self.policy.plans;
        let anonymous = plans.anonymous.unwrap_or(plans.basic);
        let maxima = [anonymous, plans.basic, plans.identity].map(|plan| plan.maximum_ttl_seconds);
        let longest = maxima.into_iter().max();
        let offered: BTreeSet<i64> = LIFETIMES.into_iter().chain(maxima).collect();
        let lifetime = |seconds: i64| Lifetime {
            seconds,
            words: t.duration(seconds),
            is_default: seconds == ttl::DEFAULT_SECONDS.min(anonymous.maximum_ttl_seconds),
            needs_account: seconds > anonymous.maximum_ttl_seconds,
        };
        let generates = negotiation::query(event, "new") == Some("password");
        if generates {
            page.kept = "&new=password";
        }
        Home {
            t,
            generates,
            is_open_to_all: plans.anonymous.is_some(),
            can_mail: self.can_mail,
            limit_bytes: problem::number(anonymous.size_limit_bytes),
            minimum_length: LENGTH_RANGE.start().to_string(),
            maximum_length: LENGTH_RANGE.end().to_string(),
            minimum_passphrase: problem::number(self.policy.minimum_passphrase),
            lifetimes: offered
                .into_iter()
                .filter(|seconds| Some(*seconds) <= longest)
                .map(lifetime)
                .collect(),
            page,
        }
    }

    /// 200 for any key, so that its status tells a scanner nothing.
    async fn secret(&self, frame: Frame<'_>, request: &Request) -> Result<Reply> {
        let key = pasted_key(&request.key);
        let Some(parsed) = SecretKey::parse(key) else { return Ok(self.incomplete_link(frame, 200)) };
        let waiting = peek(&self.table, &parsed, request.call).await?;
        let t = frame.t;
        Ok(match waiting {
            None => html(&self.layout, 200, &Gone { page: frame, t }, 0),
            Some(waiting) => {
                let view = SecretView::of(frame, key, waiting, None, request.call.now);
                html(&self.layout, 200, &view, 0)
            }
        })
    }

    /// A look at this page does not count as one at the receipt: it is not
    /// noted, because nothing is written here.
    async fn receipt(&self, frame: Frame<'_>, request: &Request) -> Result<Reply> {
        let Some(key) = MetadataKey::parse(pasted_key(&request.key)) else {
            return Ok(self.incomplete_link(frame, 404));
        };
        let t = frame.t;
        match verbs::receipt::receipt(&self.table, key, ViewMode::ReadOnly, request.call).await {
            Ok(receipt) => {
                Ok(html(&self.layout, 200, &ReceiptView::of(frame, &receipt, None, request.call.now), 0))
            }
            Err(Error::UnknownSecret) => {
                let (title, text) = (t.receipt_gone_title(), t.receipt_gone_lead());
                let view = Message { page: frame, t, title, text, is_error: false };
                Ok(html(&self.layout, 404, &view, 0))
            }
            Err(other) => Err(other),
        }
    }

    /// The page of a link whose key is malformed. No secret has such a key, so the page
    /// tells a scanner nothing, and it need not alarm anybody.
    fn incomplete_link(&self, frame: Frame<'_>, status: u16) -> Reply {
        let t = frame.t;
        let (title, text) = (t.link_incomplete_title(), t.link_incomplete_lead());
        html(&self.layout, status, &Message { page: frame, t, title, text, is_error: false }, 0)
    }
}

/// The key in a link as people paste it: without the quotes, brackets and punctuation
/// around it, and the words behind those.
fn pasted_key(text: &str) -> &str {
    let is_foreign = |character: char| !character.is_ascii_digit() && !character.is_ascii_lowercase();
    text.trim_start_matches(is_foreign).split(is_foreign).next().unwrap_or_default()
}

impl Function for PageFunction {
    fn serves(&self, function: &str) -> bool {
        function == "page"
    }

    async fn answer(&self, request: Request) -> Result<Reply> {
        let Endpoint::Page(page) = request.route.endpoint else {
            return Ok(failure::no_route(&request.event.raw_path));
        };
        let reply = match self.page(page, &request).await {
            Ok(reply) => reply,
            Err(error) => {
                let frame = self.frame(&request.event);
                let text = problem::sentence(&error, frame.t);
                form::with_retry(&error, |status| {
                    let (t, title) = (frame.t, frame.t.error_title());
                    let view = Message { page: frame, t, title, text: &text, is_error: false };
                    html(&self.layout, status, &view, 0)
                })
            }
        };
        Ok(compressed(reply, &request.event))
    }

    /// A page for people; programs get what the API says.
    fn not_found(&self, event: &Event) -> Reply {
        let is_api = event.raw_path == "/api" || event.raw_path.starts_with("/api/");
        // The address of a form's answer, which the browser keeps, is one for people.
        let is_forms = negotiation::query(event, "page").is_some();
        if (is_api && !is_forms) || !negotiation::prefers_html(event) {
            return failure::no_route(&event.raw_path);
        }
        let page = Frame { switch: false, ..self.frame(event) };
        let t = page.t;
        let (title, text) = (t.not_found_title(), t.not_found_lead());
        let view = Message { page, t, title, text, is_error: false };
        compressed(html(&self.layout, 404, &view, 0), event)
    }

    async fn warm_up(&self, call: Call) {
        self.table.touch(call.deadline).await.ok();
    }
}

fn robots() -> String {
    "User-agent: *\nDisallow: /secret/\nDisallow: /private/\nDisallow: /receipt/\nDisallow: /api/\n"
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::pasted_key;

    #[test]
    fn a_pasted_key_is_taken_out_of_its_punctuation() {
        for text in ["k3y", "k3y.", "k3y>,", "\"k3y\")", " k3y\n", "k3y”…", "k3y, thanks", "<k3y>"] {
            assert_eq!(pasted_key(text), "k3y", "{text:?}");
        }
        for text in ["", ".", "”", "K"] {
            assert_eq!(pasted_key(text), "", "{text:?}");
        }
    }
}
