//! The answers of a v1 server, read with tolerance: older servers write numbers
//! as strings, newer ones have other names for the same values, and what this
//! client does not know it passes over. Only keys, links and their like have to
//! have the form of one: people copy them into a shell.

use crate::server::link::{LinkKind, PlainHttp, ServerLink, is_key, is_plain};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zeroize::Zeroizing;

/// The error of a key, link, host or state that has not the form of one. It
/// repeats nothing.
pub(crate) const MALFORMED: &str = "a key, link, host or state in a form that is not shown here";

/// A text that only its reader should see.
pub(crate) struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The text.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(Zeroizing::new(text))),
            // Others are not told as the digits that they were.
            Value::Number(number) if !number.is_f64() => Ok(Self(Zeroizing::new(number.to_string()))),
            _ => Err(serde::de::Error::custom("a secret is text")),
        }
    }
}

/// The answer to share, generate and receipt, and a part of others.
#[derive(Deserialize)]
pub(crate) struct Receipt {
    #[serde(default, deserialize_with = "key")]
    metadata_key: Option<String>,
    #[serde(default, deserialize_with = "key")]
    identifier: Option<String>,
    #[serde(default, deserialize_with = "key")]
    secret_key: Option<String>,
    #[serde(default, deserialize_with = "key")]
    secret_identifier: Option<String>,
    /// The secret's link, if the server sends one.
    #[serde(default, deserialize_with = "secret_link")]
    pub(crate) secret_url: Option<ServerLink>,
    #[serde(default, deserialize_with = "receipt_link")]
    metadata_url: Option<ServerLink>,
    #[serde(default, rename = "receipt_url", deserialize_with = "receipt_link")]
    newer_metadata_url: Option<ServerLink>,
    /// The secret's lifetime from its beginning, in seconds.
    #[serde(default, deserialize_with = "number")]
    pub(crate) ttl: Option<i64>,
    /// The rest of it, in seconds.
    #[serde(default, deserialize_with = "number")]
    pub(crate) secret_ttl: Option<i64>,
    /// new, viewed, received, burned, expired; other servers have more.
    #[serde(default, deserialize_with = "plain")]
    pub(crate) state: Option<String>,
    /// Unix seconds.
    #[serde(default, deserialize_with = "number")]
    pub(crate) created: Option<i64>,
    /// Unix seconds of the last change.
    #[serde(default, deserialize_with = "number")]
    pub(crate) updated: Option<i64>,
    /// Unix seconds of the reveal.
    #[serde(default, deserialize_with = "number")]
    pub(crate) received: Option<i64>,
    /// Obscured addresses.
    #[serde(default, deserialize_with = "texts")]
    pub(crate) recipient: Vec<String>,
    /// The host of the link, if it is another one.
    #[serde(default, deserialize_with = "plain")]
    pub(crate) share_domain: Option<String>,
    #[serde(default, deserialize_with = "boolean")]
    passphrase_required: Option<bool>,
    #[serde(default, deserialize_with = "boolean")]
    has_passphrase: Option<bool>,
    /// The generated value.
    #[serde(default)]
    pub(crate) value: Option<SecretText>,
    #[serde(default)]
    secret_value: Option<SecretText>,
}

impl Receipt {
    /// The receipt's own key.
    pub(crate) fn key(&self) -> Option<&str> {
        self.metadata_key.as_deref().or(self.identifier.as_deref())
    }

    /// The secret's key, while there is a secret.
    pub(crate) fn secret_key(&self) -> Option<&str> {
        self.secret_key.as_deref().or(self.secret_identifier.as_deref())
    }

    /// Refuses links in it that would be opened in clear elsewhere.
    ///
    /// # Errors
    /// In words.
    pub(crate) fn refuse_clear_links(&self, clear: PlainHttp) -> Result<(), String> {
        let links = [&self.secret_url, &self.metadata_url, &self.newer_metadata_url];
        links.into_iter().flatten().try_for_each(|link| link.base.refuse_clear(clear))
    }

    /// The secret has a passphrase.
    pub(crate) fn needs_passphrase(&self) -> bool {
        self.passphrase_required.or(self.has_passphrase).unwrap_or(false)
    }

    /// The generated value.
    pub(crate) fn generated(&self) -> Option<&str> {
        self.value.as_ref().or(self.secret_value.as_ref()).map(SecretText::expose)
    }
}

/// The answer to reveal.
#[derive(Deserialize)]
pub(crate) struct Revealed {
    /// The secret.
    pub(crate) value: SecretText,
}

/// The answer to burn.
#[derive(Deserialize)]
pub(crate) struct Burned {
    /// The receipt of what was burned.
    pub(crate) state: Receipt,
}

/// The answer to status and authcheck.
#[derive(Deserialize)]
pub(crate) struct Status {
    /// `nominal` if all is well.
    #[serde(default, deserialize_with = "text")]
    pub(crate) status: Option<String>,
}

/// A refusal.
#[derive(Deserialize)]
pub(crate) struct Refusal {
    /// The server's reason.
    #[serde(default, deserialize_with = "text")]
    pub(crate) message: Option<String>,
}

/// A text that is not empty.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.is_empty() => Some(in_one_line(&text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A text in the form of a key.
fn key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    well_formed(text(deserializer)?, is_key)
}

/// A host or a state: nothing in it means anything to a shell.
fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    well_formed(text(deserializer)?, |text| text.bytes().all(is_plain))
}

fn well_formed<E: serde::de::Error>(
    text: Option<String>,
    is_well_formed: impl Fn(&str) -> bool,
) -> Result<Option<String>, E> {
    match text {
        Some(text) if !is_well_formed(&text) => Err(E::custom(MALFORMED)),
        text => Ok(text),
    }
}

/// The link of a secret.
fn secret_link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ServerLink>, D::Error> {
    link(deserializer, LinkKind::Secret)
}

/// The link of a receipt.
fn receipt_link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ServerLink>, D::Error> {
    link(deserializer, LinkKind::Receipt)
}

fn link<'de, D: Deserializer<'de>>(deserializer: D, kind: LinkKind) -> Result<Option<ServerLink>, D::Error> {
    let read =
        |text: String| ServerLink::parse(&text, kind).ok_or_else(|| serde::de::Error::custom(MALFORMED));
    text(deserializer)?.map(read).transpose()
}

/// With line ends and their like made visible: a line break in a server's word
/// would let it write lines of its own.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
    }
    line
}

/// A text or a list of them, without empty ones.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = match Value::deserialize(deserializer)? {
        Value::Array(items) => items,
        other => vec![other],
    };
    let texts = texts.into_iter().filter_map(|item| item.as_str().map(in_one_line));
    Ok(texts.filter(|text| !text.is_empty()).collect())
}

/// A number, or a text that is one.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(&number.to_string())),
        Value::String(text) => whole(&text),
        _ => None,
    })
}

/// The whole part of a decimal number.
fn whole(text: &str) -> Option<i64> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    whole.trim().parse().ok()
}

/// A boolean, or a text that is one.
fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(is_true) => Some(is_true),
        Value::String(text) => Some(text == "true" || text == "1"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_servers_receipt_is_read() {
        let receipt: Receipt = serde_json::from_str(
            r#"{"custid":"anon","metadata_key":"m","secret_key":"s","ttl":"3600","metadata_ttl":"7200",
                "secret_ttl":3600.0,"state":"new","updated":"1700000000","created":1700000000.5,
                "recipient":"","share_domain":null,"passphrase_required":"true","more":{"of":[1]}}"#,
        )
        .unwrap();
        assert_eq!((receipt.key(), receipt.secret_key()), (Some("m"), Some("s")));
        assert_eq!((receipt.ttl, receipt.secret_ttl), (Some(3600), Some(3600)));
        assert_eq!((receipt.created, receipt.updated), (Some(1_700_000_000), Some(1_700_000_000)));
        assert!(receipt.recipient.is_empty() && receipt.share_domain.is_none() && receipt.needs_passphrase());
    }

    #[test]
    fn newer_field_names_replace_the_older_ones() {
        let receipt: Receipt = serde_json::from_str(
            r#"{"identifier":"m","secret_identifier":"s","has_passphrase":true,"secret_value":"v"}"#,
        )
        .unwrap();
        assert_eq!((receipt.key(), receipt.secret_key()), (Some("m"), Some("s")));
        assert!(receipt.needs_passphrase());
        assert_eq!(receipt.generated(), Some("v"));
    }

    #[test]
    fn keys_links_hosts_and_states_have_the_form_of_one() {
        for field in ["metadata_key", "identifier", "secret_key", "secret_identifier"] {
            for text in [";$(id)", "a b", "-x", "--config", "a\\nb", "żółw", "a/b"] {
                let json = format!(r#"{{"{field}":"{text}"}}"#);
                let error = serde_json::from_str::<Receipt>(&json).err().map(|error| error.to_string());
                assert!(error.is_some_and(|error| error.starts_with(MALFORMED)), "{json}");
            }
        }
        for (field, text) in [
            ("secret_url", "https://h.example/secret/abc;$(id)"),
            ("secret_url", "https://h.example/private/abc"),
            ("metadata_url", "https://h.example/private/abc?`id`"),
            ("metadata_url", "https://h.example/secret/abc"),
            ("receipt_url", "javascript:alert(1)"),
            ("share_domain", "x;$(id).example"),
            ("state", "new;$(id)"),
            ("state", "new\\u001b[2J"),
        ] {
            let json = format!(r#"{{"{field}":"{text}"}}"#);
            assert!(serde_json::from_str::<Receipt>(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn an_empty_receipt_is_valid() {
        let receipt: Receipt =
            serde_json::from_str(r#"{"secret_key":"","secret_ttl":null,"recipient":null}"#).unwrap();
        assert!(
            receipt.secret_key().is_none() && receipt.secret_ttl.is_none() && receipt.recipient.is_empty()
        );
    }
}
