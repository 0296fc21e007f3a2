//! The command line.

use clap::Parser;
use readonce_core::address::domain::Domain;
use readonce_core::address::site::Site;
use readonce_core::brand::{Accent, BrandLink, BrandName};
use readonce_core::limits::Count;
use readonce_core::plan::Plan;
use readonce_core::settings::OrNone;
use readonce_core::table::counter::Rate;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Readonce in one process: one-time secret links on this machine.
///
/// Everything is in memory and gone at the end, unless --data names a
/// directory. AWS is embedded, unless --aws says to use the real one.
#[derive(Parser)]
#[command(name = "readonce-local", version)]
pub struct Options {
    /// The IP address and port to listen on; port 0 picks a free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:3000", value_parser = listen_address)]
    pub listen: SocketAddr,

    /// Keep secrets, accounts and the KMS key in this directory. Do not back it up or copy it: a copy
    /// shows again what was read
    #[arg(long, value_name = "DIR", conflicts_with = "aws")]
    pub data: Option<PathBuf>,

    /// Write each mail into this directory, as an .eml file
    #[arg(long, value_name = "DIR", conflicts_with = "aws")]
    pub outbox: Option<PathBuf>,

    /// Create an account, or change its plan (basic, identity); the token of a new one is shown on the
    /// terminal, once; may be repeated
    #[arg(long = "account", value_name = "EMAIL[:PLAN]", conflicts_with = "aws")]
    pub accounts: Vec<String>,

    /// Create the accounts of this file, or change their tokens and plans: each line is
    /// EMAIL:TOKEN or EMAIL:TOKEN:PLAN; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "aws")]
    pub account_file: Option<PathBuf>,

    /// The start of every link, like <https://secrets.example.com>; without it, the host of each request
    #[arg(long, value_name = "URL")]
    pub site_url: Option<Site>,

    /// A host that anybody may use in links; may be repeated
    #[arg(long = "open-domain", value_name = "HOST")]
    pub open_domains: Vec<Domain>,

    /// Maximum size of a secret and maximum ttl for callers without an account, or none to require
    /// an account
    #[arg(long, value_name = "BYTES:SECONDS")]
    pub anonymous_plan: Option<OrNone<Plan>>,

    /// Maximum size of a secret and maximum ttl of the basic plan
    #[arg(long, value_name = "BYTES:SECONDS")]
    pub basic_plan: Option<Plan>,

    /// Maximum size of a secret and maximum ttl of the identity plan
    #[arg(long, value_name = "BYTES:SECONDS")]
    pub identity_plan: Option<Plan>,

    /// Minimum length of a new passphrase, in characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=128))]
    pub minimum_passphrase_length: Option<u8>,

    /// Send no mail, and refuse recipients
    #[arg(long)]
    pub no_mail: bool,

    /// Turn on the limits of a deployed stack: for callers without an account and for refused
    /// credentials by address, for mails and lists by account
    #[arg(long, conflicts_with = "aws")]
    pub rate_limits: bool,

    /// Maximum number of creations without an account from one address per window, or none
    #[arg(long, value_name = "COUNT:SECONDS", requires = "rate_limits")]
    pub anonymous_creations: Option<OrNone<Rate>>,

    /// Maximum number of reveals without an account that find no open secret, from one address per
    /// window, or none
    #[arg(long, value_name = "COUNT:SECONDS", requires = "rate_limits")]
    pub anonymous_reveals: Option<OrNone<Rate>>,

    /// Maximum number of refused credentials from one address per window, or none
    #[arg(long, value_name = "COUNT:SECONDS", requires = "rate_limits")]
    pub failed_credentials: Option<OrNone<Rate>>,

    /// Maximum number of mails of one account per day, or none for no limit
    #[arg(long, value_name = "N", requires = "rate_limits")]
    pub mails_per_day: Option<OrNone<Count>>,

    /// Maximum number of lists of recent receipts of one account per hour, or none for no limit
    #[arg(long, value_name = "N", requires = "rate_limits")]
    pub lists_per_hour: Option<OrNone<Count>>,

    /// Allow pages of this origin to call the API from a browser, like <https://intranet.example.com>;
    /// may be repeated
    #[arg(long = "cors-origin", value_name = "ORIGIN")]
    pub cors_origins: Vec<Site>,

    /// The product's name on pages and in mails (Readonce)
    #[arg(long, value_name = "NAME")]
    pub brand_name: Option<BrandName>,

    /// The colour of buttons and links, like #0b6b5d
    #[arg(long, value_name = "COLOUR")]
    pub accent_colour: Option<Accent>,

    /// The link for questions on pages and in mails: https, http or mailto
    #[arg(long, value_name = "URL")]
    pub contact_url: Option<BrandLink>,

    /// The terms of use that pages link to
    #[arg(long, value_name = "URL")]
    pub terms_url: Option<BrandLink>,

    /// Use AWS, with the ambient credentials, region and `AWS_ENDPOINT_URL`, and the functions' own
    /// environment variables (`TABLE_NAME`, `KMS_KEY_ID`, …)
    #[arg(long)]
    pub aws: bool,
}

/// The standard library's error has no example.
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an IP address and a port, like 127.0.0.1:3000".to_owned())
}
