//! The service as its clients see it: HTTP in, HTTP out. One file per verb and per
//! promise.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod burn;
mod connections;
mod deadlines;
mod ends;
mod events;
mod faults;
mod generate;
mod limits;
mod lives;
mod mail;
mod matrix;
mod openapi;
mod overload;
mod pages;
mod races;
mod receipt;
mod recent;
mod requests;
mod reveal;
mod routes;
mod rows;
mod runbook;
mod share;
mod status;
mod template;
mod threat_model;
mod time;
