//! The program as its users start it.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod account;
mod burn;
mod clipboard;
mod create;
mod fake;
mod get;
mod help;
#[cfg(unix)]
mod hostile;
mod network;
mod output;
#[cfg(target_os = "linux")]
mod prompt;
#[cfg(target_os = "linux")]
mod pty;
mod receipt;
mod recent;
mod support;
#[cfg(unix)]
mod terminal;
mod tls;
