//! The environment: the one place where the client reads it.
#![expect(
    clippy::disallowed_methods,
    reason = "the client's own home of the environment; it does not link core"
)]

use std::env::VarError;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The variables that the client reads.
#[derive(Default)]
pub(crate) struct Environment {
    /// `READONCE_SERVER`: a name of the configuration file, or a URL.
    pub(crate) server: Option<String>,
    /// `READONCE_USER`: the account's address.
    pub(crate) user: Option<String>,
    /// `READONCE_TOKEN`: its API token.
    pub(crate) token: Option<Zeroizing<String>>,
    /// `READONCE_CONFIG`: the configuration file.
    pub(crate) config: Option<PathBuf>,
    /// `NO_COLOR` (<https://no-color.org>) or a terminal that has no colours.
    pub(crate) no_colours: bool,
    /// `WAYLAND_DISPLAY` is set: there may be a Wayland clipboard.
    pub(crate) wayland: bool,
    /// `DISPLAY` is set: there may be an X11 clipboard.
    pub(crate) x11: bool,
    /// The directories of `PATH`.
    pub(crate) path: Vec<PathBuf>,
    /// One of `READONCE_SERVER`, `READONCE_USER` and `READONCE_TOKEN` that is not
    /// valid UTF-8.
    pub(crate) no_text: Option<&'static str>,
}

impl Environment {
    /// Reads this process's environment. An empty variable counts as not set.
    pub(crate) fn read() -> Self {
        let mut no_text = None;
        let mut text = |name: &'static str| match std::env::var(name) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(error) => {
                no_text = no_text.or((error != VarError::NotPresent).then_some(name));
                None
            }
        };
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            server: text("READONCE_SERVER"),
            user: text("READONCE_USER"),
            token: text("READONCE_TOKEN").map(Zeroizing::new),
            config: std::env::var_os("READONCE_CONFIG").filter(|value| !value.is_empty()).map(PathBuf::from),
            no_colours: is_set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb"),
            wayland: is_set("WAYLAND_DISPLAY"),
            x11: is_set("DISPLAY"),
            path: std::env::var_os("PATH")
                .map(|path| std::env::split_paths(&path).collect())
                .unwrap_or_default(),
            no_text,
        }
    }
}
