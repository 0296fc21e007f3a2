//! Secrets: their keys, their text, and how they are sealed and ended.

pub mod claim;
pub mod data_key;
pub mod generated_value;
pub mod hashing;
pub mod key;
pub mod keyring;
pub mod passphrase;
pub mod text;
pub mod waiting;
