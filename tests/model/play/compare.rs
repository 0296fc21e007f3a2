//! What the code has answered and written, beside what the model says.

use super::{GUESSES_BEFORE, Play};
use crate::expression::{ABSENT, ATTEMPTS, CIPHERTEXT, CLAIM, ENDS, EXPIRES_AT, PK, Row, STATE, VIEWED};
use crate::judge::Answer as Told;
use crate::world::{Actor, MARGIN};
use crate::writes::{self, GUESSES, Rows, SECRET};
use readonce_tests::Answer;
use readonce_tests::stage::JsonRow;

/// What a row outlives its own end by.
pub(super) const TTL_MARGIN_SECONDS: i64 = 900;

impl Play {
    pub(super) fn check(&self, at: usize, told: Told, answer: &Answer) {
        let expected: &[u16] = match told {
            Told::NotCreated => &[502, 503],
            Told::Failed => &[503],
            Told::Wrong | Told::Gone | Told::NoReceipt => &[403, 404],
            _ => &[200],
        };
        assert!(expected.contains(&answer.status), "{at}: {told:?}, but {} {}", answer.status, answer.body);
        let (state, title) = match told {
            Told::New => ("new", "Not opened yet"),
            Told::Viewed => ("viewed", "Not opened yet"),
            Told::Received => ("received", "The secret was opened"),
            Told::Burned | Told::WasBurned => ("burned", "The secret was destroyed"),
            Told::Expired => ("expired", "The secret has expired"),
            Told::TimeIsUp => ("expired", "Time is up"),
            _ => return,
        };
        if self.scenario.actors[at] == Actor::Page {
            assert!(answer.body.contains(&format!(">{title}</h1>")), "{at}: the page does not say: {title}");
        } else {
            // The answer to a burn has the receipt one level deeper.
            let body = answer.json();
            let told = if told == Told::Burned { &body["state"]["state"] } else { &body["state"] };
            assert_eq!(told, state, "{at}");
        }
    }

    /// The rows that there are, as the model has them.
    pub(super) async fn rows(&self, model: &Rows) -> Rows {
        let rows = self.stage.rows().await;
        let found = |kind: &str| rows.iter().find(|row| row["sk"]["S"].as_str().unwrap().starts_with(kind));
        let mut rows =
            ["secret", "receipt", "guesses"].map(|kind| found(kind).map_or(Row::NONE, |row| self.row(row)));
        // Whose claim it is, the table does not tell.
        if rows[SECRET].has(CLAIM) && model[SECRET].has(CLAIM) {
            rows[SECRET] = rows[SECRET].with(CLAIM, model[SECRET].get(CLAIM));
        }
        // The model begins without a count.
        if rows[GUESSES].has(ATTEMPTS) {
            let attempts = rows[GUESSES].get(ATTEMPTS) - GUESSES_BEFORE;
            let is_there = model[GUESSES] != Row::NONE || attempts != 0;
            rows[GUESSES] = if is_there { rows[GUESSES].with(ATTEMPTS, attempts) } else { Row::NONE };
        }
        rows
    }

    fn row(&self, row: &JsonRow) -> Row {
        let number =
            |name: &str| row.get(name).map(|value| value["N"].as_str().unwrap().parse::<i64>().unwrap());
        let tick = |seconds: i64| i8::try_from((seconds - self.start.seconds()) / self.tick).unwrap();
        let state = row.get("state").map(|state| match state["S"].as_str().unwrap() {
            "open" => writes::OPEN,
            "received" => writes::RECEIVED,
            "burned" => writes::BURNED,
            "expired" => writes::EXPIRED,
            _ => writes::WITHDRAWN,
        });
        let has = |name: &str| row.contains_key(name).then_some(0);
        let mut result = Row::NONE.with(PK, 0);
        for (attribute, value) in [
            (STATE, state),
            (ENDS, number("ends").map(tick)),
            (CLAIM, has("claim")),
            (EXPIRES_AT, number("expires_at").map(|at| tick(at - TTL_MARGIN_SECONDS) + MARGIN)),
            (CIPHERTEXT, has("ciphertext")),
            (VIEWED, number("viewed").map(tick)),
            (ATTEMPTS, number("attempts").map(|attempts| i8::try_from(attempts).unwrap())),
        ] {
            result = result.with(attribute, value.unwrap_or(ABSENT));
        }
        result
    }
}
