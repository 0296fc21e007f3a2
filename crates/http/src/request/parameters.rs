//! Parameters, in all forms in which clients send them.
//!
//! They are the query string merged with the body; the body wins. A body is a form,
//! multipart or JSON; without a Content-Type it is a form. Text is UTF-8. NUL is
//! dropped, invalid UTF-8 becomes U+FFFD, and nothing is trimmed.

use super::json;
use super::pairs::{Name, Pairs, without_nul};
use crate::gateway::event::Event;
use bytes::Bytes;
use readonce_core::secret::generated_value::CharacterSets;
use readonce_core::secret::passphrase::Passphrase;
use readonce_core::secret::text::SecretText;
use readonce_core::{CreateOptions, Error, Result};
use zeroize::Zeroizing;

/// The parsed parameters: the last value of each, and all recipients.
#[derive(Default)]
pub struct Parameters {
    secret: Option<Zeroizing<String>>,
    ttl: Option<Zeroizing<String>>,
    passphrase: Option<Zeroizing<String>>,
    recipients: Option<Vec<String>>,
    share_domain: Option<Zeroizing<String>>,
    length: Option<Zeroizing<String>>,
    character_sets: Option<Zeroizing<String>>,
    deliberate: Option<Zeroizing<String>>,
}

impl Parameters {
    /// Parses query and body, and takes the body out of the event.
    ///
    /// # Errors
    /// [`Error::IncorrectPayload`].
    pub async fn read(event: &mut Event) -> Result<Self> {
        let body = event.take_body()?;
        let query = Self::last(form(event.raw_query_string.as_bytes())?);
        let body = if body.is_empty() {
            Self::default()
        } else {
            Self::last(body_pairs(event.header("content-type"), &body).await?)
        };
        Ok(body.or(query))
    }

    /// Takes the text to share; `None` if it was not sent.
    pub fn take_secret(&mut self) -> Option<SecretText> {
        self.secret.take().map(SecretText::new)
    }

    /// Takes the text to share of a browser's form. Browsers send CR LF for every line
    /// end there
    /// (<https://html.spec.whatwg.org/multipage/form-control-infrastructure.html>); the
    /// recipient gets LF, as typed.
    pub fn take_secret_of_form(&mut self) -> Option<SecretText> {
        self.secret.take().map(|text| SecretText::new(Zeroizing::new(text.replace("\r\n", "\n"))))
    }

    /// Whether the person confirmed the action. Only forms require it.
    pub fn is_deliberate(&self) -> bool {
        self.deliberate.as_ref().is_some_and(|value| value.as_str() == "yes")
    }

    /// Takes the passphrase, to set or to check; `None` if it is missing or empty.
    pub fn take_passphrase(&mut self) -> Option<Passphrase> {
        self.passphrase.take().and_then(Passphrase::given)
    }

    /// Takes the requested number of characters to generate, unparsed.
    pub fn take_length(&mut self) -> Option<String> {
        plain(self.length.take())
    }

    /// Takes the requested character sets.
    ///
    /// # Errors
    /// [`Error::IncorrectPayload`] if it is not a JSON object of booleans.
    pub fn take_character_sets(&mut self) -> Result<CharacterSets> {
        match self.character_sets.take().filter(|text| !text.is_empty()) {
            None => Ok(CharacterSets::default()),
            Some(text) => json::character_sets(&text),
        }
    }

    /// Takes the options that share and generate have in common.
    pub fn take_create_options(&mut self) -> CreateOptions {
        CreateOptions {
            ttl: plain(self.ttl.take()),
            passphrase: self.take_passphrase(),
            recipients: self.recipients.take().unwrap_or_default(),
            share_domain: plain(self.share_domain.take()),
            ..CreateOptions::default()
        }
    }

    fn last(pairs: Pairs) -> Self {
        let mut parameters = Self::default();
        for (name, value) in pairs {
            match name {
                Name::Secret => parameters.secret = Some(value),
                Name::Ttl => parameters.ttl = Some(value),
                Name::Passphrase => parameters.passphrase = Some(value),
                Name::Recipient => parameters.recipients.get_or_insert_default().extend(plain(Some(value))),
                Name::ShareDomain => parameters.share_domain = Some(value),
                Name::Length => parameters.length = Some(value),
                Name::CharacterSets => parameters.character_sets = Some(value),
                Name::Deliberate => parameters.deliberate = Some(value),
            }
        }
        parameters
    }

    /// These values; where one is missing, that of `other`.
    fn or(self, other: Self) -> Self {
        Self {
            secret: self.secret.or(other.secret),
            ttl: self.ttl.or(other.ttl),
            passphrase: self.passphrase.or(other.passphrase),
            recipients: self.recipients.or(other.recipients),
            share_domain: self.share_domain.or(other.share_domain),
            length: self.length.or(other.length),
            character_sets: self.character_sets.or(other.character_sets),
            deliberate: self.deliberate.or(other.deliberate),
        }
    }
}

/// Copies a value that is not secret.
fn plain(value: Option<Zeroizing<String>>) -> Option<String> {
    value.map(|mut value| std::mem::take(&mut *value))
}

#[derive(Debug, PartialEq, Eq)]
enum Format {
    Form,
    Json,
    Multipart { boundary: String },
}

/// The format of a body, from its Content-Type. Some clients send the header twice, and
/// the gateway joins both by a comma; the first known member counts.
fn format(content_type: Option<&str>) -> Option<Format> {
    let Some(content_type) = content_type.filter(|value| !value.trim().is_empty()) else {
        return Some(Format::Form);
    };
    // The whole value first, because a quoted boundary may contain a comma.
    std::iter::once(content_type).chain(content_type.split(',')).find_map(member_format)
}

fn member_format(member: &str) -> Option<Format> {
    let (essence, _) = member.split_once(';').unwrap_or((member, ""));
    let essence = essence.trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Some(Format::Form),
        "multipart/form-data" => {
            let boundary = multer::parse_boundary(member.trim()).ok()?;
            Some(Format::Multipart { boundary })
        }
        json if json == "application/json" || is_suffixed_json(json) => Some(Format::Json),
        _ => None,
    }
}

/// JSON by its suffix, such as `application/problem+json` (RFC 6839).
fn is_suffixed_json(essence: &str) -> bool {
    essence.starts_with("application/") && essence.ends_with("+json") && !essence.contains(',')
}

async fn body_pairs(content_type: Option<&str>, body: &[u8]) -> Result<Pairs> {
    match format(content_type).ok_or(Error::IncorrectPayload)? {
        Format::Form => form(body),
        Format::Json => json::object(&text(body)),
        Format::Multipart { boundary } => multipart(body, boundary).await,
    }
}

/// Parses `application/x-www-form-urlencoded`
/// (<https://url.spec.whatwg.org/#application/x-www-form-urlencoded>), but refuses a
/// malformed escape. Its meaning is unknown, and a secret must be returned as it was
/// meant.
fn form(encoded: &[u8]) -> Result<Pairs> {
    if !has_whole_escapes(encoded) {
        return Err(Error::IncorrectPayload);
    }
    let pairs = form_urlencoded::parse(encoded);
    let known =
        pairs.filter_map(|(name, value)| Some((Name::parse(&name)?, Zeroizing::new(value.into_owned()))));
    Ok(known.map(|(name, value)| (name, without_nul(value))).collect())
}

fn has_whole_escapes(encoded: &[u8]) -> bool {
    let mut rest = encoded;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        match &rest[at + 1..] {
            [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest = after,
            _ => return false,
        }
    }
    true
}

async fn multipart(body: &[u8], boundary: String) -> Result<Pairs> {
    let body = Bytes::copy_from_slice(body);
    let stream = futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
    let mut parts = multer::Multipart::new(stream, boundary);
    let mut pairs = Pairs::new();
    while let Some(part) = parts.next_field().await.map_err(|_| Error::IncorrectPayload)? {
        let name = part.name().and_then(Name::parse);
        let value = part.bytes().await.map_err(|_| Error::IncorrectPayload)?;
        if let Some(name) = name {
            pairs.push((name, without_nul(text(&value))));
        }
    }
    Ok(pairs)
}

fn text(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    async fn read(query: &str, content_type: Option<&str>, body: &str) -> Result<Parameters> {
        let headers = content_type.map(|value| [("content-type".to_owned(), value.to_owned())].into());
        let mut event = Event {
            raw_query_string: query.to_owned(),
            headers,
            body: Some(body.to_owned()),
            ..Event::default()
        };
        Parameters::read(&mut event).await
    }

    async fn secret(query: &str, content_type: Option<&str>, body: &str) -> Option<String> {
        let mut parameters = read(query, content_type, body).await.ok()?;
        parameters.take_secret().map(|text| text.expose().to_owned())
    }

    #[tokio::test]
    async fn every_form_of_a_body_is_read() {
        let multipart = "--x,y\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\na b\r\n--x,y--\r\n";
        let plain_multipart = multipart.replace(",y", "");
        for (content_type, body) in [
            (None, "secret=a+b"),
            (Some(""), "secret=a%20b&"),
            (Some("application/x-www-form-urlencoded"), "&&secret=a+b&"),
            (Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8"), "secret=a+b"),
            (Some("application/json"), r#"{"secret":"a b"}"#),
            (Some("application/json; charset=utf-8, application/json"), "\u{feff}{\"secret\":\"a\\u0020b\"}"),
            (Some("application/vnd.api+json"), r#" {"secret":"a b"} "#),
            (Some("text/plain,application/json"), r#"{"secret":"a b"}"#),
            (Some("multipart/form-data; boundary=\"x,y\""), multipart),
            (Some("multipart/form-data; boundary=x, multipart/form-data; boundary=x"), &plain_multipart),
            (Some("multipart/form-data, multipart/form-data; boundary=x"), &plain_multipart),
        ] {
            assert_eq!(
                secret("", content_type, body).await.as_deref(),
                Some("a b"),
                "{content_type:?} {body}"
            );
        }
    }

    #[tokio::test]
    async fn malformed_parameters_are_refused() {
        let json = Some("application/json");
        for (query, content_type, body) in [
            ("", json, "{"),
            ("", json, "[]"),
            ("", json, "\"secret\""),
            ("", json, "null"),
            ("", json, r#"{"secret":{"secret":"a"}}"#),
            ("", json, r#"{"secret":["a"]}"#),
            ("", json, r#"{"unknown":{"a":1}}"#),
            ("", json, r#"{"recipient":[["a"]]}"#),
            ("", json, r#"{"recipient":{"a":"b"}}"#),
            ("", json, r#"{"secret":"\ud800"}"#),
            ("", json, "secret=a"),
            ("", None, "secret=%"),
            ("", None, "secret=%4"),
            ("", None, "secret=%zz"),
            ("secret=%zz", None, "secret=a"),
            ("", Some("text/plain"), "secret=a"),
            ("", Some("multipart/form-data"), "--x\r\n"),
            ("", Some("multipart/form-data; boundary=x"), "secret=a"),
            (
                "",
                Some("multipart/form-data; boundary=x"),
                "--x\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\na",
            ),
        ] {
            let outcome = read(query, content_type, body).await;
            assert!(matches!(outcome, Err(Error::IncorrectPayload)), "{query} {content_type:?} {body}");
        }
    }

    #[tokio::test]
    async fn the_body_wins_over_the_query_and_the_last_value_over_the_first() {
        assert_eq!(secret("secret=a", None, "secret=b").await.as_deref(), Some("b"));
        assert_eq!(secret("secret=a", None, "secret=").await.as_deref(), Some(""));
        assert_eq!(secret("secret=a", None, "ttl=1").await.as_deref(), Some("a"));
        assert_eq!(secret("secret=a", Some("application/json"), "").await.as_deref(), Some("a"));
        assert_eq!(
            secret("secret=a", Some("application/json"), r#"{"secret":null}"#).await.as_deref(),
            Some("a")
        );
        assert_eq!(secret("secret=a&secret=b", None, "").await.as_deref(), Some("b"));
        // Of every name, whichever is taken first.
        let mut parameters =
            read("", None, "secret=x&ttl=1&ttl=2&share_domain=a&share_domain=b").await.unwrap();
        parameters.take_secret();
        let options = parameters.take_create_options();
        assert_eq!((options.ttl.as_deref(), options.share_domain.as_deref()), (Some("2"), Some("b")));
    }

    #[tokio::test]
    async fn text_comes_through_as_it_was_sent() {
        assert_eq!(secret("", None, "secret=%00a%00").await.as_deref(), Some("a"));
        assert_eq!(secret("", None, "secret=%ff").await.as_deref(), Some("\u{fffd}"));
        assert_eq!(secret("", None, "secret=%20a%0d%0a%09").await.as_deref(), Some(" a\r\n\t"));
        assert_eq!(secret("", None, "secret=%F0%9F%94%91").await.as_deref(), Some("\u{1F511}"));
        assert_eq!(secret("secret=<\"' \u{1F511}>", None, "").await.as_deref(), Some("<\"' \u{1F511}>"));
        let digits = r#"{"secret":12345678901234567890123.10}"#;
        assert_eq!(
            secret("", Some("application/json"), digits).await.as_deref(),
            Some("12345678901234567890123.10")
        );
        assert_eq!(secret("", Some("application/json"), r#"{"secret":true}"#).await.as_deref(), Some("true"));
        assert_eq!(secret("", Some("application/json"), r#"{"secret":"\u0000"}"#).await.as_deref(), Some(""));
    }

    #[tokio::test]
    async fn recipients_come_in_many_ways() {
        for (content_type, body) in [
            (None, "recipient=a&recipient=b"),
            (None, "recipient[]=a&recipient%5B%5D=b"),
            (Some("application/json"), r#"{"recipient":["a",null,"b"]}"#),
        ] {
            let mut parameters = read("recipient=query", content_type, body).await.unwrap();
            assert_eq!(parameters.take_create_options().recipients, ["a", "b"], "{body}");
        }
    }

    #[tokio::test]
    async fn character_sets_are_an_object_of_booleans() {
        let only_numbers =
            CharacterSets { uppercase: false, lowercase: false, symbols: false, ..CharacterSets::default() };
        let object = r#"{"uppercase":false,"lowercase":false,"symbols":false,"unknown":1}"#;
        let mut form = read(&format!("character_sets={object}"), None, "").await.unwrap();
        assert_eq!(form.take_character_sets().unwrap(), only_numbers);
        let mut json =
            read("", Some("application/json"), &format!(r#"{{"character_sets":{object}}}"#)).await.unwrap();
        assert_eq!(json.take_character_sets().unwrap(), only_numbers);
        let mut none = read("character_sets=", None, "").await.unwrap();
        assert_eq!(none.take_character_sets().unwrap(), CharacterSets::default());
        for bad in ["x", "[]", "true", "{\"numbers\":1}", "{\"numbers\":\"true\"}"] {
            let mut parameters = read(&format!("character_sets={bad}"), None, "").await.unwrap();
            assert!(parameters.take_character_sets().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_input_panics(query in ".*", content_type in ".*", body in ".*") {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            for content_type in [None, Some("application/json"), Some("multipart/form-data; boundary=x"), Some(&content_type)] {
                let _ = runtime.block_on(read(&query, content_type, &body));
            }
        }

        #[test]
        fn any_text_round_trips_through_a_form_and_through_json(text in "[^\0]*") {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let form: String = form_urlencoded::Serializer::new(String::new()).append_pair("secret", &text).finish();
            prop_assert_eq!(runtime.block_on(secret("", None, &form)), Some(text.clone()));
            prop_assert_eq!(runtime.block_on(secret(&form, None, "")), Some(text.clone()));
            let json = serde_json::json!({ "secret": text }).to_string();
            prop_assert_eq!(runtime.block_on(secret("", Some("application/json"), &json)), Some(text.clone()));
        }
    }
}
