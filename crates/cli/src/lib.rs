//! `readonce`, the command-line client. It talks to any server of the v1 API,
//! so it knows that API's answers and nothing of how ours makes them.

pub mod call;
pub mod client;
pub mod clipboard;
pub mod commands;
pub mod config;
pub mod console;
pub mod context;
pub mod environment;
pub mod failure;
pub mod help;
pub mod input;
pub mod link;
pub mod mistakes;
pub mod options;
pub mod private_file;
pub mod prompt;
pub mod qr;
pub mod refusal;
pub mod run;
pub mod server;
pub mod terminal;
pub mod ttl;
pub mod way_out;
pub mod wire;
pub mod words;
