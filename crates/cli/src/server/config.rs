//! The configuration file: several named servers, and the default one.

use crate::failure::{Failure, Kind, Result};
use crate::input;
use crate::private_file::refuse_if_others_may_use;
use etcetera::BaseStrategy as _;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The content of the file; empty without one.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The name of the server that is used unless another one is chosen.
    pub(crate) default: Option<String>,
    /// The servers by name.
    #[serde(default)]
    pub(crate) servers: BTreeMap<String, ServerEntry>,
}

/// A server of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerEntry {
    /// Its URL.
    pub(crate) url: String,
    /// The account's address.
    pub(crate) user: Option<String>,
    /// Its API token.
    pub(crate) token: Option<Token>,
}

/// An API token.
pub(crate) struct Token(pub(crate) Zeroizing<String>);

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        // Serde's own error would repeat a value of another type.
        match toml::Value::deserialize(deserializer) {
            Ok(toml::Value::String(token)) => Ok(Self(Zeroizing::new(token))),
            _ => Err(serde::de::Error::custom("a token is text in quotes")),
        }
    }
}

impl Config {
    /// Reads the file at `path`, or the one at its usual place. Only a file at
    /// the usual place may be missing.
    ///
    /// # Errors
    /// [`Kind::Usage`]: it cannot be read, others have access to it, or it is not valid.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self> {
        let may_be_missing = path.is_none();
        let Some(path) = path.map(Path::to_owned).or_else(usual_path) else { return Ok(Self::default()) };
        let unreadable = |error| wrong(&path, &format!("cannot be read: {error}"));
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound && may_be_missing => return Ok(Self::default()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // A name that is not a file may be a secret.
                return Err(Failure::new(Kind::Usage, "there is no such configuration file"));
            }
            Err(error) => return Err(unreadable(error)),
        };
        refuse_if_others_may_use(&file, &path, |problem| wrong(&path, problem))?;
        let bytes = input::read(&mut file).map_err(unreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| wrong(&path, "is not valid UTF-8"))?;
        Self::parse(text).map_err(|problem| wrong(&path, &problem))
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            // The error's own display repeats the line, and with it a token.
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            format!("has an error in line {line}: {}", error.message())
        })
    }
}

/// `readonce/config.toml` in the user's configuration directory.
pub(crate) fn usual_path() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("readonce").join("config.toml"))
}

fn wrong(path: &Path, problem: &str) -> Failure {
    Failure::new(Kind::Usage, format!("the configuration file {} {problem}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_by_name() {
        let config = Config::parse(
            "default = \"eu\"\n[servers.eu]\nurl = \"https://eu.example.com\"\nuser = \"tom@example.com\"\n\
             token = \"abc\"\n[servers.local]\nurl = \"http://127.0.0.1:3000\"\n",
        )
        .unwrap();
        assert_eq!(config.default.as_deref(), Some("eu"));
        assert_eq!(config.servers.keys().collect::<Vec<_>>(), ["eu", "local"]);
        assert_eq!(config.servers["eu"].user.as_deref(), Some("tom@example.com"));
        assert_eq!(config.servers["eu"].token.as_ref().map(|token| token.0.as_str()), Some("abc"));
        assert!(config.servers["local"].token.is_none());
    }

    #[test]
    fn an_error_in_the_file_names_the_line_and_repeats_no_token() {
        for (text, line) in [
            ("default = 1", 1),
            ("[servers.eu]\ntoken = \"5ec7e75ec7e7\"\n", 1),
            ("[servers.eu]\nurl = \"x\"\ntoken = 5577\n", 3),
            ("[servers.eu]\nurl = \"x\"\ntoken = 5ec7e75ec7e7\n", 3),
            ("[servers.eu]\nurl = \"x\"\ntoken = \"5ec7e75ec7e7\n", 3),
            ("[servers.eu]\nurl = \"x\"\ntoken = \"\\z5ec7e75ec7e7\"\n", 3),
            ("[servers.eu]\nurl = \"x\"\ntoken = [\"5ec7e75ec7e7\"]\n", 3),
            ("[servers.eu]\nurl = \"x\"\ntokn = \"5ec7e75ec7e7\"\n", 3),
            ("servers = 5577\n", 1),
        ] {
            let problem = Config::parse(text).err().unwrap_or_else(|| panic!("{text} is read"));
            assert!(problem.contains(&format!("in line {line}:")), "{text}: {problem}");
            let repeated =
                problem.contains("5ec7e75ec7e7") || (text.contains("token") && problem.contains("5577"));
            assert!(!repeated, "{problem}");
        }
    }
}
