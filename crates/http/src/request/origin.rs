//! The same-site check: only our own pages, and those of configured origins, may have a
//! visitor's browser call. A page of another site could not read the answer, but it
//! could exhaust the limits of the visitor's address.

use crate::gateway::event::Event;
use readonce_core::address::site::{Site, SiteRule};
use readonce_core::settings::Settings;
use readonce_core::{Error, Result};

/// The origins whose pages may call.
pub(crate) struct Origins {
    /// `SITE_URL`, because a proxy may forward requests under another host.
    own: Option<Site>,
    named: Vec<Site>,
}

impl Origins {
    /// The origins of a deployment.
    pub(crate) fn of(settings: &Settings) -> Self {
        let own = match &settings.site {
            SiteRule::Fixed(site) => Some(site.clone()),
            SiteRule::RequestHost(_) => None,
        };
        Self { own, named: settings.cors_origins.clone() }
    }

    /// Admits a call unless its browser reports that a page of another site made it.
    /// Browsers report it in Sec-Fetch-Site, which no page can set
    /// (<https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>). Old browsers,
    /// and those without TLS, report it in Origin. Origin is `null` for our own forms
    /// too, because our pages send no referrer. Other clients send neither header.
    ///
    /// # Errors
    /// [`Error::ForeignPage`].
    pub(crate) fn admit(&self, event: &Event) -> Result<()> {
        let origin = event.header("origin");
        let is_good = match event.header("sec-fetch-site") {
            Some("same-origin" | "none") => true,
            Some(_) => origin.is_some_and(|origin| self.is_named(origin)),
            None => origin.is_none_or(|origin| {
                origin == "null" || is_of_host(origin, event) || self.is_own(origin) || self.is_named(origin)
            }),
        };
        if is_good { Ok(()) } else { Err(Error::ForeignPage) }
    }

    fn is_own(&self, origin: &str) -> bool {
        self.own.as_ref().is_some_and(|site| site.as_str() == origin)
    }

    fn is_named(&self, origin: &str) -> bool {
        self.named.iter().any(|site| site.as_str() == origin)
    }
}

/// Whether `origin` belongs to the host of the request.
fn is_of_host(origin: &str, event: &Event) -> bool {
    let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
    authority.eq_ignore_ascii_case(&event.request_context.domain_name)
}
