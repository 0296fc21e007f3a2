//! The secret: its keys, its text, how it is sealed and how it ends.

pub mod claim;
pub mod data_key;
pub mod generated_value;
pub mod hashing;
pub mod key;
pub mod keyring;
pub mod passphrase;
pub mod text;
pub mod waiting;
