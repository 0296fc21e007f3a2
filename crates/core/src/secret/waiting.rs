//! A read of a secret's row without its text and verifier.

use crate::aws::operation::Operation;
use crate::call::Call;
use crate::error::Result;
use crate::secret::claim::row::{OPEN, SORT};
use crate::secret::key::SecretId;
use crate::table::row::{self, Row};
use crate::table::{PARTITION_KEY, SORT_KEY, Table};
use crate::time::UnixTime;

/// The properties of a secret that a page may show before it is revealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Time from which the secret is expired.
    pub ends: UnixTime,
    /// Whether a passphrase is needed to reveal it.
    pub passphrase_required: bool,
}

impl Table {
    /// The properties of an open secret; `None` if it has ended or has no row.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn waiting(&self, id: &SecretId, call: Call) -> Result<Option<Waiting>> {
        let get = self.dynamodb.get_item().table_name(&self.name).consistent_read(true);
        let get = get.key(PARTITION_KEY, row::text(id.as_str())).key(SORT_KEY, row::text(SORT));
        let get = get.projection_expression("#state, ends, verifier");
        let get = get.expression_attribute_names("#state", "state");
        let answer = Operation::GetSecret.send(call.deadline, get.send()).await?;
        let Some(attributes) = answer.item else { return Ok(None) };
        let mut row = Row::new(attributes);
        if row.text("state")? != OPEN {
            return Ok(None);
        }
        let ends = row.time("ends")?;
        let passphrase_required = row.has("verifier");
        Ok((ends > call.now).then_some(Waiting { ends, passphrase_required }))
    }
}
