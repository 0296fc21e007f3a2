//! What all pages of a stack have in common: the brand, the stylesheet, the
//! script, and what a browser is allowed to do with them.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::brand::Brand;
use readonce_core::brand::colour::Colour;
use readonce_text::Language;

const STYLE: &str = include_str!("../../assets/style.css");
pub(crate) const SCRIPT: &str = include_str!("../../assets/script.js");

/// What is behind text in the light and the dark look; the stylesheet has the
/// same.
const LIGHT: Colour = Colour::from_rgb(0xff, 0xff, 0xff);
const DARK: Colour = Colour::from_rgb(0x1c, 0x1e, 0x21);

/// The common part of all pages.
pub(crate) struct Layout {
    pub(crate) brand: Brand,
    /// The stylesheet, with the brand's colours.
    pub(crate) style: String,
    style_hash: String,
    script_hash: String,
}

impl Layout {
    /// The pages of a brand.
    pub(crate) fn new(brand: &Brand) -> Self {
        let style = style(brand.accent.0);
        let (style_hash, script_hash) = (hash(&style), hash(SCRIPT));
        Self { brand: brand.clone(), style, style_hash, script_hash }
    }

    /// The Content-Security-Policy of a page: its own style and script, calls
    /// and forms to its own host, and nothing else from anywhere.
    pub(crate) fn policy(&self) -> String {
        format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            self.style_hash, self.script_hash
        )
    }

    /// A page's own part of the common part.
    pub(crate) fn page(&self, language: Language) -> Page<'_> {
        Page {
            layout: self,
            t: language,
            has_script: true,
            chosen: false,
            switch: true,
            links: Links::LeaveThePage,
            kept: "",
        }
    }

    /// The sign of the site.
    pub(crate) fn icon(&self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"9\" fill=\"{}\"/>\
             <path d=\"M16 8a5 5 0 0 0-2.2 9.5L13 24h6l-.8-6.5A5 5 0 0 0 16 8z\" fill=\"{}\"/></svg>",
            self.brand.accent.0,
            self.brand.accent.0.text_on_it()
        )
    }
}

/// Where the links of a page lead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// To other pages, in its place.
    LeaveThePage,
    /// Into tabs of their own: the page shows what is lost when it is left.
    OpenTabs,
}

/// One page.
pub(crate) struct Page<'a> {
    pub(crate) layout: &'a Layout,
    /// The language it is in.
    pub(crate) t: Language,
    /// The answer to a form needs no script.
    pub(crate) has_script: bool,
    /// Was the language chosen by hand? Then its links keep it.
    pub(crate) chosen: bool,
    /// Can the same page be had in another language?
    pub(crate) switch: bool,
    /// Where its links lead.
    pub(crate) links: Links,
    /// What else its address says, in another language too: `&name=value`.
    pub(crate) kept: &'static str,
}

impl Page<'_> {
    pub(crate) fn brand(&self) -> &str {
        self.layout.brand.name.as_str()
    }

    pub(crate) fn contact(&self) -> Option<&str> {
        self.layout.brand.contact.as_ref().map(readonce_core::brand::BrandLink::as_str)
    }

    pub(crate) fn terms(&self) -> Option<&str> {
        self.layout.brand.terms.as_ref().map(readonce_core::brand::BrandLink::as_str)
    }

    /// Does none of its links leave it?
    pub(crate) fn keeps_its_tab(&self) -> bool {
        self.links == Links::OpenTabs
    }

    /// Attributes of its links, which make them open where they should.
    pub(crate) fn target(&self) -> &'static str {
        if self.keeps_its_tab() { " target=\"_blank\" rel=\"noopener\"" } else { "" }
    }

    /// What a link to another page ends with.
    pub(crate) fn query(&self) -> String {
        if self.chosen { format!("?lang={}", self.t.tag()) } else { String::new() }
    }
}

/// The stylesheet with the accent, and with shades of it that can be read.
fn style(accent: Colour) -> String {
    let on_accent = accent.text_on_it();
    let strong = accent.mixed(on_accent.text_on_it(), 14);
    format!(
        ":root{{--accent:{accent};--on-accent:{on_accent};--strong:{strong};--light-ink:{};--dark-ink:{}}}\n{STYLE}",
        accent.readable_on(LIGHT),
        accent.readable_on(DARK),
    )
}

/// As a Content-Security-Policy names it
/// (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>).
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(digest::digest(&digest::SHA256, text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_style_or_script_ends_its_element() {
        let style = style(Colour::BLACK);
        assert!(!style.contains('<') && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    }
}
