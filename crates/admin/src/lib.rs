//! The operator's command line: accounts, tokens, plans, domains.

pub mod options;
pub mod run;
