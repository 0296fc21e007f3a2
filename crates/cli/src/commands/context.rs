//! The context of every command.

use crate::call::client::Client;
use crate::environment::Environment;
use crate::failure::{Failure, Kind, Result};
use crate::input;
use crate::options::Connection;
use crate::server::config::Config;
use crate::server::link::{LinkKind, LinkOrKey};
use crate::server::{Server, Servers};
use crate::terminal::console::Console;
use crate::terminal::prompt;

/// The console, the options of every command, and the servers they name.
pub(crate) struct Context<'a> {
    /// Output.
    pub(crate) console: &'a Console,
    /// Server, credentials and output, as the command line has them.
    pub(crate) connection: &'a Connection,
    /// Everything that may name a server.
    pub(crate) servers: Servers<'a>,
}

impl<'a> Context<'a> {
    /// Reads the configuration file.
    ///
    /// # Errors
    /// [`Kind::Usage`] if it or the environment cannot be used.
    pub(crate) fn new(
        connection: &'a Connection,
        environment: &'a Environment,
        console: &'a Console,
    ) -> Result<Self> {
        if let Some(name) = environment.no_text {
            return Err(Failure::new(Kind::Usage, format!("the variable {name} is not valid UTF-8")));
        }
        let path = connection.config.as_deref().or(environment.config.as_deref());
        let servers = Servers { options: connection, environment, config: Config::read(path)? };
        Ok(Self { console, connection, servers })
    }

    /// A client of a server.
    ///
    /// # Errors
    /// [`Kind::Server`] if TLS cannot be set up.
    pub(crate) fn client<'b>(&'b self, server: &'b Server) -> Result<Client<'b>> {
        Client::new(server, self.console, self.connection.timeout)
    }

    /// The server and key of a link or key that a person has given; for `-` the
    /// program asks, or reads standard input if that is not a terminal.
    ///
    /// # Errors
    /// [`Kind::Usage`] if it is neither, or no server is named.
    pub(crate) fn place(&self, given: &str, wanted: LinkKind) -> Result<(Server, String)> {
        let line;
        let given = if given == "-" && self.console.stdin_is_terminal {
            line = prompt::hidden("Link or key (not shown): ")?;
            &line
        } else if given == "-" {
            line = input::one_line_of_standard_input("the link or key")?;
            &line
        } else {
            given
        };
        let place = LinkOrKey::parse(given, wanted, self.servers.clear())
            .map_err(|problem| Failure::new(Kind::Usage, problem))?;
        let server = match &place.base {
            Some(base) => self.servers.of_link(base)?,
            None => self.servers.chosen()?,
        };
        Ok((server, place.key))
    }
}
