//! What comes before every use case, as the route table asks for it.

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

/// The site of a stack, the origins that may call it, and the layout of its pages.
pub(crate) struct Front {
    site: SiteRule,
    origins: Origins,
    layout: Layout,
}

impl Front {
    /// The front of a stack.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self {
            site: settings.site.clone(),
            origins: Origins::of(settings),
            layout: Layout::new(&settings.brand),
        }
    }

    /// The form of a page that an event brings; `None` for a call of the API.
    pub(crate) fn form(&self, event: &Event) -> Option<Form<'_>> {
        Form::of(event, &self.layout)
    }

    /// Takes a request in: the same-site check, parameters and credentials, in this
    /// order and as far as its route asks for them.
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

    /// The same for a form that identifies nobody: its page is for whoever has the link.
    ///
    /// # Errors
    /// The first two of [`Front::receive`].
    pub(crate) async fn receive_form(&self, request: &mut Request) -> Result<Parameters> {
        if request.route.same_site {
            self.origins.admit(&request.event)?;
        }
        Parameters::read(&mut request.event).await
    }

    /// The site that a request is on.
    ///
    /// # Errors
    /// [`IncorrectPayload`](readonce_core::Error::IncorrectPayload) if the host that it
    /// names is none.
    pub(crate) fn site(&self, request: &Request) -> Result<Site> {
        request.site(&self.site)
    }
}
