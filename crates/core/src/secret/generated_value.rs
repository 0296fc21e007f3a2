//! Generated values, such as passwords.

use crate::error::{Error, Result};
use crate::plan::ttl::leading_integer;
use crate::random;
use crate::secret::text::SecretText;
use zeroize::Zeroizing;

/// Minimum and maximum length of a value, in characters.
pub const LENGTH_RANGE: std::ops::RangeInclusive<i64> = 4..=128;
/// Length of a value if the caller does not choose one, in characters.
pub const DEFAULT_LENGTH: i64 = 12;

const UPPERCASE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWERCASE: &str = "abcdefghijklmnopqrstuvwxyz";
const NUMBERS: &str = "0123456789";
const SYMBOLS: &str = "!@#$%^&*()_-+=[]{}|:;\"'<>,.?/~`";
/// Characters that are easily confused.
const AMBIGUOUS: &str = "ilo1IO0";

/// The character sets of a value.
#[expect(clippy::struct_excessive_bools, reason = "it is the wire's object of booleans")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterSets {
    /// `A` to `Z`.
    pub uppercase: bool,
    /// `a` to `z`.
    pub lowercase: bool,
    /// `0` to `9`.
    pub numbers: bool,
    /// The punctuation of a US keyboard, without the backslash.
    pub symbols: bool,
    /// Leaves out `i l o 1 I O 0` from all sets.
    pub exclude_ambiguous: bool,
}

impl Default for CharacterSets {
    fn default() -> Self {
        Self { uppercase: true, lowercase: true, numbers: true, symbols: true, exclude_ambiguous: true }
    }
}

/// A valid length, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length(usize);

impl Length {
    /// Parses the requested length; `None` gives [`DEFAULT_LENGTH`].
    ///
    /// # Errors
    /// [`Error::LengthTooSmall`], [`Error::LengthTooLarge`].
    pub fn new(sent: Option<&str>) -> Result<Self> {
        let length = match sent {
            None | Some("") => DEFAULT_LENGTH,
            Some(text) => leading_integer(text),
        };
        if length > *LENGTH_RANGE.end() {
            return Err(Error::LengthTooLarge);
        }
        if length < *LENGTH_RANGE.start() {
            return Err(Error::LengthTooSmall);
        }
        Ok(Self(usize::try_from(length).expect("4 to 128")))
    }
}

/// The parameters of a value, with at least one character set selected.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    length: usize,
    sets: CharacterSets,
}

impl Recipe {
    /// Checks that a set is selected.
    ///
    /// # Errors
    /// [`Error::NoCharacterSet`] if none is.
    pub fn new(length: Length, sets: CharacterSets) -> Result<Self> {
        let recipe = Self { length: length.0, sets };
        if recipe.alphabets().is_empty() {
            return Err(Error::NoCharacterSet);
        }
        Ok(recipe)
    }

    /// Generates a value: one character from each selected set, the others uniformly
    /// from all of them, in random order.
    pub fn make(&self) -> SecretText {
        let alphabets = self.alphabets();
        let everything = Zeroizing::new(alphabets.concat());
        let mut value = Zeroizing::new(Vec::with_capacity(self.length));
        for alphabet in &alphabets {
            value.push(alphabet[random::below(alphabet.len())]);
        }
        while value.len() < self.length {
            value.push(everything[random::below(everything.len())]);
        }
        for end in (1..value.len()).rev() {
            value.swap(end, random::below(end + 1));
        }
        let mut text = Zeroizing::new(String::with_capacity(self.length));
        text.extend(value.iter().map(|byte| char::from(*byte)));
        SecretText::new(text)
    }

    fn alphabets(&self) -> Vec<Vec<u8>> {
        let wanted = [
            (self.sets.uppercase, UPPERCASE),
            (self.sets.lowercase, LOWERCASE),
            (self.sets.numbers, NUMBERS),
            (self.sets.symbols, SYMBOLS),
        ];
        let usable = |byte: &u8| !(self.sets.exclude_ambiguous && AMBIGUOUS.as_bytes().contains(byte));
        let chosen = wanted.iter().filter(|(chosen, _)| *chosen);
        chosen.map(|(_, alphabet)| alphabet.bytes().filter(usable).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_length_is_checked() {
        let make = |length| Length::new(length).map(|length| length.0);
        assert_eq!(make(None).unwrap(), 12);
        assert_eq!(make(Some("")).unwrap(), 12);
        assert_eq!(make(Some("4")).unwrap(), 4);
        assert_eq!(make(Some("128")).unwrap(), 128);
        for small in ["3", "0", "-1", "abc"] {
            assert!(matches!(make(Some(small)), Err(Error::LengthTooSmall)), "{small}");
        }
        for large in ["129", "99999999999999999999999"] {
            assert!(matches!(make(Some(large)), Err(Error::LengthTooLarge)), "{large}");
        }
    }

    #[test]
    fn a_value_without_character_sets_is_refused() {
        let none = CharacterSets {
            uppercase: false,
            lowercase: false,
            numbers: false,
            symbols: false,
            exclude_ambiguous: true,
        };
        assert!(matches!(Recipe::new(Length(12), none), Err(Error::NoCharacterSet)));
    }

    #[test]
    fn every_selected_character_occurs_and_no_other() {
        let sets = CharacterSets { exclude_ambiguous: false, ..CharacterSets::default() };
        let recipe = Recipe::new(Length(128), sets).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            seen.extend(recipe.make().expose().chars());
        }
        let expected = [UPPERCASE, LOWERCASE, NUMBERS, SYMBOLS].concat();
        assert_eq!(seen, expected.chars().collect());
    }

    proptest! {
        #[test]
        fn each_chosen_set_has_a_character_and_no_other_set_has(
            uppercase: bool, lowercase: bool, numbers: bool, symbols: bool, exclude_ambiguous: bool, length in 4..=128_usize,
        ) {
            let sets = CharacterSets { uppercase, lowercase, numbers, symbols, exclude_ambiguous };
            let Ok(recipe) = Recipe::new(Length(length), sets) else {
                prop_assert!(!(uppercase || lowercase || numbers || symbols));
                return Ok(());
            };
            let value = recipe.make();
            let value = value.expose();
            prop_assert_eq!(value.len(), length);
            prop_assert_eq!(value.chars().any(|c| c.is_ascii_uppercase()), uppercase);
            prop_assert_eq!(value.chars().any(|c| c.is_ascii_lowercase()), lowercase);
            prop_assert_eq!(value.chars().any(|c| c.is_ascii_digit()), numbers);
            prop_assert_eq!(value.chars().any(|c| SYMBOLS.contains(c)), symbols);
            prop_assert!(!exclude_ambiguous || !value.contains(|c| AMBIGUOUS.contains(c)));
        }
    }
}
