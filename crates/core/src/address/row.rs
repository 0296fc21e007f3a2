//! The domain of a link as an attribute of rows: its host, or the empty text if the
//! link uses the site's own host.

use crate::address::domain::Domain;
use crate::error::{Error, Result};
use crate::table::row::{self, Row};
use aws_sdk_dynamodb::types::AttributeValue;

const NAME: &str = "share_domain";

/// The attribute's name and value.
pub(crate) fn share_domain(domain: Option<&Domain>) -> (&'static str, AttributeValue) {
    (NAME, row::text(domain.map_or("", Domain::as_str)))
}

/// Takes the attribute out of a row.
///
/// # Errors
/// [`Error::Internal`] if it is neither empty nor a public host name.
pub(crate) fn take_share_domain(row: &mut Row) -> Result<Option<Domain>> {
    let host = row.text(NAME)?;
    if host.is_empty() {
        return Ok(None);
    }
    Domain::parse(&host).map(Some).ok_or_else(|| Error::internal("the domain in a row is none"))
}
