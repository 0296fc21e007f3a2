//! `readonce man`.

use crate::console::Console;
use crate::failure::{Failure, Kind, Result};
use crate::options::Options;
use clap::CommandFactory as _;
use std::path::Path;

/// Prints the manual page, or writes the page of every command into a
/// directory.
///
/// # Errors
/// [`Kind::Other`] if they cannot be written.
pub fn man(console: &Console, directory: Option<&Path>) -> Result<()> {
    let Some(directory) = directory else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Options::command())
            .render(&mut page)
            .map_err(|error| Failure::new(Kind::Other, format!("the page cannot be made: {error}")))?;
        return console.exactly(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(Options::command(), directory))
        .map_err(|error| {
            Failure::new(Kind::Other, format!("{} cannot be written: {error}", directory.display()))
        })?;
    console.say(&format!("The pages are in {}.", directory.display()));
    Ok(())
}
