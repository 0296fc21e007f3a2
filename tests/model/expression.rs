//! DynamoDB's expressions, as far as the code uses them. The model evaluates the very
//! strings that the code sends, so nobody has to translate them by hand.

use std::iter::Peekable;
use std::str::SplitWhitespace;

/// The attributes that something depends on, and others that expressions name.
const ATTRIBUTES: [&str; 14] = [
    "pk",
    "state",
    "ends",
    "claim",
    "expires_at",
    "ciphertext",
    "viewed",
    "attempts",
    // From here on nothing depends on them.
    "ended",
    "receipt_ends",
    "salt",
    "nonce",
    "data_key",
    "verifier",
];
const KEPT: usize = 8;
pub(crate) const PK: usize = 0;
pub(crate) const STATE: usize = 1;
pub(crate) const ENDS: usize = 2;
pub(crate) const CLAIM: usize = 3;
pub(crate) const EXPIRES_AT: usize = 4;
pub(crate) const CIPHERTEXT: usize = 5;
pub(crate) const VIEWED: usize = 6;
pub(crate) const ATTEMPTS: usize = 7;

/// The placeholders of values.
const PLACEHOLDERS: [&str; 8] = [":state", ":open", ":now", ":claim", ":end", ":ttl", ":change", ":most"];

/// What an expression's placeholders stand for, in the order of [`PLACEHOLDERS`].
pub(crate) type Values = [i8; 8];

/// An attribute that a row has not; in `pk`, a row that is not there.
pub(crate) const ABSENT: i8 = i8::MIN;

/// A row of the table: its attributes, in the order of [`ATTRIBUTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Row(pub(crate) [i8; KEPT]);

impl Row {
    pub(crate) const NONE: Self = Self([ABSENT; KEPT]);

    pub(crate) fn with(mut self, attribute: usize, value: i8) -> Self {
        self.0[attribute] = value;
        self
    }

    pub(crate) fn get(self, attribute: usize) -> i8 {
        self.0[attribute]
    }

    pub(crate) fn has(self, attribute: usize) -> bool {
        self.get(attribute) != ABSENT
    }
}

/// A condition, parsed. An empty one always holds.
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Exists(usize, bool),
    Compare(usize, fn(&i8, &i8) -> bool, usize),
}

type Tokens<'a> = Peekable<SplitWhitespace<'a>>;

impl Condition {
    pub(crate) fn parse(text: &str) -> Self {
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let mut tokens = spaced.split_whitespace().peekable();
        if tokens.peek().is_none() { Self::All(Vec::new()) } else { Self::any(&mut tokens) }
    }

    fn any(tokens: &mut Tokens<'_>) -> Self {
        let mut parts = vec![Self::all(tokens)];
        while tokens.next_if_eq(&"OR").is_some() {
            parts.push(Self::all(tokens));
        }
        Self::Any(parts)
    }

    fn all(tokens: &mut Tokens<'_>) -> Self {
        let mut parts = vec![Self::part(tokens)];
        while tokens.next_if_eq(&"AND").is_some() {
            parts.push(Self::part(tokens));
        }
        Self::All(parts)
    }

    fn part(tokens: &mut Tokens<'_>) -> Self {
        let first = tokens.next().expect("a condition goes on");
        let (part, end) = match first {
            "(" => (Self::any(tokens), ")"),
            "attribute_exists" | "attribute_not_exists" => {
                assert_eq!(tokens.next(), Some("("));
                (Self::Exists(attribute(tokens.next()), first == "attribute_exists"), ")")
            }
            name => {
                let compare = match tokens.next() {
                    Some("=") => i8::eq,
                    Some("<") => i8::lt,
                    Some("<=") => i8::le,
                    Some(">") => i8::gt,
                    other => panic!("an operator that the model does not know: {other:?}"),
                };
                return Self::Compare(attribute(Some(name)), compare, placeholder(tokens.next()));
            }
        };
        assert_eq!(tokens.next(), Some(end));
        part
    }

    /// Does it hold for this row? As in DynamoDB, no comparison holds for an attribute
    /// that is not there.
    pub(crate) fn holds(&self, row: Row, values: Values) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(row, values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(row, values)),
            Self::Exists(attribute, exists) => row.has(*attribute) == *exists,
            Self::Compare(attribute, compare, value) => {
                row.has(*attribute) && compare(&row.get(*attribute), &values[*value])
            }
        }
    }
}

/// An update, parsed: what becomes of each attribute.
pub(crate) struct Update(Vec<(usize, Change)>);

enum Change {
    Set(usize),
    Remove,
    Add(usize),
}

impl Update {
    pub(crate) fn parse(text: &str) -> Self {
        let spaced = text.replace([',', '='], " ");
        let mut tokens = spaced.split_whitespace().peekable();
        let mut changes = Vec::new();
        let mut clause = "";
        while let Some(token) = tokens.next() {
            match token {
                "SET" | "REMOVE" | "ADD" => clause = token,
                name => {
                    let change = match clause {
                        "SET" => Change::Set(placeholder(tokens.next())),
                        "ADD" => Change::Add(placeholder(tokens.next())),
                        _ => Change::Remove,
                    };
                    changes.push((attribute(Some(name)), change));
                }
            }
        }
        Self(changes.into_iter().filter(|(attribute, _)| *attribute < KEPT).collect())
    }

    /// The row afterwards. As in DynamoDB, a row that is not there is made.
    pub(crate) fn apply(&self, row: Row, values: Values) -> Row {
        let mut row = row.with(PK, 0);
        for (attribute, change) in &self.0 {
            let value = match change {
                Change::Remove => ABSENT,
                Change::Add(value) if row.has(*attribute) => row.get(*attribute) + values[*value],
                Change::Set(value) | Change::Add(value) => values[*value],
            };
            row = row.with(*attribute, value);
        }
        row
    }
}

fn attribute(token: Option<&str>) -> usize {
    let name = match token {
        Some("#state") => "state",
        Some("#ttl") => "expires_at",
        name => name.expect("an expression goes on"),
    };
    let known = ATTRIBUTES.iter().position(|attribute| *attribute == name);
    known.unwrap_or_else(|| panic!("an attribute that the model does not know: {name}"))
}

fn placeholder(token: Option<&str>) -> usize {
    let name = token.expect("an expression goes on");
    let known = PLACEHOLDERS.iter().position(|placeholder| *placeholder == name);
    known.unwrap_or_else(|| panic!("a placeholder that the model does not know: {name}"))
}
