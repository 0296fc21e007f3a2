//! The AWS of the tests: embedded in this process, or moto at the origin in
//! `READONCE_TEST_AWS`.

use crate::moto;
use crate::outbox::Outbox;
use readonce_core::environment::variable;
use readonce_embedded::{EmbeddedAws, Storage};

/// Variable with the origin of a running moto, for example `http://127.0.0.1:5000`.
/// `tests/moto/run.py` sets it.
pub const VARIABLE: &str = "READONCE_TEST_AWS";

/// Creates a table, a key and a mail identity for one caller.
pub async fn start(outbox: &Outbox) -> EmbeddedAws {
    if let Some(origin) = variable(VARIABLE) {
        return moto::start(&origin, outbox).await;
    }
    let storage = Storage { data: None, outbox: Some(outbox.path().to_owned()) };
    EmbeddedAws::start(&storage).await.expect("embedded AWS starts in memory")
}
