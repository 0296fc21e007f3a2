//! Calls to a server, and the rule for repeating them.

pub(crate) mod client;
pub(crate) mod refusal;
pub(crate) mod wire;

use crate::failure::Failure;
use reqwest::Method;
use zeroize::Zeroizing;

/// A form, percent-encoded and wiped.
#[derive(Default)]
pub(crate) struct Form(pub(crate) Zeroizing<String>);

impl Form {
    /// With one more parameter.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        // Whole before it is filled: a text that grows leaves copies behind.
        let longest = self.0.len() + name.len() + 3 * value.len() + 2;
        let mut larger = String::with_capacity(longest);
        larger.push_str(&self.0);
        let mut writer = form_urlencoded::Serializer::new(larger);
        writer.append_pair(name, value);
        self.0 = Zeroizing::new(writer.finish());
    }

    /// With one more parameter if there is a value.
    pub(crate) fn add_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

/// The rule for repeating a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It only reads.
    Freely,
    /// It creates or destroys: only while no connection has come about. The
    /// text says what may have happened if the answer does not arrive.
    UntilConnected(&'static str),
}

impl Repeat {
    /// Adds the possible outcome to a failure that leaves the call's outcome open.
    pub(crate) fn left_open(self, failure: Failure) -> Failure {
        match self {
            Self::Freely => failure,
            Self::UntilConnected(if_lost) => {
                let advice = format!("{if_lost}\n{}", failure.advice);
                failure.advise(advice)
            }
        }
    }
}

/// One call.
pub(crate) struct Call<'a> {
    /// GET or POST.
    pub(crate) method: Method,
    /// Below `/api/v1`.
    pub(crate) path: &'a [&'a str],
    /// The body of a POST.
    pub(crate) form: Form,
    /// The rule for repeating it.
    pub(crate) repeat: Repeat,
}

impl<'a> Call<'a> {
    /// A call that only reads.
    pub(crate) fn get(path: &'a [&'a str]) -> Self {
        Self { method: Method::GET, path, form: Form::default(), repeat: Repeat::Freely }
    }

    /// A call that only reads, in the way that servers of every age take it.
    pub(crate) fn read_by_post(path: &'a [&'a str]) -> Self {
        Self { method: Method::POST, ..Self::get(path) }
    }

    /// A call that creates or destroys; `if_lost` says what may have happened if
    /// its answer does not arrive.
    pub(crate) fn post(path: &'a [&'a str], form: Form, if_lost: &'static str) -> Self {
        Self { method: Method::POST, path, form, repeat: Repeat::UntilConnected(if_lost) }
    }
}
