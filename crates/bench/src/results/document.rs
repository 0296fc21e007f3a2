//! Storage of results: Markdown tables for people, and the data behind them for
//! computations.

use crate::functions::{Observed, Timed};
use crate::harness::machine::Machine;
use crate::harness::programs::root;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The data behind the committed tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// The machine on which it was measured.
    pub machine: Machine,
    /// Starts of each program.
    pub starts: usize,
    /// Calls per start, after the first.
    pub calls: usize,
    /// Times of each function.
    pub timed: Vec<Timed>,
    /// Times of share and reveal, with AWS behind TLS.
    pub over_tls: Vec<Timed>,
    /// Calls to AWS in each observed case.
    pub observed: Vec<Observed>,
}

impl Recorded {
    /// Reads the committed data.
    ///
    /// # Errors
    /// The file is missing, or not in this program's format.
    pub fn committed() -> crate::Result<Self> {
        Ok(serde_json::from_str(&std::fs::read_to_string(recorded())?)?)
    }

    /// Writes the data to the committed file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self) -> crate::Result<()> {
        Ok(std::fs::write(recorded(), serde_json::to_string_pretty(self)? + "\n")?)
    }

    /// The times of a case, by name.
    ///
    /// # Errors
    /// The case was not timed.
    pub fn timed(&self, what: &str) -> crate::Result<&Timed> {
        let found = self.timed.iter().find(|timed| timed.what == what);
        found.ok_or_else(|| format!("'{what}' was not timed").into())
    }

    /// The observation of a case, by name.
    ///
    /// # Errors
    /// The case was not observed.
    pub fn observed(&self, what: &str) -> crate::Result<&Observed> {
        let found = self.observed.iter().find(|observed| observed.what == what);
        found.ok_or_else(|| format!("'{what}' was not observed").into())
    }
}

fn recorded() -> PathBuf {
    root().join("docs/benchmarks.json")
}

/// Replaces the text between a document's two comments about `block`.
///
/// # Errors
/// The document has no such comments, or cannot be read or written.
pub fn replace(document: &str, block: &str, text: &str) -> crate::Result<()> {
    let path = root().join(document);
    let replaced = replaced(&std::fs::read_to_string(&path)?, block, text);
    let replaced = replaced.ok_or_else(|| format!("{document} has no block '{block}'"))?;
    Ok(std::fs::write(path, replaced)?)
}

/// The text between a document's two comments about `block`.
///
/// # Errors
/// The document has no such comments, or cannot be read.
pub fn block(document: &str, block: &str) -> crate::Result<String> {
    let text = std::fs::read_to_string(root().join(document))?;
    let (_, found, _) = parts(&text, block).ok_or_else(|| format!("{document} has no block '{block}'"))?;
    Ok(found.trim().to_owned())
}

fn replaced(document: &str, block: &str, text: &str) -> Option<String> {
    let (before, _, after) = parts(document, block)?;
    Some(format!("{before}\n{}\n{after}", text.trim()))
}

/// The text before, between and after the comments; the comments stay in place.
fn parts<'a>(document: &'a str, block: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (begin, end) =
        (format!("<!-- {block}: written by readonce-bench -->\n"), format!("<!-- end of {block} -->"));
    let from = document.find(&begin)? + begin.len();
    let to = from + document[from..].find(&end)?;
    Some((&document[..from], &document[from..to], &document[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_replaced_and_nothing_else() {
        let old = "a\n<!-- x: written by readonce-bench -->\nold\n<!-- end of x -->\nb\n";
        let new = "a\n<!-- x: written by readonce-bench -->\n\nnew\n<!-- end of x -->\nb\n";
        assert_eq!(replaced(old, "x", "new\n").unwrap(), new);
        assert_eq!(replaced(new, "x", "new").unwrap(), new, "again");
        assert_eq!(replaced(old, "y", "new"), None);
    }
}
