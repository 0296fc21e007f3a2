//! Carrying the commands out.

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
use std::path::Path;

/// Why a command was not carried out, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such account.
    #[error("there is no account {0}")]
    NoAccount(String),
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
    #[error("{}", .0.with_causes())]
    Table(#[from] readonce_core::Error),
}

/// What is to be printed, and whether all is well.
pub struct Outcome {
    /// For standard output.
    pub text: String,
    /// Not, if the doctor has found something.
    pub is_healthy: bool,
}

/// Carries a command out.
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
        Command::Domain(DomainCommand::Remove { email, host }) => {
            change(&table, &email, AccountChange::RemoveDomain(host)).await?
        }
        Command::Doctor(options) => {
            let findings = doctor::examine(&stack.target(&options)).await;
            is_healthy = !findings.iter().any(|finding| matches!(finding.verdict, Verdict::Failing(_)));
            findings_report(&findings)
        }
    };
    Ok(Outcome { text: if options.json { report.json.to_string() } else { report.text }, is_healthy })
}

/// One outcome, in two forms.
struct Report {
    text: String,
    json: Value,
}

/// Where the commands work.
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

/// Is this a local server's data directory, or an empty one that is to become it?
/// Making a table anywhere else would hide a typing error.
fn data_directory(path: &Path) -> Result<(), StartError> {
    let unusable = |problem| StartError::File { path: path.to_owned(), problem };
    let mut entries = std::fs::read_dir(path).map_err(|error| unusable(error.to_string()))?;
    if entries.next().is_some() && !path.join(dynamodb::TABLE_FILE).exists() {
        let problem = format!("no local server keeps its data there, for it has no {}", dynamodb::TABLE_FILE);
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
        AccountCommand::SetPlan { email, plan } => change(table, &email, AccountChange::Plan(plan)).await,
        AccountCommand::RotateToken { email } => {
            let token = ApiToken::random();
            let report = change(table, &email, AccountChange::Token(token.hash())).await?;
            Ok(with_token(report, &token))
        }
        AccountCommand::Delete { email } => delete(table, &email).await,
    }
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
    Report {
        text: format!("{email}: plan {}{state}{hosts}", account.plan),
        json: json!({
            "email": email,
            "plan": account.plan.as_str(),
            "disabled": account.disabled,
            "domains": domains,
            "created": account.created.seconds(),
        }),
    }
}

/// The token is printed where it was just made, and nowhere else.
fn with_token(mut report: Report, token: &ApiToken) -> Report {
    report.text = format!("{}\nToken, shown only this once: {}", report.text, token.expose());
    report.json["token"] = token.expose().into();
    report
}
