//! Rules on the repository itself, read from its sources.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod imports;
mod layers;
