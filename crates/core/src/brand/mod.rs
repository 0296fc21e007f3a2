//! The operator's brand, as pages and mails show it.

pub mod colour;

use crate::brand::colour::Colour;
use readonce_text::display::is_control;
use std::fmt;
use std::str::FromStr;

/// Maximum length of a name, in characters.
const MAX_NAME: usize = 60;
/// Maximum length of a link, in characters.
const MAX_LINK: usize = 500;

/// The operator's name, colour and links.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Name of the service in titles, headings and mails.
    pub name: BrandName,
    /// Colour of buttons and links.
    pub accent: Accent,
    /// Contact link in footers; `None` for no link.
    pub contact: Option<BrandLink>,
    /// Terms of use, linked in footers; `None` for no link.
    pub terms: Option<BrandLink>,
}

/// A name of 1 to 60 characters, none of which affects the text around it. An
/// underscore is read as a space, because lists of deployment parameters cannot contain
/// spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandName(String);

impl BrandName {
    /// The name, with spaces in place of underscores.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for BrandName {
    fn default() -> Self {
        Self("Readonce".to_owned())
    }
}

impl FromStr for BrandName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.replace('_', " ");
        let name = name.trim();
        if !(1..=MAX_NAME).contains(&name.chars().count()) || name.chars().any(is_control) {
            return Err(format!("a name has 1 to {MAX_NAME} characters, and no control characters"));
        }
        Ok(Self(name.to_owned()))
    }
}

/// The accent colour; its default is Readonce's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(pub Colour);

impl Default for Accent {
    fn default() -> Self {
        Self(Colour::from_rgb(0x0b, 0x6b, 0x5d))
    }
}

impl FromStr for Accent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

/// An `https:`, `http:` or `mailto:` link. All other schemes are refused, because a
/// browser could execute them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandLink(String);

impl BrandLink {
    /// The URL, as the operator wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BrandLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for BrandLink {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = ["https://", "http://", "mailto:"].iter().find_map(|scheme| text.strip_prefix(scheme));
        let rest = known.ok_or("a link begins with https://, http:// or mailto:")?;
        let good = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\');
        if rest.is_empty() || text.len() > MAX_LINK || !rest.bytes().all(good) {
            return Err("a link is ASCII, without blanks, quotes or angle brackets".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_names_and_links_are_accepted() {
        assert_eq!(" Złota Rączka ".parse::<BrandName>().unwrap().as_str(), "Złota Rączka");
        assert_eq!("Acme_Secrets".parse::<BrandName>().unwrap().as_str(), "Acme Secrets");
        for link in ["https://example.com/terms?a=b#c", "mailto:help@example.com", "http://intranet/help"] {
            assert_eq!(link.parse::<BrandLink>().unwrap().as_str(), link);
        }
    }

    #[test]
    fn harmful_names_and_links_are_refused() {
        for name in ["", "  ", "a\u{202e}b", "a\nb", "a\u{0}", &"x".repeat(61)] {
            assert!(name.parse::<BrandName>().is_err(), "{name:?}");
        }
        for link in [
            "",
            "https://",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "/terms",
            "https://example.com/\"onclick=\"",
            "https://example.com/ x",
            "https://exämple.com",
            "mailto:a@example.com\r\nBcc:b@example.com",
        ] {
            assert!(link.parse::<BrandLink>().is_err(), "{link:?}");
        }
    }
}
