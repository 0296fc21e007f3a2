//! The sealed secret and the one write that ends it.

pub mod row;
pub mod seal;
