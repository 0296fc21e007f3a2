//! The table as an attacker sees it who has only the table.

use aws_sdk_dynamodb::types::AttributeValue;
use readonce_core::table::{PARTITION_KEY, SORT_KEY};
use std::collections::HashMap;

/// A row of the table, by attribute name.
pub type Row = HashMap<String, AttributeValue>;

/// Reads every row.
pub async fn all(dynamodb: &aws_sdk_dynamodb::Client, table: &str) -> Vec<Row> {
    let scan = dynamodb.scan().table_name(table).consistent_read(true);
    let rows: Result<Vec<Row>, _> = scan.into_paginator().items().send().collect().await;
    rows.expect("the table can be read")
}

/// Makes the table contain exactly these rows.
pub async fn restore(dynamodb: &aws_sdk_dynamodb::Client, table: &str, rows: &[Row]) {
    let key = |row: &Row| [PARTITION_KEY, SORT_KEY].map(|name| (name.to_owned(), row[name].clone()));
    let found = all(dynamodb, table).await;
    for row in &found {
        if !rows.iter().any(|kept| key(kept) == key(row)) {
            let delete = dynamodb.delete_item().table_name(table).set_key(Some(key(row).into()));
            delete.send().await.expect("the table can be written");
        }
    }
    for row in rows.iter().filter(|row| !found.contains(row)) {
        let put = dynamodb.put_item().table_name(table).set_item(Some(row.clone()));
        put.send().await.expect("the table can be written");
    }
}

/// The searchable contents of the rows: texts, numbers, and bytes as they are.
pub fn searchable(rows: &[Row]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, value) in rows.iter().flatten() {
        bytes.extend_from_slice(name.as_bytes());
        append(&mut bytes, value);
    }
    bytes
}

fn append(bytes: &mut Vec<u8>, value: &AttributeValue) {
    bytes.push(0);
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => bytes.extend_from_slice(text.as_bytes()),
        AttributeValue::B(blob) => bytes.extend_from_slice(blob.as_ref()),
        AttributeValue::Ss(texts) => bytes.extend_from_slice(texts.join("\0").as_bytes()),
        AttributeValue::Bool(_) => {}
        other => panic!("an attribute of a type that this project does not use: {other:?}"),
    }
    bytes.push(0);
}

/// Whether `needle` occurs in `haystack`.
pub fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}
