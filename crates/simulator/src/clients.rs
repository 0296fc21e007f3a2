//! Clients: they send what the script says, and learn keys as people do, from
//! answers, lists and mails.

use crate::history::{Answer, RequestId, State, What};
use crate::lambda::Lambda;
use crate::script::{Action, Look, Pass, SecretId, Step, Wish};
use crate::world::{FaultId, KEY_LENGTH, World, lock};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_core::account::Account;
use readonce_core::account::token::ApiToken;
use readonce_core::address::email::EmailAddress;
use readonce_core::plan::PlanName;
use readonce_core::secret::key::MetadataKey;
use readonce_core::table::Table;
use readonce_core::time::UnixTime;
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use readonce_http::gateway::reply::Reply;
use readonce_text::Language;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

const HOST: &str = "secrets.example.com";

/// What is known of a secret so far.
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
        let form = |pairs: &[(&str, &str)]| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(pairs).finish()
        };
        let pass = |secret: SecretId, pass: Pass| match pass {
            Pass::None => form(&[("deliberate", "yes")]),
            Pass::Right => form(&[("deliberate", "yes"), ("passphrase", &passphrase(secret))]),
            Pass::Wrong => form(&[("deliberate", "yes"), ("passphrase", "not the passphrase")]),
        };
        let mut event = Sending { address: step.address, ..Sending::default() };
        match step.action {
            Action::Create(secret) => {
                let wish = &self.wishes[secret];
                let ttl = wish.ttl.to_string();
                let text = known[secret].text.clone().unwrap_or_default();
                let passphrase = passphrase(secret);
                let mut pairs = vec![("ttl", ttl.as_str())];
                if !wish.generated {
                    pairs.push(("secret", &text));
                }
                if wish.passphrase {
                    pairs.push(("passphrase", &passphrase));
                }
                if wish.mailed {
                    pairs.push(("recipient", "jo@example.org"));
                }
                event.method = "POST";
                event.path = (if wish.generated { "/api/v1/generate" } else { "/api/v1/share" }).into();
                event.body = form(&pairs);
                event.account = wish.account;
            }
            Action::Reveal(secret, passphrase, page) => {
                event.method = "POST";
                event.path = format!("/api/v1/secret/{}", link(secret)?);
                event.body = pass(secret, passphrase);
                event.page = page;
            }
            Action::Burn(secret, passphrase, page) => {
                event.method = "POST";
                event.path = format!("/api/v1/private/{}/burn", receipt(secret)?);
                event.body = pass(secret, passphrase);
                event.page = page;
            }
            Action::Look(secret, Look::Page) => event.path = format!("/private/{}", receipt(secret)?),
            Action::Look(secret, look) => {
                event.method = if look == Look::Head { "HEAD" } else { "GET" };
                event.path = format!("/api/v1/private/{}", receipt(secret)?);
            }
            Action::Open(secret) => event.path = format!("/secret/{}", link(secret)?),
            Action::Recent(account) => {
                event.path = "/api/v1/private/recent".into();
                event.account = Some(account);
            }
            Action::Hostile(kind) => hostile(kind, &mut event),
        }
        Some(event.event(&self.tokens))
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
                    let secret = receipt.and_then(|id| self.world.rows.secret(id.as_str()));
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

/// A request, as the gateway is given it.
struct Sending {
    method: &'static str,
    path: String,
    body: String,
    page: bool,
    account: Option<usize>,
    authorization: Option<String>,
    origin: Option<&'static str>,
    address: u64,
}

impl Default for Sending {
    fn default() -> Self {
        Self {
            method: "GET",
            path: String::new(),
            body: String::new(),
            page: false,
            account: None,
            authorization: None,
            origin: None,
            address: 0,
        }
    }
}

impl Sending {
    fn event(self, tokens: &[String]) -> Event {
        let basic = |account: usize| {
            format!("Basic {}", STANDARD.encode(format!("{}:{}", email(account), tokens[account])))
        };
        let authorization = self.account.map(basic).or(self.authorization);
        let mut headers = HashMap::from([("host".to_owned(), HOST.to_owned())]);
        headers.extend(authorization.map(|value| ("authorization".to_owned(), value)));
        headers.extend(self.origin.map(|value| ("origin".to_owned(), value.to_owned())));
        if self.method == "POST" {
            headers.insert("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        } else {
            headers.insert("accept".to_owned(), "text/html".to_owned());
        }
        Event {
            raw_path: self.path,
            raw_query_string: if self.page { "page=en" } else { "" }.to_owned(),
            headers: Some(headers),
            body: Some(self.body).filter(|body| !body.is_empty()),
            is_base64_encoded: false,
            request_context: RequestContext {
                domain_name: HOST.to_owned(),
                http: HttpContext {
                    method: self.method.to_owned(),
                    source_ip: format!("192.0.2.{}", self.address),
                },
            },
        }
    }
}

/// What nobody should send.
fn hostile(kind: u64, sending: &mut Sending) {
    let basic = |text: &str| Some(format!("Basic {}", STANDARD.encode(text)));
    match kind {
        0 => sending.path = "/private/recent/%00?<script>".into(),
        1 => sending.path = format!("/private/{}", "z".repeat(KEY_LENGTH)),
        2 => {
            sending.path = "/api/v1/private/recent".into();
            sending.authorization = basic(&format!("{}:{}", email(0), "0a".repeat(32)));
        }
        3 => {
            sending.method = "POST";
            sending.path = "/api/v1/share".into();
            sending.body = "secret=%zz&ttl=-1".into();
            sending.authorization = basic("nobody:");
        }
        4 => {
            sending.method = "POST";
            sending.path = "/api/v1/share".into();
            sending.body = "secret=x&recipient=jo@example.com".into();
            sending.origin = Some("https://evil.example");
        }
        _ => {
            sending.method = "POST";
            sending.path = format!("/api/v1/secret/{}", "0".repeat(KEY_LENGTH));
        }
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
