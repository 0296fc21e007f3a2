//! Starts the server that the command line describes.

use crate::accounts::{AccountsError, Announcement, WantedAccounts};
use crate::cors::Cors;
use crate::options::Options;
use crate::server::{CONNECTIONS, Clock, Server};
use readonce_core::address::site::{Scheme, Site, SiteRule};
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::environment;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_embedded::{EmbeddedAws, StartError, Storage, aws, template};
use readonce_http::api::all::AllFunctions;
use readonce_http::gateway::function::Function as _;
use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Maximum duration of the warm-up, as on Lambda.
const WARM_UP: Duration = Duration::from_secs(2);

/// The reason that the server cannot run, in words for a person.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {problem}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        problem: std::io::Error,
    },
    /// The embedded AWS cannot start.
    #[error(transparent)]
    Embedded(#[from] StartError),
    /// A setting is missing or cannot be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The link of a mail would carry the Host that a caller writes.
    #[error("name the site for the links in mails with --site-url or SITE_URL, or send none with --no-mail")]
    MailsWithoutSite,
    /// The accounts of the command line cannot be created.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
}

/// Runs until Ctrl-C or SIGTERM.
///
/// # Errors
/// [`RunError`].
pub async fn run(options: Options) -> Result<(), RunError> {
    // First, so that a port that is taken is said at once.
    let listener = bind(options.listen).await?;
    let address =
        listener.local_addr().map_err(|problem| RunError::Listen { address: options.listen, problem })?;
    // Before the signals, so that Ctrl-C ends it while it waits for standard input.
    let accounts = WantedAccounts::read(&options)?;
    let stop = stop_signal();
    let started = start(&options, &accounts).await?;
    announce(address, &started.announcement);
    let clock: Clock = Arc::new(UnixTime::now);
    let function = Arc::new(started.functions);
    let call_timeout = template::function_timeout();
    let cors = Cors::new(started.cors_origins);
    Server { function, clock, call_timeout, cors, connections: CONNECTIONS }.serve(listener, stop).await;
    Ok(())
}

/// Listens on `address`.
///
/// # Errors
/// [`RunError::Listen`].
pub async fn bind(address: SocketAddr) -> Result<TcpListener, RunError> {
    TcpListener::bind(address).await.map_err(|problem| RunError::Listen { address, problem })
}

struct Started {
    functions: AllFunctions,
    cors_origins: Vec<Site>,
    announcement: Announcement,
}

async fn start(options: &Options, accounts: &WantedAccounts) -> Result<Started, RunError> {
    if options.aws {
        let settings = with_options(Settings::from_environment()?, options);
        // A gateway vouches for the host of a request; here anybody writes it.
        if settings.mail.is_some() && matches!(settings.site, SiteRule::RequestHost(_)) {
            return Err(RunError::MailsWithoutSite);
        }
        let aws = AwsConfig::from_environment(settings.mail_region.clone()).await;
        let functions = AllFunctions::new(&settings, &aws)?;
        functions.warm_up(Call::new(UnixTime::now(), WARM_UP)).await;
        let announcement = Announcement::Accounts(Vec::new());
        return Ok(Started { functions, cors_origins: settings.cors_origins, announcement });
    }
    let storage = Storage { data: options.data.clone(), outbox: options.outbox.clone() };
    let embedded = EmbeddedAws::start(&storage).await?;
    let settings = with_options(embedded_settings(&embedded, options)?, options);
    let aws = embedded.config();
    let table = Table::new(aws.dynamodb_client(), &settings.table);
    let functions = AllFunctions::new(&settings, &aws)?;
    // Last: a new token is shown when the server is there, and never again.
    let announcement = accounts.write(&table).await?;
    Ok(Started { functions, cors_origins: settings.cors_origins, announcement })
}

/// The settings of a stack whose AWS is embedded: the functions' variables,
/// with the operator's own taken from the environment. Limits are the
/// template's, if they are wanted at all.
fn embedded_settings(embedded: &EmbeddedAws, options: &Options) -> Result<Settings, SettingsError> {
    let limit = |variable: &str, parameter: &str| {
        let wanted =
            || environment::variable(variable).unwrap_or_else(|| template::parameter_default(parameter));
        options.rate_limits.then(wanted)
    };
    Settings::from_variables(|name| match name {
        "ANONYMOUS_CREATIONS" => limit(name, "AnonymousCreations"),
        "ANONYMOUS_REVEALS" => limit(name, "AnonymousReveals"),
        "FAILED_CREDENTIALS" => limit(name, "FailedCredentials"),
        "MAILS_PER_DAY" => limit(name, "MailsPerDay"),
        "LISTS_PER_HOUR" => limit(name, "ListsPerHour"),
        "TABLE_NAME" => Some(aws::TABLE.to_owned()),
        "KMS_KEY_ID" => Some(embedded.kms_key_id().to_owned()),
        "MAIL_SENDER" => Some(aws::MAIL_SENDER.to_owned()),
        "MAIL_REGION" | "MAIL_CONFIGURATION_SET" => None,
        other => environment::variable(other),
    })
}

fn with_options(mut settings: Settings, options: &Options) -> Settings {
    settings.site = match (&options.site_url, settings.site) {
        (Some(site), _) => SiteRule::Fixed(site.clone()),
        (None, SiteRule::RequestHost(_)) => SiteRule::RequestHost(Scheme::Http),
        (None, fixed) => fixed,
    };
    let create = &mut settings.create;
    create.open_domains.extend(options.open_domains.iter().cloned());
    set(&mut create.plans.anonymous, options.anonymous_plan.map(|plan| plan.0));
    set(&mut create.plans.basic, options.basic_plan);
    set(&mut create.plans.identity, options.identity_plan);
    set(&mut create.minimum_passphrase, options.minimum_passphrase_length.map(usize::from));
    let limits = &mut settings.limits;
    set(&mut limits.creations, options.anonymous_creations.map(|rate| rate.0));
    set(&mut limits.reveals, options.anonymous_reveals.map(|rate| rate.0));
    set(&mut limits.failed_credentials, options.failed_credentials.map(|rate| rate.0));
    set(&mut limits.mails, options.mails_per_day.map(|mails| mails.0));
    set(&mut limits.lists, options.lists_per_hour.map(|lists| lists.0));
    settings.cors_origins.extend(options.cors_origins.iter().cloned());
    if options.no_mail {
        settings.mail = None;
    }
    let brand = &mut settings.brand;
    set(&mut brand.name, options.brand_name.clone());
    set(&mut brand.accent, options.accent_colour);
    set(&mut brand.contact, options.contact_url.clone().map(Some));
    set(&mut brand.terms, options.terms_url.clone().map(Some));
    settings
}

fn set<T>(setting: &mut T, option: Option<T>) {
    if let Some(option) = option {
        *setting = option;
    }
}

/// Prints the server's address on standard output, and on a terminal the first
/// commands.
fn announce(address: SocketAddr, announcement: &Announcement) {
    let mut out = std::io::stdout().lock();
    // Whoever closed our output is not interested.
    let _ = writeln!(out, "Readonce is listening on http://{address}");
    let _ = announcement.write(&mut out);
    if out.is_terminal() {
        let _ = writeln!(
            out,
            "\nOpen it in a browser, or share a secret, then reveal it with the secret_key of the answer:\n\
             \x20 printf %s 'correct horse' | curl --data-urlencode secret@- -d ttl=3600 http://{address}/api/v1/share\n\
             \x20 curl -X POST http://{address}/api/v1/secret/SECRET_KEY"
        );
    }
    let _ = out.flush();
}

/// Resolves at Ctrl-C or SIGTERM. Set up before the server announces itself, so
/// that no later signal is missed.
fn stop_signal() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a process may ask to be told of its signals");
    #[cfg(unix)]
    let mut interrupted = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
        .expect("a process may ask to be told of its signals");
    async move {
        #[cfg(unix)]
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
