//! The writes on a secret's rows. `tests/model/code.rs` compares this table with the
//! requests that the code sends.

use crate::expression::{
    ABSENT, ATTEMPTS, CIPHERTEXT, Condition, ENDS, EXPIRES_AT, PK, Row, STATE, Update, Values,
};
use crate::mutations::Mutation;

/// A write as DynamoDB is asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Write {
    PutSecret,
    PutReceipt,
    Claim,
    Burn,
    Expire,
    Withdraw,
    MarkViewed,
    Count,
    GiveBack,
}

/// In the order of [`Write`]: the write, its name in tests, its condition, its update.
pub(crate) const WRITES: [(Write, &str, &str, &str); 9] = [
    (Write::PutSecret, "PutItem secret", IS_NEW, ""),
    (Write::PutReceipt, "PutItem receipt", IS_NEW, ""),
    (Write::Claim, "UpdateItem secret (received)", OPEN_OR_OURS, END),
    (Write::Burn, "UpdateItem secret (burned)", OPEN_OR_OURS, END),
    (
        Write::Expire,
        "UpdateItem secret (expired)",
        "(#state = :open AND ends <= :now) OR claim = :claim",
        END,
    ),
    (
        Write::Withdraw,
        "UpdateItem secret (withdrawn)",
        "attribute_not_exists(pk) OR #state = :open OR claim = :claim",
        END,
    ),
    (
        Write::MarkViewed,
        "UpdateItem receipt",
        "attribute_exists(pk) AND attribute_not_exists(viewed)",
        "SET viewed = :now",
    ),
    (
        Write::Count,
        "UpdateItem guesses (+1)",
        "attribute_not_exists(attempts) OR attempts < :most",
        "ADD attempts :change SET #ttl = :end",
    ),
    (Write::GiveBack, "UpdateItem guesses (-1)", "attribute_exists(pk)", "ADD attempts :change"),
];

const IS_NEW: &str = "attribute_not_exists(pk)";
const OPEN_OR_OURS: &str = "(#state = :open AND ends > :now) OR claim = :claim";
const END: &str = "SET #state = :state, ended = :now, claim = :claim, receipt_ends = :end, expires_at = :ttl \
                   REMOVE salt, nonce, ciphertext, data_key, verifier";

/// States of a secret, as its row has them.
pub(crate) const OPEN: i8 = 0;
pub(crate) const RECEIVED: i8 = 1;
pub(crate) const BURNED: i8 = 2;
pub(crate) const EXPIRED: i8 = 3;
pub(crate) const WITHDRAWN: i8 = 4;

/// The rows: the secret, its receipt, the count of guesses at it.
pub(crate) type Rows = [Row; 3];
pub(crate) const SECRET: usize = 0;
pub(crate) const RECEIPT: usize = 1;
pub(crate) const GUESSES: usize = 2;

/// When things end, in ticks.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) secret: i8,
    pub(crate) receipt: i8,
    /// How long a row outlives its end before TTL may delete it.
    pub(crate) margin: i8,
}

/// A write on its way: what it asks for, for which process, at what time of its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Request {
    pub(crate) write: Write,
    pub(crate) claim: i8,
    pub(crate) now: i8,
}

/// DynamoDB, as far as it is asked.
pub(crate) struct Table {
    ends: Ends,
    most_guesses: i8,
    /// In the order of [`Write`].
    forms: Vec<(Condition, Effect)>,
}

/// What a write does if its condition holds.
enum Effect {
    Put,
    Update(Update),
    Delete,
}

impl Table {
    pub(crate) fn new(ends: Ends, most_guesses: i8, mutation: Option<Mutation>) -> Self {
        let forms = WRITES.map(|(write, _, condition, update)| {
            let mutated = mutation.and_then(|mutation| mutation.form(write));
            let (condition, update) = mutated.unwrap_or((condition, update));
            let effect = match update {
                "" => Effect::Put,
                DELETE => Effect::Delete,
                update => Effect::Update(Update::parse(update)),
            };
            (Condition::parse(condition), effect)
        });
        Self { ends, most_guesses, forms: forms.into() }
    }

    /// Carries a write out; `Err` with the row that its condition refused.
    pub(crate) fn carry_out(&self, rows: &mut Rows, request: Request) -> Result<(), Row> {
        let row = &mut rows[request.write.row()];
        let (condition, effect) = &self.forms[request.write as usize];
        let values = self.values(request);
        if !condition.holds(*row, values) {
            return Err(*row);
        }
        *row = match effect {
            Effect::Put => self.new_row(request.write),
            Effect::Update(update) => update.apply(*row, values),
            Effect::Delete => Row::NONE,
        };
        Ok(())
    }

    /// The row that a put stores.
    pub(crate) fn new_row(&self, write: Write) -> Row {
        let row = Row::NONE.with(PK, 0).with(ENDS, self.ends.secret);
        if write == Write::PutReceipt {
            return row.with(EXPIRES_AT, self.ends.receipt + self.ends.margin);
        }
        row.with(STATE, OPEN).with(CIPHERTEXT, 0).with(EXPIRES_AT, self.ends.secret + self.ends.margin)
    }

    fn values(&self, Request { write, claim, now }: Request) -> Values {
        let Ends { secret, receipt, margin } = self.ends;
        let state = match write {
            Write::Claim => RECEIVED,
            Write::Burn => BURNED,
            Write::Expire => EXPIRED,
            Write::Withdraw => WITHDRAWN,
            _ => ABSENT,
        };
        let change = if write == Write::GiveBack { -1 } else { 1 };
        // The window of guesses ends when the secret does.
        [state, OPEN, now, claim, secret + margin, receipt + margin, change, self.most_guesses]
    }
}

/// In place of an update, for mutations.
pub(crate) const DELETE: &str = "DELETE";

impl Write {
    pub(crate) fn row(self) -> usize {
        match self {
            Self::PutReceipt | Self::MarkViewed => RECEIPT,
            Self::Count | Self::GiveBack => GUESSES,
            _ => SECRET,
        }
    }
}

/// Guesses that are counted.
pub(crate) fn attempts(rows: &Rows) -> i8 {
    if rows[GUESSES].has(ATTEMPTS) { rows[GUESSES].get(ATTEMPTS) } else { 0 }
}
