//! Clients: they send what the script says, and learn keys as people do, from
//! answers, lists and mails.

use crate::history::{Answer, RequestId, State, What};
use crate::lambda::Lambda;
use crate::script::{Action, Look, Pass, SecretId, Step, Wish};
use crate::world::{FaultId, KEY_LENGTH, World, lock};
use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::secret::key::MetadataKey;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::reply::Reply;
use readonce_tests::lambda;
use readonce_tests::stage::Request;
use readonce_text::Language;
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// The clients' knowledge of a secret so far.
#[derive(Clone, Default)]
struct Known {
    text: Option<String>,
    link: Option<String>,
    receipt: Option<String>,
}

/// All clients.
pub(crate) struct Clients {
    world: Arc<World>,
    lambda: Lambda,
    wishes: Vec<Wish>,
    tokens: Vec<String>,
    known: Mutex<Vec<Known>>,
}

impl Clients {
    /// Clients whose accounts are in the table.
    pub(crate) async fn new(world: &Arc<World>, lambda: Lambda, wishes: Vec<Wish>, accounts: usize) -> Self {
        let table = Table::new(lambda.aws().dynamodb_client(), readonce_embedded::aws::TABLE);
        let mut tokens = Vec::new();
        for number in 0..accounts {
            let token = ApiToken::random();
            let email = EmailAddress::parse(&email(number)).expect("it is an address");
            let made = UnixTime::from_seconds(world.clock(0));
            let account = Account::new(email, PlanName::Basic, &token, made);
            assert!(table.create_account(&account).await.expect("the table answers"));
            tokens.push(token.expose().to_owned());
        }
        let text = |number| format!("the text of secret {number} in seed {}", world.plan.seed);
        let known = wishes.iter().enumerate().map(|(number, wish)| Known {
            text: (!wish.generated).then(|| text(number)),
            ..Known::default()
        });
        let known = Mutex::new(known.collect());
        Self { world: Arc::clone(world), lambda, wishes, tokens, known }
    }

    /// Takes a step; `None` if the client does not know enough to take it, else
    /// whether it failed and may be tried again.
    pub(crate) async fn take(&self, request: RequestId, step: &Step) -> Option<bool> {
        let event = self.event(step)?;
        let creates = if let Action::Create(secret) = step.action { Some(secret) } else { None };
        let heard = !(step.hangs_up && self.world.happens(FaultId::HangUp(request)));
        let reply = self.lambda.invoke(request, creates, event).await;
        let Some(reply) = reply else { return Some(true) };
        let answer = self.read(&step.action, &reply, heard);
        let failed = answer.status >= 500 || answer.status == 429;
        self.world.record(Some(request), What::Answered(answer));
        if reply.status != 200 {
            self.world.keep(request, "a refusal", reply.body.as_str());
        }
        Some(failed || !heard)
    }

    /// Every word that must stand in no log, no row and no refusal, with its name.
    pub(crate) fn words(&self) -> Vec<(String, String)> {
        let mut words: Vec<(String, String)> = Vec::new();
        for (number, known) in lock(&self.known).iter().enumerate() {
            let texts =
                [("the text", &known.text), ("the link", &known.link), ("the receipt's key", &known.receipt)];
            for (name, word) in texts {
                words.extend(word.iter().map(|word| (word.clone(), format!("{name} of secret {number}"))));
            }
            words.push((passphrase(number), format!("the passphrase of secret {number}")));
        }
        let token =
            |(number, token): (usize, &String)| (token.clone(), format!("the token of account {number}"));
        words.extend(self.tokens.iter().enumerate().map(token));
        words
    }

    fn event(&self, step: &Step) -> Option<Event> {
        let known = lock(&self.known).clone();
        let link = |secret: SecretId| known[secret].link.clone().or_else(|| self.world.mailed_link(secret));
        let receipt = |secret: SecretId| known[secret].receipt.clone();
        let signed_in = |request: Request, account: Option<usize>| match account {
            None => request,
            Some(account) => request.signed_in(&email(account), &self.tokens[account]),
        };
        let post = |path: String, secret: SecretId, pass: Pass, page: bool| {
            let right = passphrase(secret);
            let passphrase = match pass {
                Pass::None => "",
                Pass::Right => &right,
                Pass::Wrong => "not the passphrase",
            };
            let request = Request::post(path, &[("deliberate", "yes"), ("passphrase", passphrase)]);
            if page { request.of_page() } else { request }
        };
        let request = match step.action {
            Action::Create(secret) => {
                let wish = &self.wishes[secret];
                let (ttl, passphrase) = (wish.ttl.to_string(), passphrase(secret));
                let text = known[secret].text.as_deref().unwrap_or_default();
                let form = [
                    ("ttl", ttl.as_str()),
                    ("secret", text),
                    ("passphrase", if wish.passphrase { &passphrase } else { "" }),
                    ("recipient", if wish.mailed { "jo@example.org" } else { "" }),
                ];
                let path = if wish.generated { "/api/v1/generate" } else { "/api/v1/share" };
                signed_in(Request::post(path, &form), wish.account)
            }
            Action::Reveal(secret, pass, page) => {
                post(format!("/api/v1/secret/{}", link(secret)?), secret, pass, page)
            }
            Action::Burn(secret, pass, page) => {
                post(format!("/api/v1/private/{}/burn", receipt(secret)?), secret, pass, page)
            }
            Action::Look(secret, Look::Page) => Request::get(format!("/private/{}", receipt(secret)?)),
            Action::Look(secret, look) => {
                let request = Request::get(format!("/api/v1/private/{}", receipt(secret)?));
                if look == Look::Head { Request { method: "HEAD", ..request } } else { request }
            }
            Action::Open(secret) => Request::get(format!("/secret/{}", link(secret)?)),
            Action::Recent(account) => signed_in(Request::get("/api/v1/private/recent"), Some(account)),
            Action::Hostile(kind) => hostile(kind),
        };
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = Some(request.body.as_str()).filter(|body| !body.is_empty());
        let event = lambda::event(request.method, &request.path, request.query, &headers, body);
        let mut event: Event = serde_json::from_value(event).expect("it has an event's shape");
        event.request_context.http.source_ip = format!("192.0.2.{}", step.address);
        Some(event)
    }

    /// Reads an answer, and keeps the keys in it if it is heard.
    fn read(&self, action: &Action, reply: &Reply, heard: bool) -> Answer {
        let body = reply.body.as_str();
        let json: Value = serde_json::from_str(body).unwrap_or_default();
        let message = json["message"].as_str().unwrap_or_default().to_owned();
        let mut answer = Answer { status: reply.status, message, heard, ..Answer::default() };
        if reply.status != 200 {
            return answer;
        }
        let mut known = lock(&self.known);
        match *action {
            Action::Create(secret) => {
                let known = &mut known[secret];
                if let Some(value) = json["value"].as_str() {
                    known.text = Some(value.to_owned());
                }
                let link = json["secret_key"].as_str().map(str::to_owned);
                if self.world.mailed_link(secret).is_some_and(|mailed| Some(mailed) != link) {
                    answer.wrong = Some("a mail with another link".to_owned());
                }
                if heard {
                    known.link = link;
                    known.receipt = json["metadata_key"].as_str().map(str::to_owned);
                }
                answer.told.extend(state(&json["state"]).map(|state| (secret, state)));
            }
            Action::Reveal(secret, _, page) => {
                let value = json["value"].as_str().unwrap_or_default();
                let shows = |known: &Known| {
                    known.text.as_ref().is_some_and(|text| {
                        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                        if page { body.contains(&escaped) } else { value == text }
                    })
                };
                let is_unheard = known[secret].text.is_none();
                answer.released = Some(secret);
                if !is_unheard && !shows(&known[secret]) {
                    answer.wrong = Some("another text than was shared".to_owned());
                }
            }
            Action::Burn(secret, _, true) | Action::Look(secret, Look::Page) => {
                answer.told.extend(state_of_page(body).map(|state| (secret, state)));
            }
            Action::Burn(secret, ..) => {
                answer.told.extend(state(&json["state"]["state"]).map(|state| (secret, state)));
            }
            Action::Look(secret, _) => answer.told.extend(state(&json["state"]).map(|state| (secret, state))),
            Action::Recent(_) => {
                for entry in json.as_array().into_iter().flatten() {
                    let key = entry["metadata_key"].as_str().unwrap_or_default();
                    let receipt = MetadataKey::parse(key).map(|key| key.receipt_id());
                    let secret = receipt.and_then(|id| self.world.secret(id.as_str()));
                    match (secret, state(&entry["state"])) {
                        (Some(secret), Some(state)) => {
                            known[secret].receipt = Some(key.to_owned());
                            answer.told.push((secret, state));
                        }
                        _ => answer.wrong = Some("a list with an unknown receipt".to_owned()),
                    }
                }
            }
            Action::Open(_) | Action::Hostile(_) => {}
        }
        answer
    }
}

/// Requests that no honest client sends.
fn hostile(kind: u64) -> Request {
    let share = |text: &str| Request::post("/api/v1/share", &[("secret", text), ("ttl", "-1")]);
    match kind {
        0 => Request::get("/private/recent/%00?<script>"),
        1 => Request::get(format!("/private/{}", "z".repeat(KEY_LENGTH))),
        2 => Request::get("/api/v1/private/recent").signed_in(&email(0), &"0a".repeat(32)),
        3 => Request { body: "secret=%zz".to_owned(), ..share("x").signed_in("nobody", "") },
        4 => Request { headers: vec![("origin", "https://evil.example".to_owned())], ..share("x") },
        _ => Request::post(format!("/api/v1/secret/{}", "0".repeat(KEY_LENGTH)), &[]),
    }
}

fn email(account: usize) -> String {
    format!("account{account}@example.com")
}

fn passphrase(secret: SecretId) -> String {
    format!("the passphrase of secret number {secret}")
}

fn state(json: &Value) -> Option<State> {
    Some(match json.as_str()? {
        "new" => State::New,
        "viewed" => State::Viewed,
        "received" => State::Received,
        "burned" => State::Burned,
        _ => State::Expired,
    })
}

/// The state that the page of a receipt tells, by its title.
fn state_of_page(html: &str) -> Option<State> {
    let t = Language::DEFAULT;
    let titles = [
        (t.receipt_open_title(), State::New),
        (t.receipt_ended_title(), State::Ended),
        (t.receipt_received_title(), State::Received),
        (t.receipt_burned_title(), State::Burned),
        (t.receipt_expired_title(), State::Expired),
    ];
    let title = |title: &str| format!("tabindex=\"-1\">{title}</h1>");
    titles.iter().find(|(text, _)| html.contains(&title(text))).map(|(_, state)| *state)
}
