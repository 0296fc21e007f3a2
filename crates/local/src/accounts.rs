//! The accounts of the command line and its file, and the demo account of a server
//! in memory without any.

use crate::options::Options;
use readonce_core::account::Account;
use readonce_core::account::row::AccountChange;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_embedded::private::refuse_if_others_may_use;
use std::fs::File;
use std::io::{ErrorKind, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// The account of a server in memory, if the command line names none.
const DEMO_ACCOUNT: &str = "demo@example.com";
const SHORTEST_TOKEN_DIGITS: usize = 32;
/// More than any account file has.
const MAX_FILE_BYTES: usize = 1024 * 1024;

/// The reason that the accounts cannot be created, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// An account of the command line is not valid.
    #[error("--account: {0}")]
    Option(String),
    /// The file cannot be used.
    #[error("--account-file: {0}")]
    File(String),
    /// The token of a new account would be written into a pipe or a log.
    #[error(
        "--account: the token of {0}, which is new, is shown on a terminal only, and standard output is none; \
         write {0}:TOKEN into a file for --account-file (TOKEN from 'openssl rand -hex 32')"
    )]
    NoTerminal(String),
    /// They cannot be written.
    #[error("cannot write accounts: {}", .0.with_causes())]
    Write(#[from] readonce_core::Error),
}

/// An account of the command line or the file.
struct Wanted {
    email: EmailAddress,
    /// A new account without one gets a random one.
    token: Option<ApiToken>,
    /// `basic` for a new account without one.
    plan: Option<PlanName>,
}

impl Wanted {
    /// Reads `EMAIL`, `EMAIL:PLAN` or `EMAIL:TOKEN[:PLAN]`. Errors repeat nothing
    /// that may be a token.
    fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':');
        let email = parts.next().unwrap_or_default();
        let email = EmailAddress::parse(email).ok_or("an account begins with an e-mail address")?;
        let (token, plan) = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => (None, None),
            (Some(plan), None, _) if plan.parse::<PlanName>().is_ok() => (None, Some(plan)),
            (Some(token), plan, None) => (Some(token), plan),
            _ => return Err("write EMAIL, EMAIL:PLAN, EMAIL:TOKEN or EMAIL:TOKEN:PLAN".to_owned()),
        };
        // What is stored is a fast hash, which would give a short one away.
        let is_long = |token: &str| token.len() >= SHORTEST_TOKEN_DIGITS;
        let long = |token| ApiToken::parse(token).filter(|_| is_long(token));
        let bad = "a token is made of 32 hexadecimal digits or more, as from 'openssl rand -hex 32'; a plan \
                   is basic or identity";
        let token = token.map(|token| long(token).ok_or(bad)).transpose()?;
        let plan = plan.map(|plan| plan.parse().map_err(|_| "a plan is basic or identity")).transpose()?;
        Ok(Self { email, token, plan })
    }
}

/// All accounts of the command line and the file.
pub struct WantedAccounts {
    accounts: Vec<Wanted>,
    /// With `--data` there is no demo account: it would stay there for good.
    is_in_memory: bool,
}

impl WantedAccounts {
    /// Reads them from the command line and the file that it names.
    ///
    /// # Errors
    /// [`AccountsError::Option`], [`AccountsError::File`].
    pub fn read(options: &Options) -> Result<Self, AccountsError> {
        let mut all = Vec::new();
        for text in &options.accounts {
            let wanted = Wanted::parse(text).map_err(AccountsError::Option)?;
            if wanted.token.is_some() {
                let _ = writeln!(
                    std::io::stderr(),
                    "readonce-local: warning: every user of this machine can read a token that stands after \
                     --account; write EMAIL:TOKEN into a file for --account-file instead"
                );
            }
            all.push(wanted);
        }
        if let Some(path) = &options.account_file {
            let text = content(path).map_err(AccountsError::File)?;
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
                let wanted = Wanted::parse(line);
                let wanted = wanted.and_then(|wanted| match wanted.token {
                    Some(_) => Ok(wanted),
                    None => Err("write EMAIL:TOKEN or EMAIL:TOKEN:PLAN".to_owned()),
                });
                all.push(wanted.map_err(|problem| {
                    AccountsError::File(format!("{}, line {}: {problem}", path.display(), number + 1))
                })?);
            }
        }
        Ok(Self { accounts: all, is_in_memory: options.data.is_none() })
    }

    /// Creates the accounts, and updates existing ones. Without any, a server in
    /// memory gets a demo account.
    ///
    /// # Errors
    /// [`AccountsError::NoTerminal`], [`AccountsError::Write`].
    pub async fn write(&self, table: &Table) -> Result<Announcement, AccountsError> {
        let is_terminal = std::io::stdout().is_terminal();
        if self.accounts.is_empty() && self.is_in_memory {
            return demo(table, is_terminal).await;
        }
        let mut new = Vec::new();
        for wanted in &self.accounts {
            if wanted.token.is_none() && !is_terminal && table.account(&wanted.email).await?.is_none() {
                return Err(AccountsError::NoTerminal(wanted.email.as_str().to_owned()));
            }
            let random = ApiToken::random();
            let token = wanted.token.as_ref().unwrap_or(&random);
            let plan = wanted.plan.unwrap_or(PlanName::Basic);
            let account = Account::new(wanted.email.clone(), plan, token, UnixTime::now());
            if table.create_account(&account).await? {
                if wanted.token.is_none() {
                    new.push((wanted.email.clone(), random));
                }
                continue;
            }
            if wanted.token.is_some() {
                let change = AccountChange::Token(account.token_hash.clone());
                table.change_account(&account.email, &change).await?;
            }
            if let Some(plan) = wanted.plan {
                table.change_account(&account.email, &AccountChange::Plan(plan)).await?;
            }
        }
        Ok(Announcement::Accounts(new))
    }
}

/// The lines about accounts that the running server prints.
pub enum Announcement {
    /// The new accounts with the tokens made here, for a terminal; mostly none.
    Accounts(Vec<(EmailAddress, ApiToken)>),
    /// The demo account, with its token.
    NewDemo(ApiToken),
    /// There is no terminal to show the demo account's token on.
    NoDemo,
}

impl Announcement {
    /// Writes it in lines.
    ///
    /// # Errors
    /// As `out`'s.
    pub fn write(&self, mut out: impl std::io::Write) -> std::io::Result<()> {
        match self {
            Self::Accounts(new) => new.iter().try_for_each(|(email, token)| {
                writeln!(out, "Account: {}:{} (shown only this once)", email.as_str(), token.expose())
            }),
            Self::NewDemo(token) => writeln!(out, "Demo account: {DEMO_ACCOUNT}:{}", token.expose()),
            Self::NoDemo => writeln!(
                out,
                "No demo account: its token is shown on a terminal only; --account-file creates others"
            ),
        }
    }
}

async fn demo(table: &Table, is_terminal: bool) -> Result<Announcement, AccountsError> {
    let email = EmailAddress::parse(DEMO_ACCOUNT).expect("it is an address");
    if !is_terminal {
        return Ok(Announcement::NoDemo);
    }
    let token = ApiToken::random();
    let demo = Account::new(email, PlanName::Identity, &token, UnixTime::now());
    table.create_account(&demo).await?;
    Ok(Announcement::NewDemo(token))
}

/// Reads a file of tokens; `-` is standard input.
fn content(path: &Path) -> Result<Zeroizing<String>, String> {
    let about = path.display();
    let unreadable = |error: std::io::Error| match error.kind() {
        // A name that is not a file may be an account with its token.
        ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot read {about}: {error}"),
    };
    let mut file =
        if path.as_os_str() == "-" { standard_input() } else { File::open(path) }.map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if path.as_os_str() != "-" {
        refuse_if_others_may_use(path, &metadata)
            .map_err(|problem| format!("cannot use {about}: {problem}"))?;
    }
    // Whole before it is filled: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_FILE_BYTES + 1));
    let limit = u64::try_from(bytes.capacity()).unwrap_or(u64::MAX);
    (&mut file).take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(format!("{about} is too large"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| format!("{about} is not valid UTF-8"))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Not the standard library's, whose buffer would keep the tokens.
#[cfg(unix)]
fn standard_input() -> std::io::Result<File> {
    use std::os::fd::AsFd as _;
    std::io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(not(unix))]
fn standard_input() -> std::io::Result<File> {
    Err(std::io::Error::other("standard input is read on Unix only; name a file"))
}
