//! Reads of many rows in one request.

use super::row::{self, Attributes};
use super::{PARTITION_KEY, SORT_KEY, Table};
use crate::aws::operation::Operation;
use crate::deadline::Deadline;
use crate::error::Result;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use std::collections::HashMap;
use std::time::Duration;

/// Pause before asking again for rows that DynamoDB left out; doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
const MAX_PAUSE: Duration = Duration::from_secs(1);

impl Table {
    /// The rows with this sort key in these partitions, by partition key. DynamoDB may
    /// leave some out of an answer; they are requested again until the deadline.
    ///
    /// At most 100 partitions, the maximum of one request. `projection` lists the
    /// attributes to read and the names behind their placeholders; `None` reads all.
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
