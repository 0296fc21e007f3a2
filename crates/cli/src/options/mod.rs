//! The command line.

mod help;
pub(crate) mod passphrase;
pub(crate) mod ttl;
mod usage_errors;

use crate::failure::Failure;
use crate::options::passphrase::PassphraseOptions;
use crate::options::ttl::Ttl;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::ffi::OsString;
use std::path::PathBuf;

/// Hand over a password, key or token through a link that works once.
///
/// The text goes to a server of the Onetime Secret v1 API (Readonce or another),
/// which answers with a link. The link shows the text once; after that the text
/// is gone. A receipt tells you whether it was opened.
#[derive(Parser)]
#[command(
    name = "readonce",
    version,
    term_width = 80,
    after_help = help::SHORT,
    after_long_help = help::LONG,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Options {
    /// Server, credentials and output
    #[command(flatten)]
    pub(crate) connection: Connection,

    /// The command
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Options {
    /// Reads this process's command line. Help ends the process here, with 0.
    ///
    /// # Errors
    /// [`crate::failure::Kind::Usage`] if it is not valid.
    pub(crate) fn of_this_process() -> Result<Self, Failure> {
        let mut words: Vec<OsString> = std::env::args_os().collect();
        // As a command of its own it would double the completions and the pages.
        if words.get(1).is_some_and(|word| word == "help") {
            words.remove(1);
            words.push("--help".into());
        }
        let matches = Self::described().try_get_matches_from(&words);
        matches
            .and_then(|matches| Self::from_arg_matches(&matches))
            .map_err(|error| usage_errors::translated(&error, &words).unwrap_or_else(|| error.exit()))
    }

    /// The command line with all of its help.
    pub(crate) fn described() -> clap::Command {
        Self::command().mut_subcommands(|command| {
            let own = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            command.after_long_help(format!("{own}\n\n{}", help::MORE))
        })
    }
}

/// Server, credentials and output: options of every command.
#[derive(Args)]
// After every command's own options, in the manual pages too.
#[command(next_help_heading = "Server and output", next_display_order = 100)]
pub(crate) struct Connection {
    /// A server's URL, or its name in the configuration file
    #[arg(long, value_name = "NAME|URL", global = true)]
    pub(crate) server: Option<String>,

    /// The account's e-mail address
    #[arg(long, value_name = "EMAIL", global = true, conflicts_with = "anonymous")]
    pub(crate) user: Option<String>,

    /// A file with the account's API token
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath, conflicts_with = "anonymous")]
    pub(crate) token_file: Option<PathBuf>,

    /// Send no credentials
    #[arg(long, global = true)]
    pub(crate) anonymous: bool,

    /// Another configuration file
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,

    /// Give up on the server after this many seconds
    #[arg(long, value_name = "SECONDS", global = true, default_value_t = 60, value_parser = timeout)]
    pub(crate) timeout: u64,

    /// Allow http:// to other machines, which the network can read
    #[arg(long, global = true)]
    pub(crate) insecure_http: bool,

    /// Print the server's answer as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// The commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Share a text and print its link
    ///
    /// The text comes from standard input or a file, or is asked for at the
    /// terminal, hidden and in one line. A single line from standard input loses
    /// its line end; a file and a text of several lines are shared as they are.
    #[command(after_long_help = help::SHARE)]
    Share(ShareOptions),

    /// Have the server make a password, show it and print its link
    #[command(after_long_help = help::GENERATE)]
    Generate(GenerateOptions),

    /// Reveal a secret, which works once, and print it
    ///
    /// On a terminal the program asks first, and asks for a passphrase if the
    /// secret may need one. Into a file or a pipe it writes the text exactly as it
    /// was shared.
    #[command(visible_alias = "reveal", after_long_help = help::GET)]
    Get(GetOptions),

    /// Show whether a secret was opened
    #[command(after_long_help = help::RECEIPT)]
    Receipt(ReceiptOptions),

    /// Destroy a secret unopened
    #[command(after_long_help = help::BURN)]
    Burn(BurnOptions),

    /// List your newest receipts (needs an account)
    #[command(after_long_help = help::RECENT)]
    Recent,

    /// Check that the server is up and your credentials are valid
    #[command(after_long_help = help::STATUS)]
    Status,

    /// Print the completions of a shell
    #[command(
        override_usage = "readonce completions <SHELL>",
        help_template = help::WITHOUT_OPTIONS,
        after_long_help = help::COMPLETIONS
    )]
    Completions {
        /// The shell
        shell: Shell,
    },

    /// Print the manual page, or write all of them into a directory
    #[command(
        override_usage = "readonce man [DIR]",
        help_template = help::WITHOUT_OPTIONS,
        after_long_help = help::MAN
    )]
    Man {
        /// The directory for the pages of all commands
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        directory: Option<PathBuf>,
    },
}

/// Options of `share`.
#[derive(Args)]
pub(crate) struct ShareOptions {
    /// Share this file's text, as it is; - is standard input
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,

    /// Share this text, which your shell's history and every user of this
    /// machine may then see
    #[arg(long, value_name = "TEXT", conflicts_with = "file", allow_hyphen_values = true)]
    pub(crate) insecure_argument: Option<String>,

    /// Lifetime, passphrase and output
    #[command(flatten)]
    pub(crate) create: CreateOptions,
}

/// Options of `generate`.
#[derive(Args)]
pub(crate) struct GenerateOptions {
    /// Characters, 4 to 128; the server's default is 12
    #[arg(long, short, value_name = "N", value_parser = str::parse::<u32>)]
    pub(crate) length: Option<u32>,

    /// Only these: upper, lower, numbers, symbols; all unless given
    #[arg(long, value_name = "SET", value_enum, value_delimiter = ',', hide_possible_values = true)]
    pub(crate) sets: Vec<CharacterSet>,

    /// Leave out characters that look alike: i l o 1 I O 0
    #[arg(long)]
    pub(crate) exclude_ambiguous: bool,

    /// Lifetime, passphrase and output
    #[command(flatten)]
    pub(crate) create: CreateOptions,
}

/// Characters of a generated value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CharacterSet {
    /// A to Z.
    Upper,
    /// a to z.
    Lower,
    /// 0 to 9.
    Numbers,
    /// Punctuation.
    Symbols,
}

/// Common options of `share` and `generate`.
#[derive(Args)]
pub(crate) struct CreateOptions {
    /// The lifetime of the link, such as 2h30m, 7d or 3600 (seconds); most
    /// servers' default is 7 days, their minimum 1 minute
    #[arg(long, short, value_name = "TIME", value_parser = Ttl::parse, allow_hyphen_values = true)]
    pub(crate) ttl: Option<Ttl>,

    /// A passphrase that the recipient needs
    #[command(flatten)]
    pub(crate) passphrase: PassphraseOptions,

    /// Have the server mail the link to this address (needs an account)
    #[arg(long, short, value_name = "EMAIL", value_parser = bare_address)]
    pub(crate) recipient: Option<String>,

    /// The host that the link carries, if your account has one
    #[arg(long, value_name = "HOST")]
    pub(crate) share_domain: Option<String>,

    /// Draw the link as a QR code (needs a terminal)
    #[arg(long)]
    pub(crate) qr: bool,

    /// Copy the link (or the message) to the clipboard, too
    #[arg(long, short)]
    pub(crate) copy: bool,

    /// Print a message ready to paste, instead of the bare link
    #[arg(long, conflicts_with = "json")]
    pub(crate) message: bool,
}

/// Refuses a name around the address, which no v1 server accepts.
fn bare_address(text: &str) -> Result<String, String> {
    if text.contains(['<', '>']) || text.trim().contains(char::is_whitespace) {
        return Err("write the bare address, such as bob@example.org".to_owned());
    }
    Ok(text.trim().to_owned())
}

/// Its error does not repeat the word, which may be a secret in a wrong place.
fn timeout(text: &str) -> Result<u64, String> {
    let seconds = text.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.ok_or_else(|| "write 1 to 3600 seconds".to_owned())
}

/// Options of `get`.
#[derive(Args)]
pub(crate) struct GetOptions {
    /// The link or the bare key; without one, or with -, it is asked for, or
    /// read from a pipe
    #[arg(value_name = "LINK|KEY", default_value = "-", hide_default_value = true)]
    pub(crate) place: String,

    /// Do not ask first; needed without a terminal
    #[arg(long, short)]
    pub(crate) yes: bool,

    /// Write the text into a new file that only you can read; - is standard
    /// output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    pub(crate) output: Option<PathBuf>,

    /// Copy the text to the clipboard instead of printing it
    #[arg(long, short, conflicts_with_all = ["output", "json"])]
    pub(crate) copy: bool,

    /// The secret's passphrase
    #[command(flatten)]
    pub(crate) passphrase: PassphraseOptions,
}

/// Options of `receipt`.
#[derive(Args)]
pub(crate) struct ReceiptOptions {
    /// The receipt's key or link; without one, or with -, it is asked for, or
    /// read from a pipe
    #[arg(value_name = "KEY|LINK", default_value = "-", hide_default_value = true)]
    pub(crate) place: String,
}

/// Options of `burn`.
#[derive(Args)]
pub(crate) struct BurnOptions {
    /// The receipt's key or link; without one, or with -, it is asked for, or
    /// read from a pipe
    #[arg(value_name = "KEY|LINK", default_value = "-", hide_default_value = true)]
    pub(crate) place: String,

    /// The secret's passphrase
    #[command(flatten)]
    pub(crate) passphrase: PassphraseOptions,
}
