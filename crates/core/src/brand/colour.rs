//! Readable colours, by the contrast of WCAG 2.2
//! (<https://www.w3.org/TR/WCAG22/#contrast-minimum>).

use std::fmt;
use std::str::FromStr;

/// Minimum contrast between text and its background (WCAG AA).
pub const READABLE: f64 = 4.5;

/// An sRGB colour, written as `#0b6b5d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// `#ffffff`
    pub const WHITE: Self = Self::from_rgb(255, 255, 255);
    /// `#000000`
    pub const BLACK: Self = Self::from_rgb(0, 0, 0);

    /// A colour from its components, each 0 to 255.
    pub const fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// WCAG contrast ratio of two colours, 1 to 21, in either order.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// White or black, whichever has the higher contrast to this colour. It is always
    /// at least [`READABLE`].
    #[must_use]
    pub fn text_on_it(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// This colour if it is readable on `background`. Otherwise the nearest readable
    /// one on the way to black or white.
    #[must_use]
    pub fn readable_on(self, background: Self) -> Self {
        let end = background.text_on_it();
        let steps = (0..=100).map(|percent| self.mixed(end, percent));
        steps.into_iter().find(|colour| colour.contrast(background) >= READABLE).unwrap_or(end)
    }

    /// This colour moved `percent` of the way (0 to 100) to `other`.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u16) -> Self {
        let part = |from: u8, to: u8| {
            let mixed = (u16::from(from) * (100 - percent) + u16::from(to) * percent) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self::from_rgb(part(self.red, other.red), part(self.green, other.green), part(self.blue, other.blue))
    }

    /// Relative luminance (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not a colour: write it like #0b6b5d");
        let digits = text.strip_prefix('#').ok_or_else(wrong)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 1e-9);
        // The lightest grey that AA allows on white.
        let grey = Colour::from_rgb(0x76, 0x76, 0x76);
        assert!((4.5..4.6).contains(&grey.contrast(Colour::WHITE)));
    }

    #[test]
    fn malformed_colours_are_refused() {
        assert_eq!("#0B6b5D".parse::<Colour>().unwrap().to_string(), "#0b6b5d");
        for text in ["", "#", "0b6b5d", "#fff", "#0b6b5", "#0b6b5dd", "#0b6b5g", "red", "#+b6b5d", "#0b6b5é"]
        {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_accent_can_be_read(red: u8, green: u8, blue: u8) {
            let accent = Colour::from_rgb(red, green, blue);
            assert!(accent.contrast(accent.text_on_it()) >= READABLE);
            for background in [Colour::WHITE, Colour::from_rgb(0x16, 0x18, 0x1b)] {
                assert!(accent.readable_on(background).contrast(background) >= READABLE);
            }
        }
    }
}
