//! The domain of a new link.

use crate::account::Caller;
use crate::address::domain::Domain;
use crate::address::site::Site;
use crate::error::{AsSent, Error, Result};

/// The custom domain of a new link, or `None` for the site's own host.
///
/// `wanted` is the creator's share domain, as it was sent. `arrived_on` is the host of
/// the request. On AWS callers cannot choose it freely, elsewhere they can, so it
/// counts only if the caller may also name it.
///
/// # Errors
/// [`Error::DomainNotPermitted`] if the caller may not use `wanted`.
pub(crate) fn share_domain(
    wanted: Option<&str>,
    arrived_on: &str,
    caller: &Caller,
    open_domains: &[Domain],
    site: &Site,
) -> Result<Option<Domain>> {
    let permitted = |domain: &Domain| open_domains.contains(domain) || caller.owns(domain);
    let Some(wanted) = wanted.filter(|text| !text.is_empty()) else {
        let own = Domain::parse(arrived_on).filter(|domain| !site.is_host(domain.as_str()));
        return Ok(own.filter(permitted));
    };
    match Domain::parse(wanted) {
        None => Ok(None),
        Some(domain) if site.is_host(domain.as_str()) => Ok(None),
        Some(domain) if permitted(&domain) => Ok(Some(domain)),
        Some(_) => Err(Error::DomainNotPermitted(AsSent::new(wanted))),
    }
}
