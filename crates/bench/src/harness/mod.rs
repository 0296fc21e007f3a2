//! Runs the functions' programs under a Runtime API and an observed AWS on loopback.

pub mod aws;
pub mod calls;
pub mod item;
pub mod loopback;
pub mod machine;
pub mod process;
pub mod programs;
pub mod runtime_api;
pub mod zip;
