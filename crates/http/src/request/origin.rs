//! Whose pages may have their visitors' browsers call: our own, and those of
//! named origins. The page of another site could not read an answer, but it
//! could use up the limits of the visitor's address.

use crate::gateway::event::Event;
use readonce_core::address::site::{Site, SiteRule};
use readonce_core::settings::Settings;
use readonce_core::{Error, Result};

/// The origins that may call.
pub(crate) struct Origins {
    /// `SITE_URL`: a proxy may show another host than the one it asks us by.
    own: Option<Site>,
    named: Vec<Site>,
}

impl Origins {
    /// Those of a stack.
    pub(crate) fn of(settings: &Settings) -> Self {
        let own = match &settings.site {
            SiteRule::Fixed(site) => Some(site.clone()),
            SiteRule::RequestHost(_) => None,
        };
        Self { own, named: settings.cors_origins.clone() }
    }

    /// Lets a call through unless its browser says that another site's page has
    /// made it. Browsers say so in Sec-Fetch-Site, which no page can write
    /// (<https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>), and where
    /// they are old or there is no TLS, in Origin. That is `null` for our own
    /// forms, too, because our pages send no referrer. What is no browser sends
    /// neither.
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

/// Is it an origin of the host that was asked?
fn is_of_host(origin: &str, event: &Event) -> bool {
    let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
    authority.eq_ignore_ascii_case(&event.request_context.domain_name)
}
