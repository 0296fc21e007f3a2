//! A link to be scanned from the terminal.

use crate::console::Colours;
use crate::failure::{Failure, Kind, Result};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The code in half-block characters, with its quiet zone. Where colours are
/// wanted it is black on white, as scanners like it best; else it is drawn for
/// light text on a dark ground.
///
/// # Errors
/// [`Kind::Other`] if the link is longer than a code can be.
pub fn drawn(link: &str, colours: Colours) -> Result<String> {
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
