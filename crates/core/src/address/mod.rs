//! Destinations of links and mails: hosts, sites and e-mail addresses.

pub mod domain;
pub mod email;
pub(crate) mod row;
pub mod site;
