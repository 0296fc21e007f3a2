//! JSON bodies: a flat object whose numbers and strings are treated alike.

use super::pairs::{Name, Pairs, without_nul};
use readonce_core::secret::generated_value::CharacterSets;
use readonce_core::{Error, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use zeroize::Zeroizing;

/// The pairs of a flat object. null means "not given"; a recipient may be an
/// array, and `character_sets` an object.
pub(super) fn object(body: &str) -> Result<Pairs> {
    // RFC 8259 permits ignoring a byte order mark, and some editors write one.
    let body = body.strip_prefix('\u{feff}').unwrap_or(body);
    let members: HashMap<String, &RawValue> = parse(body)?;
    let mut pairs = Pairs::new();
    for (name, value) in members {
        let name = Name::parse(&name);
        let values = match (value.get().as_bytes().first(), name) {
            (Some(b'['), Some(Name::Recipient)) => elements(value)?,
            (Some(b'{'), Some(Name::CharacterSets)) => vec![Zeroizing::new(value.get().to_owned())],
            _ => scalar(value)?.into_iter().collect(),
        };
        if let Some(name) = name {
            pairs.extend(values.into_iter().map(|value| (name, without_nul(value))));
        }
    }
    Ok(pairs)
}

/// Parses `character_sets`. Sets that are not named keep their default.
pub(super) fn character_sets(text: &str) -> Result<CharacterSets> {
    #[derive(Deserialize)]
    struct Wire {
        uppercase: Option<bool>,
        lowercase: Option<bool>,
        numbers: Option<bool>,
        symbols: Option<bool>,
        exclude_ambiguous: Option<bool>,
    }
    // Serde would also accept an array for a struct.
    if !text.trim_start().starts_with('{') {
        return Err(Error::IncorrectPayload);
    }
    let wire: Wire = parse(text)?;
    let default = CharacterSets::default();
    Ok(CharacterSets {
        uppercase: wire.uppercase.unwrap_or(default.uppercase),
        lowercase: wire.lowercase.unwrap_or(default.lowercase),
        numbers: wire.numbers.unwrap_or(default.numbers),
        symbols: wire.symbols.unwrap_or(default.symbols),
        exclude_ambiguous: wire.exclude_ambiguous.unwrap_or(default.exclude_ambiguous),
    })
}

fn elements(array: &RawValue) -> Result<Vec<Zeroizing<String>>> {
    let elements: Vec<&RawValue> = parse(array.get())?;
    let mut values = Vec::with_capacity(elements.len());
    for element in elements {
        values.extend(scalar(element)?);
    }
    Ok(values)
}

/// The text of a string, or a number or boolean as it was written, so that a long
/// number keeps all digits.
fn scalar(value: &RawValue) -> Result<Option<Zeroizing<String>>> {
    match value.get().as_bytes().first() {
        Some(b'"') => parse(value.get()).map(|text: String| Some(Zeroizing::new(text))),
        Some(b'[' | b'{') => Err(Error::IncorrectPayload),
        _ if value.get() == "null" => Ok(None),
        _ => Ok(Some(Zeroizing::new(value.get().to_owned()))),
    }
}

fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| Error::IncorrectPayload)
}
