//! `readonce completions`.

use crate::failure::Result;
use crate::options::Options;
use crate::terminal::console::Console;
use clap_complete::Shell;

/// Prints the completions of a shell.
///
/// # Errors
/// Standard output takes no more.
pub(crate) fn completions(console: &Console, shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Options::described(), "readonce", &mut script);
    console.exactly(&String::from_utf8_lossy(&script))
}
