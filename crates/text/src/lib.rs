//! What people read, in their language.
//!
//! `locales/` has a Fluent file (<https://projectfluent.org>) for each language,
//! and adding one adds the language. They are compiled into [`Language`], on
//! which each message is a method; plural categories are CLDR's, from ICU4X.

use icu_plurals::{PluralCategory, PluralRules};

pub mod display;
mod number;
pub mod time;

/// Written by build.rs.
#[expect(
    clippy::match_same_arms,
    clippy::single_match_else,
    clippy::single_char_add_str,
    reason = "generated, and read by nobody"
)]
mod messages {
    use icu_plurals::PluralCategory;

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

pub use messages::Language;

impl Default for Language {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Language {
    /// The language that is spoken to those of whom nothing is known.
    pub const DEFAULT: Self = Self::En;

    /// The language of a BCP 47 tag, whatever its region; `None` if we do not
    /// speak it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        let same = |language: &&Self| language.tag().eq_ignore_ascii_case(tag);
        let related = |language: &&Self| language.tag().eq_ignore_ascii_case(primary);
        Self::ALL.iter().find(same).or_else(|| Self::ALL.iter().find(related)).copied()
    }

    fn category(self, number: i64) -> PluralCategory {
        // Compiled-in data knows every language, so this fails for none.
        PluralRules::try_new_cardinal(self.locale().into())
            .map_or(PluralCategory::Other, |rules| rules.category_for(number))
    }
}
