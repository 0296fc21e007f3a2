//! A link as a QR code (ISO/IEC 18004), drawn into the page: nobody is asked
//! for a picture of a link.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code, so that it is found.
const QUIET_ZONE: usize = 4;

/// A square of modules.
pub(super) struct Qr {
    /// Modules on each side, quiet zone included.
    pub(super) size: usize,
    /// The dark ones, as an SVG path.
    pub(super) path: String,
}

impl Qr {
    /// The code of a link; `None` if it is too long for one.
    pub(super) fn of(link: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(link, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, modules) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            while column < width {
                let run = modules[column..].iter().take_while(|module| **module == Color::Dark).count();
                if run > 0 {
                    let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                column += run.max(1);
            }
        }
        Some(Self { size: width + 2 * QUIET_ZONE, path })
    }
}
