//! The service in this process, with its own embedded AWS.

use crate::caller::{Basic, Caller};
use crate::faults::Faults;
use crate::outbox::Outbox;
use crate::stage::{Stage, time_for_a_call};
use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::domain::Domain;
use readonce_core::address::email::EmailAddress;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::plan::PlanName;
use readonce_core::settings::Settings;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_embedded::template;
use readonce_http::api::all::AllFunctions;
use readonce_local::cors::Cors;
use readonce_local::server::{CONNECTIONS, Server};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::net::TcpListener;

/// A running service with its dependencies and a clock.
pub struct TestApp {
    /// Address of its listener, on loopback.
    pub address: SocketAddr,
    /// Its table, without faults.
    pub table: Table,
    /// The SDK configuration of the service, faults included.
    pub aws: AwsConfig,
    /// Its settings.
    pub settings: Settings,
    /// The faults between the service and AWS.
    pub faults: Faults,
    /// The mails that it has sent.
    pub outbox: Outbox,
    /// Its clock, in Unix seconds. It stands still, so that no test depends on the
    /// speed of the machine.
    clock: Arc<AtomicI64>,
}

impl TestApp {
    /// Starts a service with default settings.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts a service with changed settings.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let Stage { aws: healthy, settings, outbox, .. } = Stage::new(change).await;
        let faults = Faults::default();
        let aws = faults.between(&healthy);
        let function = AllFunctions::new(&settings, &aws).expect("the embedded settings are complete");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("there is a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let clock = Arc::new(AtomicI64::new(UnixTime::now().seconds()));
        let seconds = Arc::clone(&clock);
        let server = Server {
            function: Arc::new(function),
            clock: Arc::new(move || UnixTime::from_seconds(seconds.load(Ordering::SeqCst))),
            call_timeout: template::function_timeout(),
            cors: Cors::new(Vec::new()),
            connections: CONNECTIONS,
        };
        tokio::spawn(server.serve(listener, std::future::pending()));
        let table = Table::new(healthy.dynamodb_client(), &settings.table);
        Self { address, table, aws, settings, faults, outbox, clock }
    }

    /// Advances the service's clock; a negative number sets it back.
    pub fn pass_seconds(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The service's current time.
    pub fn now(&self) -> UnixTime {
        UnixTime::from_seconds(self.clock.load(Ordering::SeqCst))
    }

    /// A call that comes in now, with the deadline of the gateway.
    pub fn call(&self) -> Call {
        Call::new(self.now(), time_for_a_call())
    }

    /// The origin of its links, `http://HOST:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A caller without credentials.
    pub fn anonymous(&self) -> Caller {
        Caller::new(self.origin(), None)
    }

    /// Creates an account on the basic plan and returns a caller with its credentials.
    pub async fn account(&self, email: &str) -> Caller {
        self.account_with(email, PlanName::Basic, &[]).await
    }

    /// Creates an account and returns a caller with its credentials.
    pub async fn account_with(&self, email: &str, plan: PlanName, domains: &[&str]) -> Caller {
        let token = ApiToken::random();
        let email_address = EmailAddress::parse(email).expect("the test gives an address");
        let mut account = Account::new(email_address, plan, &token, UnixTime::now());
        account.domains =
            domains.iter().map(|host| Domain::parse(host).expect("the test gives a host")).collect();
        assert!(self.table.create_account(&account).await.expect("the table answers"));
        Caller::new(
            self.origin(),
            Some(Basic { user: email.to_owned(), password: token.expose().to_owned() }),
        )
    }
}
