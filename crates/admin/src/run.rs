//! Executes a parsed command.

use crate::credentials;
use crate::doctor::{self, Finding, Mail, Verdict};
use crate::options::{AccountCommand, Command, DoctorOptions, DomainCommand, Options, Target};
use readonce_core::account::Account;
use readonce_core::account::row::AccountChange;
use readonce_core::account::token::ApiToken;
use readonce_core::address::domain::Domain;
use readonce_core::address::email::EmailAddress;
use readonce_core::aws::config::AwsConfig;
use readonce_core::plan::PlanName;
use readonce_core::secret::keyring::MasterKey;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_embedded::{EmbeddedAws, StartError, Storage, aws, dynamodb};
use serde_json::{Value, json};
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// The reason that a command was not executed, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such account.
    #[error("there is no account {0}")]
    NoAccount(String),
    /// The account has no such host.
    #[error("{email} has no domain {host}; 'account show' lists its domains")]
    NoDomain {
        /// The account.
        email: String,
        /// The host.
        host: String,
    },
    /// A deletion was neither confirmed by --yes nor can it be asked about.
    #[error("there is no terminal to ask at; if you mean it, say so with --yes")]
    NotAsked,
    /// The operator answered no.
    #[error("not deleted")]
    NotConfirmed,
    /// The data directory does not exist.
    #[error("there is no {0} yet: start 'readonce-local --data {0}' once")]
    NoDirectory(PathBuf),
    /// There is one already.
    #[error("there is an account {0} already; 'account rotate-token' replaces its token")]
    AccountExists(String),
    /// The data directory cannot be used.
    #[error(transparent)]
    Embedded(#[from] StartError),
    /// Neither a table nor a directory was named.
    #[error("name the stack's table with --table, or a local server's directory with --data")]
    NoTarget,
    /// The table does not answer.
    #[error("{}", credentials::explained(.0.with_causes()))]
    Table(#[from] readonce_core::Error),
}

/// The result of a command.
pub struct Outcome {
    /// For standard output.
    pub text: String,
    /// `false` if `doctor` has found a problem.
    pub is_healthy: bool,
}

/// Executes a command.
///
/// # Errors
/// [`RunError`].
pub async fn run(options: Options) -> Result<Outcome, RunError> {
    let mail_region = match &options.command {
        Command::Doctor(doctor) => doctor.mail_region.clone(),
        Command::Account(_) | Command::Domain(_) => None,
    };
    let stack = Stack::find(options.target, mail_region).await?;
    let table = Table::new(stack.aws.dynamodb_client(), &stack.table);
    let mut is_healthy = true;
    let report = match options.command {
        Command::Account(command) => account(&table, command).await?,
        Command::Domain(DomainCommand::Add { email, host }) => {
            change(&table, &email, AccountChange::AddDomain(host)).await?
        }
        Command::Domain(DomainCommand::Remove { email, host }) => remove_domain(&table, &email, host).await?,
        Command::Doctor(options) => {
            let findings = doctor::examine(&stack.target(&options)).await;
            is_healthy = !findings.iter().any(|finding| matches!(finding.verdict, Verdict::Failing(_)));
            findings_report(&findings)
        }
    };
    Ok(Outcome { text: if options.json { report.json.to_string() } else { report.text }, is_healthy })
}

/// One result, in two forms.
struct Report {
    text: String,
    json: Value,
}

/// The stack that the commands work on.
struct Stack {
    aws: AwsConfig,
    table: String,
    /// The key of a local server.
    embedded_key: Option<String>,
}

impl Stack {
    async fn find(target: Target, mail_region: Option<String>) -> Result<Self, RunError> {
        match (target.data, target.table) {
            (Some(directory), _) => {
                data_directory(&directory)?;
                let storage = Storage { data: Some(directory), outbox: None };
                let embedded = EmbeddedAws::start(&storage).await?;
                let embedded_key = Some(embedded.kms_key_id().to_owned());
                Ok(Self { aws: embedded.config(), table: aws::TABLE.to_owned(), embedded_key })
            }
            (None, Some(table)) => {
                let aws = AwsConfig::from_environment(mail_region).await;
                Ok(Self { aws, table, embedded_key: None })
            }
            (None, None) => Err(RunError::NoTarget),
        }
    }

    fn target<'a>(&'a self, options: &'a DoctorOptions) -> doctor::Target<'a> {
        let key_id = self.embedded_key.as_ref().or(options.kms_key_id.as_ref());
        let mail = match (&self.embedded_key, &options.mail_sender) {
            (Some(_), _) => Mail::Outbox,
            (None, None) => Mail::NotNamed,
            (None, Some(sender)) => Mail::From(sender),
        };
        doctor::Target {
            aws: &self.aws,
            table: &self.table,
            master_key: key_id.map(|id| MasterKey { key_id: id.clone(), table: self.table.clone() }),
            mail,
            clock: UnixTime::now,
        }
    }
}

/// Refuses a directory that is neither a local server's nor empty: making a table
/// there would hide a typing error.
fn data_directory(path: &Path) -> Result<(), RunError> {
    if !path.exists() {
        return Err(RunError::NoDirectory(path.to_owned()));
    }
    let unusable = |problem| RunError::from(StartError::File { path: path.to_owned(), problem });
    let mut entries = std::fs::read_dir(path).map_err(|error| unusable(error.to_string()))?;
    if entries.next().is_some() && !path.join(dynamodb::TABLE_FILE).exists() {
        let problem =
            format!("it is not a local server's data directory, since it has no {}", dynamodb::TABLE_FILE);
        return Err(unusable(problem));
    }
    Ok(())
}

fn findings_report(findings: &[Finding]) -> Report {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    let json = findings.iter().map(|finding| {
        json!({ "what": finding.what, "verdict": finding.verdict.as_str(), "text": finding.verdict.text() })
    });
    Report { text: lines.join("\n"), json: json.collect() }
}

async fn account(table: &Table, command: AccountCommand) -> Result<Report, RunError> {
    match command {
        AccountCommand::Create { email, plan } => create(table, email, plan).await,
        AccountCommand::Show { email } => Ok(shown(&existing(table, &email).await?)),
        AccountCommand::List => list(table).await,
        AccountCommand::Disable { email } => change(table, &email, AccountChange::Disabled(true)).await,
        AccountCommand::Enable { email } => change(table, &email, AccountChange::Disabled(false)).await,
        AccountCommand::SetPlan { email, plan, plan_option } => {
            let plan = plan.or(plan_option).expect("the command line requires one of them");
            change(table, &email, AccountChange::Plan(plan)).await
        }
        AccountCommand::RotateToken { email } => {
            let token = ApiToken::random();
            let report = change(table, &email, AccountChange::Token(token.hash())).await?;
            Ok(with_token(report, &token))
        }
        AccountCommand::Delete { email, yes } => {
            existing(table, &email).await?;
            if !yes {
                confirm_deletion(&email)?;
            }
            delete(table, &email).await
        }
    }
}

/// Asks at the terminal; anything but yes is no.
fn confirm_deletion(email: &EmailAddress) -> Result<(), RunError> {
    let (stdin, mut stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return Err(RunError::NotAsked);
    }
    let email = email.as_str();
    let _ = write!(
        stderr,
        "The token of {email} stops working; links that it created stay. 'account disable' can be undone.\n\
         Delete {email}? [y/N] "
    );
    let mut answer = String::new();
    // Without an answer it is no.
    let _ = stdin.lock().read_line(&mut answer);
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        Ok(())
    } else {
        Err(RunError::NotConfirmed)
    }
}

async fn remove_domain(table: &Table, email: &EmailAddress, host: Domain) -> Result<Report, RunError> {
    if !existing(table, email).await?.domains.contains(&host) {
        return Err(RunError::NoDomain { email: email.as_str().to_owned(), host: host.as_str().to_owned() });
    }
    change(table, email, AccountChange::RemoveDomain(host)).await
}

async fn delete(table: &Table, email: &EmailAddress) -> Result<Report, RunError> {
    if !table.delete_account(email).await? {
        return Err(no_account(email));
    }
    let email = email.as_str();
    Ok(Report { text: format!("{email} is deleted."), json: json!({ "email": email, "deleted": true }) })
}

async fn create(table: &Table, email: EmailAddress, plan: PlanName) -> Result<Report, RunError> {
    let token = ApiToken::random();
    let account = Account::new(email, plan, &token, UnixTime::now());
    if !table.create_account(&account).await? {
        return Err(RunError::AccountExists(account.email.as_str().to_owned()));
    }
    Ok(with_token(shown(&account), &token))
}

async fn change(table: &Table, email: &EmailAddress, change: AccountChange) -> Result<Report, RunError> {
    if !table.change_account(email, &change).await? {
        return Err(no_account(email));
    }
    Ok(shown(&existing(table, email).await?))
}

async fn list(table: &Table) -> Result<Report, RunError> {
    let reports: Vec<Report> = table.accounts().await?.iter().map(shown).collect();
    let lines: Vec<String> = reports.iter().map(|report| report.text.clone()).collect();
    let text = if lines.is_empty() { "There are no accounts.".to_owned() } else { lines.join("\n") };
    Ok(Report { text, json: reports.into_iter().map(|report| report.json).collect() })
}

async fn existing(table: &Table, email: &EmailAddress) -> Result<Account, RunError> {
    table.account(email).await?.ok_or_else(|| no_account(email))
}

fn no_account(email: &EmailAddress) -> RunError {
    RunError::NoAccount(email.as_str().to_owned())
}

fn shown(account: &Account) -> Report {
    let domains: Vec<&str> = account.domains.iter().map(Domain::as_str).collect();
    let state = if account.disabled { ", disabled" } else { "" };
    let hosts = if domains.is_empty() { String::new() } else { format!(", domains: {}", domains.join(" ")) };
    let email = account.email.as_str();
    let created = account.created.rfc3339();
    let created = created.split_once('T').map_or(created.as_str(), |(date, _)| date);
    Report {
        text: format!("{email}: plan {}{state}{hosts}, created {created}", account.plan),
        json: json!({
            "email": email,
            "plan": account.plan.as_str(),
            "disabled": account.disabled,
            "domains": domains,
            "created": account.created.seconds(),
        }),
    }
}

/// Adds a token to the report. Only the command that created it prints it.
fn with_token(mut report: Report, token: &ApiToken) -> Report {
    report.text = format!("{}\nToken, shown only this once: {}", report.text, token.expose());
    report.json["token"] = token.expose().into();
    report
}
