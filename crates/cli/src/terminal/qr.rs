//! A link to be scanned from the terminal.

use crate::failure::{Failure, Kind, Result};
use crate::terminal::console::Colours;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The code in half-block characters, with its quiet zone. Where colours are
/// wanted it is black on white, as scanners like it best; else it is drawn for
/// light text on a dark ground.
///
/// # Errors
/// [`Kind::Other`] if the link is longer than a code can be.
pub(crate) fn drawn(link: &str, colours: Colours) -> Result<String> {
    let code = QrCode::new(link)
        .map_err(|error| Failure::new(Kind::Other, format!("the link does not fit a QR code: {error}")))?;
    let mut renderer = code.render::<Dense1x2>();
    if colours == Colours::Off {
        let drawn = renderer.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
        return Ok(format!("{drawn}\n"));
    }
    let drawn = renderer.dark_color(Dense1x2::Dark).light_color(Dense1x2::Light).build();
    Ok(drawn.lines().map(|line| format!("\x1b[38;5;16;48;5;231m{line}\x1b[0m\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::Color;

    /// Which modules of a drawing are in the colour of the text.
    fn inked(drawn: &str) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        for line in drawn.lines() {
            let line = line.replace("\x1b[38;5;16;48;5;231m", "").replace("\x1b[0m", "");
            for halves in [['█', '▀'], ['█', '▄']] {
                rows.push(line.chars().map(|character| halves.contains(&character)).collect());
            }
        }
        rows
    }

    #[test]
    fn the_drawing_is_the_code_within_its_quiet_zone() {
        const QUIET: usize = 4;
        let link = "https://eu.example.com/secret/0123456789abcdefghijklmnopqrstu";
        let code = QrCode::new(link).unwrap();
        for (colours, ink) in [(Colours::On, Color::Dark), (Colours::Off, Color::Light)] {
            let drawn = drawn(link, colours).unwrap();
            assert!(drawn.ends_with('\n'));
            let rows = inked(&drawn);
            let width = code.width() + 2 * QUIET;
            assert!(rows.iter().all(|row| row.len() == width) && rows.len() >= width);
            for (y, row) in rows.iter().take(width).enumerate() {
                for (x, is_inked) in row.iter().enumerate() {
                    let inside = |at: usize| (QUIET..QUIET + code.width()).contains(&at);
                    let is_code = inside(x) && inside(y);
                    let module = if is_code { code[(x - QUIET, y - QUIET)] } else { Color::Light };
                    assert_eq!(*is_inked, module == ink, "{x} {y} {colours:?}");
                }
            }
        }
    }
}
