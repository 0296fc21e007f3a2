//! The command line.

use clap::{Args, Parser, Subcommand};
use readonce_core::address::domain::Domain;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use std::path::PathBuf;

/// Accounts, tokens, plans and domains of a Readonce stack, and its health.
///
/// Works on AWS with the ambient credentials and region, or on a local server's
/// data directory, whether that server is running or not.
#[derive(Debug, Parser)]
#[command(name = "readonce-admin", version)]
pub struct Options {
    /// Whose accounts
    #[command(flatten)]
    pub target: Target,

    /// Print JSON, for scripts
    #[arg(long, global = true)]
    pub json: bool,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Whose accounts.
#[derive(Args, Debug)]
pub struct Target {
    /// The stack's table (an output of the stack)
    #[arg(long, value_name = "NAME", env = "TABLE_NAME", global = true)]
    pub table: Option<String>,

    /// A local server's --data directory, instead of AWS
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Accounts and their tokens
    #[command(subcommand)]
    Account(AccountCommand),
    /// Hosts that an account's links may carry
    #[command(subcommand)]
    Domain(DomainCommand),
    /// Try the stack's table, key, mail identity and this machine's clock, and say what is wrong
    Doctor(DoctorOptions),
}

/// What the doctor is to try besides the table and the clock.
#[derive(Args, Debug)]
pub struct DoctorOptions {
    /// The stack's KMS key (an output of the stack)
    #[arg(long, value_name = "ARN", env = "KMS_KEY_ID")]
    pub kms_key_id: Option<String>,

    /// The address that mails are from
    #[arg(long, value_name = "EMAIL", env = "MAIL_SENDER")]
    pub mail_sender: Option<EmailAddress>,

    /// The region that mails are sent from, if it is not the stack's
    #[arg(long, value_name = "REGION", env = "MAIL_REGION")]
    pub mail_region: Option<String>,
}

/// What to do with an account.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account and print its token, this once
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
    /// Delete an account; its secrets live on until they are read or end
    Delete {
        /// Its address
        email: EmailAddress,
    },
    /// Replace an account's token and print the new one, this once
    RotateToken {
        /// Its address
        email: EmailAddress,
    },
    /// Put an account on another plan
    SetPlan {
        /// Its address
        email: EmailAddress,
        /// basic or identity
        plan: PlanName,
    },
}

/// What to do with a host.
#[derive(Debug, Subcommand)]
pub enum DomainCommand {
    /// Let an account's links carry a host
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
