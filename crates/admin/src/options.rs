//! The command line.

use clap::{Args, Parser, Subcommand};
use readonce_core::address::domain::Domain;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use std::path::PathBuf;

/// Manages accounts, tokens, plans and domains of a Readonce stack, and checks its health.
///
/// Works on AWS with the ambient credentials and region, or on a local server's
/// data directory, whether that server is running or not.
#[derive(Debug, Parser)]
#[command(name = "readonce-admin", version)]
pub struct Options {
    /// The stack or directory to work on
    #[command(flatten)]
    pub target: Target,

    /// Print JSON, for scripts
    #[arg(long, global = true)]
    pub json: bool,

    /// The command
    #[command(subcommand)]
    pub command: Command,
}

/// The stack or directory to work on.
#[derive(Args, Debug)]
pub struct Target {
    /// The stack's table (an output of the stack)
    #[arg(long, value_name = "NAME", env = "TABLE_NAME", global = true)]
    pub table: Option<String>,

    /// A local server's --data directory, instead of AWS
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Accounts and their tokens
    #[command(subcommand)]
    Account(AccountCommand),
    /// Hosts that an account's links may carry
    #[command(subcommand)]
    Domain(DomainCommand),
    /// Check the table, the key, the mail identity and this machine's clock, and explain each problem
    Doctor(DoctorOptions),
}

/// Options of `doctor`.
#[derive(Args, Debug)]
pub struct DoctorOptions {
    /// The stack's KMS key (an output of the stack)
    #[arg(long, value_name = "ARN", env = "KMS_KEY_ID")]
    pub kms_key_id: Option<String>,

    /// The sender of mails
    #[arg(long, value_name = "EMAIL", env = "MAIL_SENDER")]
    pub mail_sender: Option<EmailAddress>,

    /// The region that mails are sent from, if it is not the stack's
    #[arg(long, value_name = "REGION", env = "MAIL_REGION")]
    pub mail_region: Option<String>,
}

/// The commands on accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account and print its token, only this once
    Create {
        /// Its address, which is also its user name
        email: EmailAddress,
        /// basic or identity
        #[arg(long, default_value = "basic")]
        plan: PlanName,
    },
    /// Show an account
    Show {
        /// Its address
        email: EmailAddress,
    },
    /// List all accounts (reads the whole table)
    List,
    /// Refuse an account's calls from now on
    Disable {
        /// Its address
        email: EmailAddress,
    },
    /// Let a disabled account in again
    Enable {
        /// Its address
        email: EmailAddress,
    },
    /// Delete an account, after a question; its secrets stay until they are opened or expire
    Delete {
        /// Its address
        email: EmailAddress,
        /// Do not ask first; needed without a terminal
        #[arg(long, short)]
        yes: bool,
    },
    /// Replace an account's token and print the new one, only this once
    RotateToken {
        /// Its address
        email: EmailAddress,
    },
    /// Put an account on another plan
    SetPlan {
        /// Its address
        email: EmailAddress,
        /// basic or identity
        #[arg(required_unless_present = "plan_option")]
        plan: Option<PlanName>,
        /// The same as an option, as for create
        #[arg(long = "plan", value_name = "PLAN", conflicts_with = "plan")]
        plan_option: Option<PlanName>,
    },
}

/// The commands on hosts.
#[derive(Debug, Subcommand)]
pub enum DomainCommand {
    /// Allow an account's links to carry a host
    Add {
        /// The account's address
        email: EmailAddress,
        /// The bare host
        host: Domain,
    },
    /// Take a host away from an account
    Remove {
        /// The account's address
        email: EmailAddress,
        /// The bare host
        host: Domain,
    },
}
