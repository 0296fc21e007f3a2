//! The operator's command line: accounts, tokens, plans, domains, and the health of
//! a stack.

mod credentials;
pub mod doctor;
pub mod options;
pub mod run;
