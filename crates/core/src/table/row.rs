//! Attributes in and out of a row.

use crate::error::{Error, Result};
use crate::time::UnixTime;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// How long after a row's own end DynamoDB may delete it, in seconds. Code compares
/// times itself, so a row must outlive everything that still goes by it: a write
/// signed before the end (AWS takes a signature for five minutes), the request it
/// belongs to (under half a minute), and clocks that differ. The rest is reserve.
const TTL_MARGIN_SECONDS: i64 = 900;

/// The attribute of a row's format version.
const VERSION: &str = "version";

pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// A row that is being read. Attributes are taken out by name; one that is
/// missing or of another type is [`Error::Internal`], since we wrote the row.
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

    /// The format version of the row. A row without one is of version 1: receipts and
    /// accounts had none at first.
    pub(crate) fn version(&mut self) -> Result<u8> {
        if !self.has(VERSION) {
            return Ok(1);
        }
        u8::try_from(self.number(VERSION)?).map_err(|_| malformed(VERSION))
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

/// A row in a format that this release does not know, which a later one has written.
pub(crate) fn unknown_version(version: u8) -> Error {
    Error::internal(format!("a row of unknown format version {version}"))
}

fn malformed(name: &str) -> Error {
    Error::internal(format!("a row's attribute {name} is missing or malformed"))
}

pub(crate) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// The attribute of a row's format version, with its name.
pub(crate) fn version(version: u8) -> (&'static str, AttributeValue) {
    (VERSION, number(version.into()))
}

pub(crate) fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn time(time: UnixTime) -> AttributeValue {
    number(time.seconds())
}

/// The TTL attribute of a row that ends then.
pub(crate) fn ttl(end: UnixTime) -> AttributeValue {
    time(end.plus(TTL_MARGIN_SECONDS))
}

pub(crate) fn flag(flag: bool) -> AttributeValue {
    AttributeValue::Bool(flag)
}

pub(crate) fn bytes(bytes: &[u8]) -> AttributeValue {
    AttributeValue::B(Blob::new(bytes))
}

/// Names and values of an item to be.
pub(crate) fn item<const N: usize>(attributes: [(&str, AttributeValue); N]) -> Attributes {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
