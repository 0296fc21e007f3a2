//! Tables with many rows.

use dynoxide::types::{AttributeValue, Item};
use dynoxide::{Database, ImportOptions};
use readonce_embedded::aws::TABLE;
use readonce_embedded::dynamodb::TABLE_FILE;
use std::path::Path;

/// Number of rows per transaction.
const AT_ONCE: usize = 10_000;

/// Adds rows to a directory that a local server has used until there are `count`:
/// copies of existing rows, under their own partition keys.
pub(super) fn fill(directory: &Path, count: usize) {
    let database =
        Database::new(&directory.join(TABLE_FILE).to_string_lossy()).expect("the server has made it");
    let scan = serde_json::from_value(serde_json::json!({ "TableName": TABLE })).expect("it is a request");
    let patterns: Vec<Item> = database.scan(scan).expect("the table can be read").items.unwrap_or_default();
    assert!(!patterns.is_empty(), "there are rows to copy");
    database.enable_bulk_loading().expect("SQLite takes settings");
    let mut copies = patterns.iter().cycle().map(copy);
    for start in (0..count).step_by(AT_ONCE) {
        let items = copies.by_ref().take(AT_ONCE.min(count - start)).collect();
        database.import_items(TABLE, items, ImportOptions::default()).expect("rows can be written");
    }
}

/// Copies a row under another key of the same form.
fn copy(row: &Item) -> Item {
    let mut row = row.clone();
    let Some(AttributeValue::S(key)) = row.get_mut(readonce_core::table::PARTITION_KEY) else {
        panic!("every row has a key");
    };
    let (kind, _) = key.split_once('#').expect("a key begins with its kind");
    let mut random = [0; 22];
    getrandom::fill(&mut random).expect("the system has randomness");
    let random = random.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    *key = format!("{kind}#{}", &random[..43]);
    row
}
