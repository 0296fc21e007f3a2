//! The local server under load: [`throughput`], and a [`soak`].

mod connection;
mod durations;
mod rows;
mod server;
pub mod soak;
pub mod throughput;

pub use server::SERVE;

use std::io::Write as _;

/// Prints a line and flushes it, as the next one may be minutes away.
fn print(line: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}").and_then(|()| output.flush()).expect("standard output can be written");
}
