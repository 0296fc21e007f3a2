//! The mail that brings a recipient the link: its words and its sending.

mod letter;
pub mod mailer;
