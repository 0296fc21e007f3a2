//! `readonce man`.

use crate::failure::{Failure, Kind, Result};
use crate::options::Options;
use crate::terminal::console::Console;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::path::Path;

/// Prints the manual page, or writes the page of every command into a
/// directory.
///
/// # Errors
/// [`Kind::Other`] if they cannot be written.
pub(crate) fn man(console: &Console, directory: Option<&Path>) -> Result<()> {
    let mut program = Options::described();
    // Gives every command its full name and the options that all have.
    program.build();
    let Some(directory) = directory else {
        return console
            .exactly(&String::from_utf8_lossy(&page(program).map_err(|error| cannot_be_made(&error))?));
    };
    let failed =
        |error| Failure::new(Kind::Other, format!("{} cannot be written: {error}", directory.display()));
    std::fs::create_dir_all(directory).map_err(failed)?;
    for command in program.get_subcommands().chain([&program]) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let page = page(command.clone()).map_err(|error| cannot_be_made(&error))?;
        std::fs::write(directory.join(format!("{name}.1")), page).map_err(failed)?;
    }
    console.say(&format!("The pages are in {}.", directory.display()));
    Ok(())
}

fn cannot_be_made(error: &std::io::Error) -> Failure {
    Failure::new(Kind::Other, format!("the page cannot be made: {error}"))
}

/// The page of a command. What stands behind its help becomes sections of their
/// own, in which the lines stay as they are.
fn page(command: clap::Command) -> std::io::Result<Vec<u8>> {
    let extra = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let is_program = command.has_subcommands();
    let mut page = Vec::new();
    let man = Man::new(command);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if is_program {
        man.render_subcommands_section(&mut page)?;
    }
    let mut sections = Roff::default();
    for line in extra.lines() {
        if let Some(heading) = line.strip_suffix(':').filter(|heading| !heading.starts_with(' ')) {
            sections.control("fi", []);
            sections.control("SH", [heading.to_uppercase().as_str()]);
            sections.control("nf", []);
        } else {
            sections.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
    }
    sections.control("fi", []);
    sections.to_writer(&mut page)?;
    if is_program {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}
