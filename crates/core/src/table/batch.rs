//! Many rows at once.

use super::row::{self, Attributes};
use super::{PARTITION_KEY, SORT_KEY, Table};
use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::Result;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::collections::HashMap;
use std::time::Duration;

/// Between two requests for what the one before has left out; doubled for each
/// more.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
const MAX_PAUSE: Duration = Duration::from_secs(1);

impl Table {
    /// The rows of these partitions that have that sort key, by partition.
    /// DynamoDB may leave some out of an answer; they are asked for again, for
    /// as long as the deadline allows.
    ///
    /// At most 100, which is what one request may name. `projection` is the
    /// attributes that are wanted, if not all, and what their placeholders stand
    /// for.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub(crate) async fn rows<'a>(
        &self,
        partitions: impl Iterator<Item = &'a str>,
        sort_key: &str,
        projection: Option<(&str, HashMap<String, String>)>,
        operation: Operation,
        deadline: Deadline,
    ) -> Result<HashMap<String, Attributes>> {
        let keys = partitions.map(|partition| {
            row::item([(PARTITION_KEY, row::text(partition)), (SORT_KEY, row::text(sort_key))])
        });
        let keys: Vec<Attributes> = keys.collect();
        let mut rows = HashMap::new();
        if keys.is_empty() {
            return Ok(rows);
        }
        let wanted = KeysAndAttributes::builder().consistent_read(true).set_keys(Some(keys));
        let wanted = match projection {
            None => wanted,
            Some((attributes, names)) => {
                wanted.projection_expression(attributes).set_expression_attribute_names(Some(names))
            }
        };
        let wanted = wanted.build().expect("it has keys, all that the builder asks for");
        let mut request = HashMap::from([(self.name.clone(), wanted)]);
        let mut pause = FIRST_PAUSE;
        loop {
            let get = self.dynamodb.batch_get_item().set_request_items(Some(request));
            let answer = operation.send(deadline, get.send()).await?;
            for attributes in answer.responses.unwrap_or_default().into_values().flatten() {
                let partition = attributes.get(PARTITION_KEY).and_then(|value| value.as_s().ok()).cloned();
                rows.insert(partition.unwrap_or_default(), attributes);
            }
            request = answer.unprocessed_keys.unwrap_or_default();
            if request.is_empty() {
                return Ok(rows);
            }
            tokio::time::sleep(pause).await;
            pause = MAX_PAUSE.min(pause * 2);
        }
    }
}
