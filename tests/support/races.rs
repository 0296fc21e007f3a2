//! Races of many readers for one secret.

use crate::caller::{Answer, Caller};
use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt as _};

/// Number of secrets that are raced for in parallel.
const AT_ONCE: usize = 4;

/// The outcomes of the races.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Number of secrets that exactly one reader got.
    pub once: usize,
    /// Number of secrets that nobody got.
    pub lost: usize,
    /// Number of secrets that several readers got.
    pub doubles: usize,
}

/// Shares `secrets` secrets, one at each of these services in turn, and has `readers`
/// readers request each in parallel, at all services. The winner must get the text, and
/// everybody else a 404. Afterwards, the receipt must say at another service that it
/// was received.
pub async fn race(services: &[Caller], secrets: usize, readers: usize) -> Outcome {
    let winners = stream::iter(0..secrets).map(|secret| winners_of(services, secret, readers));
    let add = |outcome: Outcome, winners| match winners {
        0 => Outcome { lost: outcome.lost + 1, ..outcome },
        1 => Outcome { once: outcome.once + 1, ..outcome },
        _ => Outcome { doubles: outcome.doubles + 1, ..outcome },
    };
    let fold = async |outcome, winners| add(outcome, winners);
    winners.buffer_unordered(AT_ONCE).fold(Outcome::default(), fold).await
}

async fn winners_of(services: &[Caller], secret: usize, readers: usize) -> usize {
    let at = |number: usize| &services[number % services.len()];
    let text = format!("text {secret}");
    let shared = at(secret).share(&[("secret", &text)]).await;
    assert_eq!(shared.status, 200, "secret {secret}: {}", shared.body);
    let key = shared.text("secret_key");
    let answers = join_all((0..readers).map(|reader| at(reader).reveal(&key, &[]))).await;
    let (winners, others): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    for winner in &winners {
        assert_eq!(winner.text("value"), text, "secret {secret}");
    }
    for other in others {
        assert_eq!(other.refusal(), (404, "Unknown secret".to_owned()), "secret {secret}");
    }
    let receipt = format!("/api/v1/private/{}", shared.text("metadata_key"));
    let receipt = at(secret + 1).get(&receipt).await;
    assert_eq!(receipt.text("state"), "received", "secret {secret}");
    winners.len()
}
