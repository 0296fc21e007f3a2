//! The checks before every use case, as the route table requires them.

use crate::gateway::event::Event;
use crate::gateway::function::Request;
use crate::page::Layout;
use crate::page::form::Form;
use crate::request::credentials;
use crate::request::origin::Origins;
use crate::request::parameters::Parameters;
use readonce_core::Result;
use readonce_core::account::Caller;
use readonce_core::address::site::{Site, SiteRule};
use readonce_core::limits::Limits;
use readonce_core::settings::Settings;
use readonce_core::table::Table;

/// The site, the origins that may call it, and the layout of its pages.
pub(crate) struct Front {
    site: SiteRule,
    origins: Origins,
    layout: Layout,
}

impl Front {
    /// The front of a deployment.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self {
            site: settings.site.clone(),
            origins: Origins::of(settings),
            layout: Layout::new(&settings.brand),
        }
    }

    /// The form that an event submits; `None` for an API call.
    pub(crate) fn form(&self, event: &Event) -> Option<Form<'_>> {
        Form::of(event, &self.layout)
    }

    /// Admits a request: the same-site check, parameters and credentials, in this order
    /// and as far as its route requires them.
    ///
    /// # Errors
    /// [`ForeignPage`](readonce_core::Error::ForeignPage), then those of
    /// [`Parameters::read`], then those of [`credentials::caller`].
    pub(crate) async fn receive(
        &self,
        request: &mut Request,
        table: &Table,
        limits: &Limits,
    ) -> Result<(Parameters, Caller)> {
        let parameters = self.receive_form(request).await?;
        Ok((parameters, credentials::caller(request, table, limits).await?))
    }

    /// As [`Front::receive`], for a form without credentials: anybody with the link may
    /// use its page.
    ///
    /// # Errors
    /// The first two of [`Front::receive`].
    pub(crate) async fn receive_form(&self, request: &mut Request) -> Result<Parameters> {
        if request.route.same_site {
            self.origins.admit(&request.event)?;
        }
        Parameters::read(&mut request.event).await
    }

    /// The site of a request.
    ///
    /// # Errors
    /// [`IncorrectPayload`](readonce_core::Error::IncorrectPayload) if its host is not
    /// valid.
    pub(crate) fn site(&self, request: &Request) -> Result<Site> {
        request.site(&self.site)
    }
}
