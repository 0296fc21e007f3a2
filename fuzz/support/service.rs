//! All functions on the known table, called with API Gateway's events.

use crate::aws::{Aws, Behaviour, Call};
use crate::fixture::{self, NOW, TABLE, TOKEN};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::call;
use readonce_core::settings::Settings;
use readonce_core::time::UnixTime;
use readonce_http::api::all::AllFunctions;
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use readonce_http::gateway::function;
use readonce_http::gateway::reply::Reply;
use std::time::Duration;

/// A site whose pages may call.
pub const FRIENDLY_ORIGIN: &str = "https://friend.example.com";

/// The functions, and the AWS under them.
pub struct Service {
    /// What they call.
    pub aws: Aws,
    functions: AllFunctions,
}

impl Default for Service {
    fn default() -> Self {
        let aws = fixture::aws();
        let (settings, config) = (settings(), aws.config());
        let service = Self {
            functions: AllFunctions::new(&settings, &config).expect("the settings are complete"),
            aws,
        };
        service.fill_the_list();
        service
    }
}

impl Service {
    /// The answer to an event, and the calls to AWS that it took.
    pub fn answer(
        &self,
        event: Event,
        now: UnixTime,
        behaviours: impl IntoIterator<Item = Behaviour>,
    ) -> (Reply, Vec<Call>) {
        self.aws.behave(behaviours);
        let reply = crate::wait_for(self.handle(event, now));
        (reply, self.aws.take_calls())
    }

    async fn handle(&self, event: Event, now: UnixTime) -> Reply {
        let call = call::Call::new(now, Duration::from_secs(19));
        function::handle(&self.functions, event, call, false).await
    }

    /// Gives the account's list an entry, which only sharing can make.
    fn fill_the_list(&self) {
        let headers = [("authorization".to_owned(), basic(fixture::EMAIL, TOKEN))];
        let event = Event {
            raw_path: "/api/v1/share".to_owned(),
            raw_query_string: "secret=listed".to_owned(),
            headers: Some(headers.into()),
            request_context: RequestContext {
                domain_name: "eu.example.com".to_owned(),
                http: HttpContext { method: "POST".to_owned(), source_ip: "192.0.2.1".to_owned() },
            },
            ..Event::default()
        };
        self.aws.record(true);
        let (reply, _) = self.answer(event, NOW, []);
        self.aws.record(false);
        assert_eq!(reply.status, 200, "{}", *reply.body);
    }
}

/// HTTP Basic credentials, as a header has them.
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

fn settings() -> Settings {
    let lookup = |name: &str| {
        let value = match name {
            "TABLE_NAME" => TABLE,
            "KMS_KEY_ID" => "key",
            "MAIL_SENDER" => "secrets@example.com",
            "ANONYMOUS_CREATIONS" | "ANONYMOUS_REVEALS" | "FAILED_CREDENTIALS" => "1000:3600",
            "MAILS_PER_DAY" | "LISTS_PER_HOUR" => "1000",
            "OPEN_DOMAINS" => "open.example.com",
            "CORS_ORIGINS" => FRIENDLY_ORIGIN,
            _ => return None,
        };
        Some(value.to_owned())
    };
    let mut settings = Settings::from_variables(lookup).expect("these are good settings");
    // Longer than a passphrase may be, so that none is set: bcrypt takes a
    // quarter of a second for each, and is not what is fuzzed.
    settings.create.minimum_passphrase = readonce_core::secret::passphrase::MAX_LENGTH + 1;
    settings
}
