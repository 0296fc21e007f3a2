//! The operator's command line: accounts, tokens, plans, domains, and whether
//! all is well.

pub mod doctor;
pub mod options;
pub mod run;
