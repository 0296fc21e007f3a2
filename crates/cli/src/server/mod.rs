//! Chooses the server and its credentials.

pub(crate) mod config;
pub(crate) mod link;

use crate::environment::Environment;
use crate::failure::{Failure, Kind, Result};
use crate::input::{self, FilePrivacy};
use crate::options::Connection;
use crate::server::config::{Config, ServerEntry, usual_path};
use crate::server::link::{BaseUrl, PlainHttp};
use zeroize::Zeroizing;

/// The variable that names a server.
const VARIABLE: &str = "READONCE_SERVER";

/// A server with the credentials for it.
pub(crate) struct Server {
    /// Its URL.
    pub(crate) base: BaseUrl,
    /// `None` for anonymous calls.
    pub(crate) credentials: Option<Credentials>,
    /// The value of `--server`, for commands that are printed.
    pub(crate) chosen: Option<String>,
}

/// HTTP Basic credentials.
pub(crate) struct Credentials {
    /// The account's address.
    pub(crate) user: String,
    /// Its API token.
    pub(crate) token: Zeroizing<String>,
}

/// All sources of a server's name.
pub(crate) struct Servers<'a> {
    /// The command line.
    pub(crate) options: &'a Connection,
    /// The environment.
    pub(crate) environment: &'a Environment,
    /// The configuration file.
    pub(crate) config: Config,
}

impl Servers<'_> {
    /// The server for commands that name none themselves: the command line's,
    /// else the environment's, else the configuration file's default.
    ///
    /// # Errors
    /// [`Kind::Usage`]: none is named, or the name or its credentials are not
    /// valid.
    pub(crate) fn chosen(&self) -> Result<Server> {
        let (by, name) = self.name().ok_or_else(no_server)?;
        let (base, entry) = self.named(by, name)?;
        let credentials = self.credentials(&base, entry)?;
        Ok(Server { base, credentials, chosen: self.options.server.clone() })
    }

    /// The server that a link names. It gets credentials only if they are for
    /// that server; a link may come from anybody.
    ///
    /// # Errors
    /// As [`Servers::chosen`], but there need not be a server.
    pub(crate) fn of_link(&self, base: &BaseUrl) -> Result<Server> {
        let anonymous = || Server { base: base.clone(), credentials: None, chosen: None };
        let Some((by, name)) = self.name() else { return Ok(anonymous()) };
        match self.named(by, name) {
            Ok((chosen, _)) if chosen == *base => self.chosen(),
            Err(failure) if self.options.server.is_some() => Err(failure),
            // A link needs nothing of another server, usable or not.
            _ => Ok(anonymous()),
        }
    }

    /// The source of the server's name, and the name or URL.
    fn name(&self) -> Option<(&'static str, &String)> {
        let names = [
            ("--server", &self.options.server),
            (VARIABLE, &self.environment.server),
            ("the configuration file's default", &self.config.default),
        ];
        names.into_iter().find_map(|(by, name)| Some(by).zip(name.as_ref()))
    }

    /// Where plain HTTP is allowed.
    pub(crate) fn clear(&self) -> PlainHttp {
        if self.options.insecure_http { PlainHttp::Anywhere } else { PlainHttp::ThisMachineOnly }
    }

    /// Does not repeat a name that is not in the file, since it may be a secret.
    fn named(&self, by: &str, name: &str) -> Result<(BaseUrl, Option<&ServerEntry>)> {
        let entry = self.config.servers.get(name);
        let looks_like_a_host = name.contains(['.', ':', '/']) || name == "localhost";
        if entry.is_none() && !looks_like_a_host {
            return Err(self.unknown_name(by));
        }
        let url = entry.map_or(name, |entry| &entry.url);
        let base = BaseUrl::parse(url, self.clear()).map_err(|problem| {
            let about = entry.map_or_else(|| by.to_owned(), |_| format!("the configuration file's {name}"));
            Failure::new(Kind::Usage, format!("{about}: {problem}"))
        })?;
        Ok((base, entry))
    }

    fn unknown_name(&self, by: &str) -> Failure {
        let known: Vec<&str> = self.config.servers.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let message = format!("{by} names no server of the configuration file (known: {known})");
        Failure::new(Kind::Usage, message)
            .advise("Give a name from there, or a URL such as https://eu.example.com.")
    }

    /// The credentials for a server. Those of the command line go where it
    /// says. Those of a server chosen by name are its own. Those of the
    /// environment belong to the environment's server, if it names one. A user or
    /// a token alone is completed by the next of these, unless that is another
    /// user's.
    fn credentials(&self, base: &BaseUrl, entry: Option<&ServerEntry>) -> Result<Option<Credentials>> {
        if self.options.anonymous {
            return Ok(None);
        }
        let (environment, options) = (self.environment, self.options);
        let token_file = options.token_file.as_ref();
        let token_file =
            token_file.map(|path| input::one_line_of_file(path, "the token", FilePrivacy::Owner));
        let environment_server = environment.server.as_ref();
        let environment_is_meant = environment_server.is_none_or(|name| {
            self.named(VARIABLE, name).is_ok_and(|(environments, _)| environments == *base)
        });
        let environment = Some(environment).filter(|_| environment_is_meant);
        let of_environment = environment.map(|own| (own.user.clone(), own.token.clone()));
        let own_token = |entry: &ServerEntry| entry.token.as_ref().map(|token| token.0.clone());
        let of_file = entry.map(|own| (own.user.clone(), own_token(own)));
        let (second, third) =
            if options.server.is_some() { (of_file, of_environment) } else { (of_environment, of_file) };
        let (mut user, mut token) = (options.user.clone(), token_file.transpose()?);
        for (other_user, other_token) in [second, third].into_iter().flatten() {
            let users = user.as_ref().zip(other_user.as_ref());
            if users.is_none_or(|(one, other)| one.eq_ignore_ascii_case(other)) {
                user = user.or(other_user);
                token = token.or(other_token);
            }
        }
        match (user, token) {
            (Some(user), Some(token)) => Ok(Some(Credentials { user, token })),
            (None, None) => Ok(None),
            (Some(user), None) => Err(Failure::new(Kind::Usage, format!("there is no token for {user}")).advise(
                "Set READONCE_TOKEN, or use --token-file or the configuration file; --anonymous goes without.",
            )),
            (None, Some(_)) => Err(Failure::new(Kind::Usage, "there is a token, but no user")
                .advise("Set READONCE_USER, or use --user or the configuration file; --anonymous goes without.")),
        }
    }
}

fn no_server() -> Failure {
    let path =
        usual_path().map_or_else(|| "readonce/config.toml".to_owned(), |path| path.display().to_string());
    Failure::new(Kind::Usage, "no server is named").advise(format!(
        "Use --server URL, set READONCE_SERVER, or write one into {path}:\n\n  \
         default = \"eu\"\n\n  [servers.eu]\n  url = \"https://eu.example.com\"\n  user = \"you@example.com\"\n  \
         token = \"…\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The server and the credentials that are chosen, as `user:token@url`.
    fn called(
        flags: &[&str],
        variables: &[(&str, &str)],
        link: Option<&str>,
    ) -> std::result::Result<String, Kind> {
        use clap::Parser as _;
        let words = [&["readonce"], flags, &["status"]].concat();
        let options = crate::options::Options::try_parse_from(words).unwrap().connection;
        let value =
            |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let environment = Environment {
            server: value("SERVER"),
            user: value("USER"),
            token: value("TOKEN").map(Zeroizing::new),
            ..Environment::default()
        };
        let config = toml::from_str(
            "default = \"eu\"\n[servers.eu]\nurl = \"https://eu.example.com\"\nuser = \"e\"\ntoken = \"1\"\n\
             [servers.us]\nurl = \"https://us.example.com\"\nuser = \"u\"\ntoken = \"2\"\n\
             [servers.open]\nurl = \"https://open.example.com\"\n",
        )
        .unwrap();
        let servers = Servers { options: &options, environment: &environment, config };
        let server = match link {
            None => servers.chosen(),
            Some(link) => servers.of_link(&BaseUrl::parse(link, PlainHttp::ThisMachineOnly).unwrap()),
        };
        let server = server.map_err(|failure| failure.kind)?;
        let who =
            server.credentials.map(|credentials| format!("{}:{}@", credentials.user, *credentials.token));
        Ok(format!("{}{}", who.unwrap_or_default(), server.base))
    }

    #[test]
    fn flags_override_the_environment_which_overrides_the_file() {
        let ours = [("USER", "v"), ("TOKEN", "9")];
        for (flags, variables, expected) in [
            (&[][..], &[][..], "e:1@https://eu.example.com"),
            (&["--server", "us"], &[], "u:2@https://us.example.com"),
            (&["--server", "open"], &[], "https://open.example.com"),
            (&["--anonymous"], &ours, "https://eu.example.com"),
            (&[], &ours, "v:9@https://eu.example.com"),
            (&[], &[("SERVER", "us")], "u:2@https://us.example.com"),
            (&["--server", "open"], &ours, "v:9@https://open.example.com"),
            (&["--server", "https://other.example.com"], &ours, "v:9@https://other.example.com"),
            (&["--user", "e"], &[], "e:1@https://eu.example.com"),
            (&["--user", "x"], &[("TOKEN", "9")], "x:9@https://eu.example.com"),
            (&["--user", "E"], &[], "E:1@https://eu.example.com"),
            (&[], &[("USER", "E")], "E:1@https://eu.example.com"),
            (&[], &[("TOKEN", "9")], "e:9@https://eu.example.com"),
            (
                &["--server", "us"],
                &[("SERVER", "us"), ("USER", "v"), ("TOKEN", "9")],
                "u:2@https://us.example.com",
            ),
            (&["--server", "us"], &[("SERVER", "mistyped")], "u:2@https://us.example.com"),
        ] {
            assert_eq!(called(flags, variables, None).as_deref(), Ok(expected), "{flags:?} {variables:?}");
        }
    }

    #[test]
    fn a_token_of_the_environment_goes_to_its_own_server_only() {
        let ours = [("SERVER", "https://mine.example.com"), ("USER", "v"), ("TOKEN", "9")];
        assert_eq!(called(&[], &ours, None).as_deref(), Ok("v:9@https://mine.example.com"));
        assert_eq!(called(&["--server", "open"], &ours, None).as_deref(), Ok("https://open.example.com"));
        assert_eq!(called(&["--server", "us"], &ours, None).as_deref(), Ok("u:2@https://us.example.com"));
        // A server chosen by name keeps its own.
        assert_eq!(
            called(&["--server", "us"], &ours[1..], None).as_deref(),
            Ok("u:2@https://us.example.com")
        );
    }

    #[test]
    fn a_link_gets_no_credentials_of_another_server() {
        let link = |flags, link| called(flags, &[], Some(link));
        assert_eq!(link(&[], "https://eu.example.com").as_deref(), Ok("e:1@https://eu.example.com"));
        for other in [
            "https://evil.example.com",
            "https://eu.example.com.evil.example",
            "https://eu.example.com:444",
            "http://localhost",
        ] {
            assert_eq!(link(&[], other).as_deref(), Ok(other));
            assert_eq!(link(&["--user", "x"], other).as_deref(), Ok(other));
        }
    }

    #[test]
    fn a_link_does_not_need_the_configured_server() {
        let other = "https://other.example.com";
        for variables in
            [&[("SERVER", "mistyped")][..], &[("USER", "v")], &[("SERVER", "http://example.com")]]
        {
            assert_eq!(called(&[], variables, Some(other)).as_deref(), Ok(other), "{variables:?}");
        }
        assert_eq!(called(&["--server", "mistyped"], &[], Some(other)), Err(Kind::Usage));
    }

    #[test]
    fn invalid_combinations_are_usage_errors() {
        for (flags, variables) in [
            (&["--server", "nowhere"][..], &[][..]),
            (&["--server", "http://example.com"], &[]),
            (&["--server", "open", "--user", "x"], &[]),
            // Halves of two accounts.
            (&["--user", "x"], &[]),
            (&[], &[("USER", "v")]),
            (&["--server", "open"], &[("TOKEN", "9")]),
            (&["--token-file", "/nowhere/at/all"], &[]),
        ] {
            assert_eq!(called(flags, variables, None), Err(Kind::Usage), "{flags:?}");
        }
    }
}
