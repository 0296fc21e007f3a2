//! Pages for people: creating, handing over, revealing, following.
//!
//! [`PageFunction`] answers GET and writes nothing, ever. What a page's form
//! does is done by the function that may do it, which answers with a page too
//! (`form.rs`). Everything a page needs is in it: the stylesheet and the script
//! stand inline and are allowed by their hashes, so that a page is one request,
//! and a page of one release never meets the script of another.

mod answer;
pub(crate) mod form;
mod get;
mod layout;
mod moment;
mod problem;
mod qr;
mod view;

pub use get::PageFunction;
pub(crate) use layout::Layout;
