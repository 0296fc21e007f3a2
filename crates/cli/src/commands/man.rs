//! `readonce man`.

use crate::failure::{Failure, Kind, Result};
use crate::options::Options;
use crate::terminal::console::Console;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};
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

/// The page of a command. The text after its options becomes sections of its own,
/// in which the lines stay as they are.
fn page(command: clap::Command) -> std::io::Result<Vec<u8>> {
    let extra = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let is_program = command.has_subcommands();
    let synopsis = synopsis(&command)?;
    let mut page = Vec::new();
    let man = Man::new(command);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    page.extend(synopsis);
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

/// The synopsis: a command's own options first, then those of every command, each
/// with the name of its value. clap_mangen's leaves those names out.
fn synopsis(command: &clap::Command) -> std::io::Result<Vec<u8>> {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let mut line = vec![bold(name)];
    let arguments = || command.get_arguments().filter(|argument| !argument.is_hide_set());
    let (of_all, own): (Vec<_>, Vec<_>) =
        arguments().filter(|argument| !argument.is_positional()).partition(|option| option.is_global_set());
    for option in own.into_iter().chain(of_all) {
        line.push(roman(" ["));
        let short = option.get_short().map(|short| format!("-{short}"));
        let long = option.get_long().map(|long| format!("--{long}"));
        line.push(bold(short.into_iter().chain(long).collect::<Vec<_>>().join("|")));
        if option.get_action().takes_values() {
            line.extend([roman(" "), value_name(option)]);
        }
        line.push(roman("]"));
    }
    for argument in arguments().filter(|argument| argument.is_positional()) {
        let (open, close) = if argument.is_required_set() { (" ", "") } else { (" [", "]") };
        line.extend([roman(open), value_name(argument), roman(close)]);
    }
    if command.has_subcommands() {
        line.extend([roman(" "), italic("COMMAND")]);
    }
    let mut section = Roff::default();
    section.control("SH", ["SYNOPSIS"]);
    section.text(line);
    let mut bytes = Vec::new();
    section.to_writer(&mut bytes)?;
    Ok(bytes)
}

fn value_name(argument: &clap::Arg) -> Inline {
    let names = argument.get_value_names().unwrap_or_default();
    italic(names.iter().map(clap::builder::Str::as_str).collect::<Vec<_>>().join(" "))
}
