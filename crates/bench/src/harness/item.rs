//! The size of a row, as DynamoDB counts it
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// Size of an item in a request, in bytes: names and values.
///
/// # Panics
/// On attribute types that this project does not use.
pub fn size_bytes(item: &Map<String, Value>) -> usize {
    item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

fn value_bytes(value: &Value) -> usize {
    let (kind, value) = value.as_object().and_then(|typed| typed.iter().next()).expect("a typed value");
    let text = value.as_str().unwrap_or_default();
    match kind.as_str() {
        "S" => text.len(),
        // About one byte per two significant digits, and one more. DynamoDB does not count
        // trailing zeros. Here they count; otherwise a row would be shorter in one second
        // of a hundred.
        "N" => text.trim_start_matches('-').len().div_ceil(2) + 1,
        "B" => STANDARD.decode(text).map_or(0, |bytes| bytes.len()),
        "BOOL" | "NULL" => 1,
        "SS" => value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::len).sum(),
        other => panic!("an attribute of type {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_as_long_as_its_names_and_values() {
        let item = serde_json::json!({
            "pk": { "S": "secret#1" },
            "number": { "N": "1795418316" },
            "thousand": { "N": "1000" },
            "flag": { "BOOL": true },
            "bytes": { "B": "AAECAwQ=" },
            "hosts": { "SS": ["a.example", "b.example"] },
        });
        let expected = (2 + 8) + (6 + 6) + (8 + 3) + (4 + 1) + (5 + 5) + (5 + 18);
        assert_eq!(size_bytes(item.as_object().unwrap()), expected);
    }
}
