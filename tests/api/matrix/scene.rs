//! Plays one cell of the matrix: a request with its faults, the state afterwards, and
//! the client's next attempt.

use super::judge::{self, Probes};
use super::log::Log;
use super::scenario::{Kind, Scenario};
use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::limits::LimitSettings;
use readonce_core::plan::PlanName;
use readonce_core::secret::key::SecretKey;
use readonce_core::settings::Settings;
use readonce_core::table::counter::Rate;
use readonce_core::table::{PARTITION_KEY, SORT_KEY};
use readonce_core::time::{DAY_SECONDS, HOUR_SECONDS, UnixTime};
use readonce_http::routes::{self, ROUTES, Route};
use readonce_tests::Answer;
use readonce_tests::faults::{Fault, Weather};
use readonce_tests::planted::plant;
use readonce_tests::stage::{JsonRow as Row, Request, Stage};
use readonce_tests::template::{Role, Stack as Template};
use readonce_tests::wire::{Call, Sent};
use std::collections::{BTreeSet, HashMap};
use tokio::time::Instant;

pub(super) const TEXT: &str = "a text that nobody else may know";
pub(super) const PASSPHRASE: &str = "a passphrase likewise";
pub(super) const TTL_SECONDS: i64 = 60;
const TOM: &str = "tom@example.com";
/// Pause of a client after a 503.
const RETRY_AFTER_SECONDS: i64 = 5;

/// The keys of a secret that was shared in advance.
pub(super) struct Keys {
    pub(super) metadata: String,
    pub(super) secret: String,
}

/// The state before each cell.
pub(super) struct Prepared {
    token: String,
    /// Tom's secret, without a passphrase.
    pub(super) open: Keys,
    /// An anonymous secret with [`PASSPHRASE`].
    pub(super) locked: Keys,
    /// Tom's secret, which lives for [`TTL_SECONDS`].
    pub(super) short: Keys,
}

impl Prepared {
    /// The same request with Tom's credentials.
    pub(super) fn tom(&self, request: Request) -> Request {
        request.signed_in(TOM, &self.token)
    }

    /// Everything that no log line may contain.
    pub(super) fn secrets(&self) -> Vec<String> {
        let keys = [&self.open, &self.locked, &self.short];
        let keys = keys.into_iter().flat_map(|keys| [keys.metadata.clone(), keys.secret.clone()]);
        let others = [TEXT, PASSPHRASE, TOM, "jo@example.com", &self.token].map(str::to_owned);
        keys.chain(others).collect()
    }
}

/// A fault at a call.
#[derive(Clone, Debug)]
pub(super) struct Strike {
    pub(super) call: Call,
    /// Number of equal calls that pass before it.
    pub(super) skip: usize,
    pub(super) fault: Fault,
    /// Whether every later call fails too, and not only one.
    pub(super) always: bool,
}

/// The result of a cell.
pub(super) struct Played {
    pub(super) outcome: Outcome,
    pub(super) calls: Vec<Call>,
    /// The violated invariants.
    pub(super) violations: Vec<String>,
}

/// The cell's row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) answer: String,
    pub(super) left: String,
    pub(super) retry: String,
}

/// Embedded AWS with the state before each cell.
pub(super) struct Scene {
    stage: Stage,
    pub(super) prepared: Prepared,
    rows: Vec<Row>,
    now: UnixTime,
    log: Log,
    roles: HashMap<&'static str, Role>,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let stage = Stage::new(limited).await;
        // Noon of tomorrow: no window of a limit ends meanwhile, and no row has expired by
        // the wall clock.
        let now = UnixTime::now().seconds() / DAY_SECONDS * DAY_SECONDS + DAY_SECONDS + 12 * HOUR_SECONDS;
        let now = UnixTime::from_seconds(now);
        let token = ApiToken::random();
        let email = EmailAddress::parse(TOM).expect("it is an address");
        let account = Account::new(email, PlanName::Basic, &token, now);
        assert!(stage.table().create_account(&account).await.unwrap());
        let service = stage.service();
        let share = |form: &[(&'static str, &str)]| {
            Request::post("/api/v1/share", form).signed_in(TOM, token.expose())
        };
        let keys = |answer: &Answer| Keys {
            metadata: answer.text("metadata_key"),
            secret: answer.text("secret_key"),
        };
        let open = keys(&service.answer(&share(&[("secret", TEXT)]), now).await);
        let ttl = TTL_SECONDS.to_string();
        let short = keys(&service.answer(&share(&[("secret", TEXT), ("ttl", &ttl)]), now).await);
        let planted = plant(&stage, TEXT, PASSPHRASE, now).await;
        let locked = Keys {
            metadata: planted.metadata_key.expose().to_owned(),
            secret: planted.secret_key.expose().to_owned(),
        };
        let prepared = Prepared { token: token.expose().to_owned(), open, locked, short };
        let rows = stage.rows().await;
        let template = Template::new(&[]);
        let role = |route: &Route| {
            let (first, rest) = route.function.split_at(1);
            (route.function, template.role(&format!("{}{rest}Role", first.to_uppercase())))
        };
        let roles = ROUTES.iter().map(role).collect();
        Self { stage, prepared, rows, now, log: Log::start(), roles }
    }

    pub(super) async fn play(
        &self,
        scenario: &Scenario,
        strikes: &[Strike],
        weather: Option<Weather>,
    ) -> Played {
        self.stage.restore(&self.rows).await;
        let now = self.now.plus(scenario.seconds_later);
        let service = self.stage.service();
        for strike in strikes {
            let times = if strike.always { usize::MAX } else { 1 };
            service.faults.at(&strike.call, strike.skip, times, strike.fault);
        }
        if let Some(weather) = weather {
            service.faults.turn_slow(weather);
        }
        self.log.clear();
        let request = (scenario.request)(&self.prepared);
        let begun = Instant::now();
        let first = service.answer(&request, now).await;
        let sent = service.faults.take_sent();
        service.faults.clear();
        let log = self.log.text();
        service.faults.carry_out_late().await;
        let found = self.look().await;
        let left = self.left(scenario.kind, &found);
        let later = now.plus(RETRY_AFTER_SECONDS);
        let second = service.answer(&request, later).await;
        service.faults.carry_out_late().await;
        let outcome = Outcome { answer: judge::described(&first), left, retry: judge::described(&second) };
        let probes = Probes {
            scene: self,
            service: &service,
            now: later,
            strikes,
            request: &request,
            first: &first,
            second: &second,
            found: &found,
            log: &log,
        };
        let mut violations = judge::sent_too_late(&sent, begun);
        violations.extend(judge::guess_not_given_back(&sent, &first));
        violations.extend(probes.violations(scenario.kind).await);
        violations.extend(self.denied(&request, &sent));
        let calls = sent.into_iter().map(|sent| sent.call).collect();
        Played { outcome, calls, violations }
    }

    /// Accesses to the table that the role of the request's function does not allow.
    fn denied(&self, request: &Request, sent: &[Sent]) -> BTreeSet<String> {
        let (route, _) = routes::find(request.method, &request.path).expect("each scenario has a route");
        let role = &self.roles[route.function];
        // Calls that name no keys are not calls to the table.
        let accesses = sent.iter().filter(|sent| !sent.keys.is_empty());
        let accesses = accesses.map(|sent| (format!("dynamodb:{}", sent.call.operation), &sent.keys));
        let denied = accesses.filter(|(action, keys)| !role.allows(action, keys));
        denied.map(|(action, keys)| format!("{} may not {action} {keys:?}", route.function)).collect()
    }

    /// The keys in the links of mails.
    pub(super) fn mailed_keys(&self) -> Vec<String> {
        let key = |link: String| link.rsplit('/').next().unwrap_or_default().to_owned();
        self.stage.outbox.mails().iter().map(|mail| key(mail.link())).collect()
    }

    /// The current state of the table and the outbox.
    pub(super) async fn look(&self) -> Found {
        let rows = &self.stage.rows().await;
        let is_new = |row: &Row| !self.rows.iter().any(|old| key_of(old) == key_of(row));
        let secret = |row: &Row| Secret {
            partition: text(row, PARTITION_KEY),
            state: text(row, "state"),
            is_new: is_new(row),
            is_untouched: self.rows.contains(row),
        };
        let of = |sort: &'static str| rows.iter().filter(move |row| text(row, SORT_KEY).starts_with(sort));
        Found {
            secrets: of("secret").map(secret).collect(),
            new_receipts: of("receipt").filter(|row| is_new(row)).count(),
            viewed: of("receipt").filter(|row| row.contains_key("viewed")).count(),
            new_entries: of("recent#").filter(|row| is_new(row)).count(),
            mailed: self.mailed_keys(),
        }
    }

    fn left(&self, kind: Kind, found: &Found) -> String {
        let mut left = Vec::new();
        match kind {
            Kind::Creates => {
                let new = found.secrets.iter().filter(|secret| secret.is_new);
                left.extend(new.map(|secret| format!("secret {}", secret.state)));
                left.extend((found.new_receipts > 0).then(|| "receipt".to_owned()));
                left.extend((found.new_entries > 0).then(|| "entry".to_owned()));
                if let Some(key) = found.mailed.first() {
                    let works = found.state_of(key) == Some("open");
                    left.push(format!("mail, its link {}", if works { "works" } else { "is dead" }));
                }
            }
            Kind::Reveals(keys) | Kind::Burns(keys) | Kind::Reads(keys) | Kind::FindsExpired(keys) => {
                let keys = keys(&self.prepared);
                left.push(format!("secret {}", found.state_of(&keys.secret).unwrap_or("gone")));
                left.extend((found.viewed > 0).then(|| "receipt viewed".to_owned()));
            }
        }
        if left.is_empty() { "nothing".to_owned() } else { left.join(", ") }
    }
}

/// The state of the table and the outbox after a request.
pub(super) struct Found {
    pub(super) secrets: Vec<Secret>,
    new_receipts: usize,
    viewed: usize,
    new_entries: usize,
    /// The keys of the mailed links.
    pub(super) mailed: Vec<String>,
}

/// A secret's row.
pub(super) struct Secret {
    partition: String,
    pub(super) state: String,
    pub(super) is_new: bool,
    /// Whether it is the same as before.
    pub(super) is_untouched: bool,
}

impl Found {
    /// The state of the secret with this key.
    pub(super) fn state_of(&self, key: &str) -> Option<&str> {
        Some(&self.secret(key)?.state)
    }

    /// The row of the secret with this key.
    pub(super) fn secret(&self, key: &str) -> Option<&Secret> {
        let id = SecretKey::parse(key)?.secret_id();
        self.secrets.iter().find(|secret| secret.partition == id.as_str())
    }
}

fn key_of(row: &Row) -> (String, String) {
    (text(row, PARTITION_KEY), text(row, SORT_KEY))
}

fn text(row: &Row, name: &str) -> String {
    row.get(name).and_then(|value| value["S"].as_str()).unwrap_or_default().to_owned()
}

/// Sets limits that no cell reaches.
fn limited(settings: &mut Settings) {
    let rate = Some(Rate { most: 1_000, window_seconds: HOUR_SECONDS });
    let most = "1000".parse().ok();
    settings.limits =
        LimitSettings { creations: rate, reveals: rate, failed_credentials: rate, mails: most, lists: most };
}
