//! Conversion between values and the attributes of a row.

use crate::error::{Error, Result};
use crate::time::UnixTime;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// Seconds between a row's own end and the time from which DynamoDB may delete it. Code
/// compares times itself, so a row must outlive everything that depends on it: a write
/// signed before the end (AWS accepts a signature for five minutes), its request (under
/// half a minute), and clock differences. The rest is reserve.
const TTL_MARGIN_SECONDS: i64 = 900;

/// The attribute of a row's format version.
const VERSION: &str = "version";

pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// A row that is being read; each attribute is removed by name. An attribute that is
/// missing or has another type gives [`Error::Internal`], since we wrote the row.
pub(crate) struct Row(Attributes);

impl Row {
    pub(crate) fn new(attributes: Attributes) -> Self {
        Self(attributes)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String> {
        match self.0.remove(name) {
            Some(AttributeValue::S(text)) => Ok(text),
            _ => Err(malformed(name)),
        }
    }

    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>> {
        match self.0.remove(name) {
            None => Ok(Vec::new()),
            Some(AttributeValue::Ss(texts)) => Ok(texts),
            Some(_) => Err(malformed(name)),
        }
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<i64> {
        match self.0.remove(name) {
            Some(AttributeValue::N(digits)) => digits.parse().map_err(|_| malformed(name)),
            _ => Err(malformed(name)),
        }
    }

    /// Format version of the row.
    pub(crate) fn version(&mut self) -> Result<u8> {
        u8::try_from(self.number(VERSION)?).map_err(|_| malformed(VERSION))
    }

    /// Format version of a receipt or an account, which had none at first: then it is 1.
    pub(crate) fn version_or_first(&mut self) -> Result<u8> {
        if self.has(VERSION) { self.version() } else { Ok(1) }
    }

    pub(crate) fn time(&mut self, name: &str) -> Result<UnixTime> {
        self.number(name).map(UnixTime::from_seconds)
    }

    pub(crate) fn flag(&mut self, name: &str) -> Result<bool> {
        match self.0.remove(name) {
            Some(AttributeValue::Bool(flag)) => Ok(flag),
            _ => Err(malformed(name)),
        }
    }

    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        match self.0.remove(name) {
            Some(AttributeValue::B(blob)) => Ok(blob.into_inner()),
            _ => Err(malformed(name)),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self, name: &str) -> Result<[u8; N]> {
        self.bytes(name)?.try_into().map_err(|_| malformed(name))
    }
}

/// The error for a row in an unknown format, written by a later release.
pub(crate) fn unknown_version(version: u8) -> Error {
    Error::internal(format!("a row of unknown format version {version}"))
}

fn malformed(name: &str) -> Error {
    Error::internal(format!("a row's attribute {name} is missing or malformed"))
}

pub(crate) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// Name and value of the format version attribute.
pub(crate) fn version(version: u8) -> (&'static str, AttributeValue) {
    (VERSION, number(version.into()))
}

pub(crate) fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn time(time: UnixTime) -> AttributeValue {
    number(time.seconds())
}

/// Value of the TTL attribute of a row that ends at `end`.
pub(crate) fn ttl(end: UnixTime) -> AttributeValue {
    time(end.plus(TTL_MARGIN_SECONDS))
}

pub(crate) fn flag(flag: bool) -> AttributeValue {
    AttributeValue::Bool(flag)
}

pub(crate) fn bytes(bytes: &[u8]) -> AttributeValue {
    AttributeValue::B(Blob::new(bytes))
}

/// Builds the attributes of an item.
pub(crate) fn item<const N: usize>(attributes: [(&str, AttributeValue); N]) -> Attributes {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
