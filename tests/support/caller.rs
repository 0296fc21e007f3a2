//! Callers as values, and the answers that they receive.

use crate::openapi;
use readonce_http::gateway::reply::Reply;
use readonce_local::gateway;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::time::Duration;

/// Shorter than the listener's time-out, so that no request is sent on a connection
/// that is being closed.
const MAX_IDLE: Duration = Duration::from_secs(5);

/// A client of a service, with or without credentials.
#[derive(Clone)]
pub struct Caller {
    origin: String,
    basic: Option<Basic>,
    client: reqwest::Client,
}

/// HTTP Basic credentials.
#[derive(Clone)]
pub struct Basic {
    /// User name: the address of the account.
    pub user: String,
    /// Password: its API token.
    pub password: String,
}

/// An answer, read to its end.
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// All headers, in lower case.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

/// Names and values of a form.
pub type Form<'a> = [(&'a str, &'a str)];

impl Caller {
    /// A caller at the service with this origin.
    pub fn new(origin: impl Into<String>, basic: Option<Basic>) -> Self {
        // Callers of one test are separate clients, so there is no proxy and no shared
        // pool.
        let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(MAX_IDLE).build();
        let client = client.expect("a plain HTTP client");
        Self { origin: origin.into(), basic, client }
    }

    /// The same caller with other credentials.
    #[must_use]
    pub fn with_basic(&self, user: &str, password: &str) -> Self {
        let basic = Basic { user: user.to_owned(), password: password.to_owned() };
        Self { basic: Some(basic), ..self.clone() }
    }

    /// The token of its credentials.
    pub fn token(&self) -> &str {
        self.basic.as_ref().map_or("", |basic| &basic.password)
    }

    /// A request with any method and path; credentials are included.
    pub fn request(&self, method: &str, path_and_query: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("the test names a method");
        let request = self.client.request(method, format!("{}{path_and_query}", self.origin));
        match &self.basic {
            None => request,
            Some(basic) => request.basic_auth(&basic.user, Some(&basic.password)),
        }
    }

    /// POSTs a form.
    pub async fn post(&self, path: &str, form: &Form<'_>) -> Answer {
        let body = encoded(form);
        let request = self.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
        Answer::to(request.body(body)).await
    }

    /// GETs a path.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request("GET", path)).await
    }

    /// Shares a text with these parameters.
    pub async fn share(&self, form: &Form<'_>) -> Answer {
        self.post("/api/v1/share", form).await
    }

    /// Shares a text and returns its secret key.
    pub async fn shared(&self, form: &Form<'_>) -> String {
        let answer = self.share(form).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.text("secret_key")
    }

    /// Generates a value with these parameters.
    pub async fn generate(&self, form: &Form<'_>) -> Answer {
        self.post("/api/v1/generate", form).await
    }

    /// Reveals a secret with these parameters.
    pub async fn reveal(&self, key: &str, form: &Form<'_>) -> Answer {
        self.post(&format!("/api/v1/secret/{key}"), form).await
    }

    /// The text of a secret, or the message of the refusal.
    pub async fn revealed(&self, key: &str) -> Result<String, String> {
        let answer = self.reveal(key, &[]).await;
        if answer.status == 200 { Ok(answer.text("value")) } else { Err(answer.message()) }
    }
}

impl Answer {
    /// Sends a request and reads the whole answer.
    pub async fn to(request: reqwest::RequestBuilder) -> Self {
        Self::try_to(request).await.expect("the server answers")
    }

    /// Sends a request and reads the whole answer; `None` if no server answers.
    pub async fn try_to(request: reqwest::RequestBuilder) -> Option<Self> {
        let (client, request) = request.build_split();
        let request = request.expect("the test makes a request");
        let (method, url) = (request.method().to_string(), request.url().clone());
        let response = client.execute(request).await.ok()?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.text().await.ok()?;
        let answer = Self { status, headers, body };
        openapi::assert_described(&method, &url, &answer);
        Some(answer)
    }

    /// The answer of a function that was called without a listener.
    pub fn of_reply(method: &str, path_and_query: &str, reply: &Reply) -> Self {
        let response = gateway::response(reply);
        let body = String::from_utf8(reply.bytes().to_vec()).expect("nobody asked for a compressed answer");
        let answer = Self { status: response.status().as_u16(), headers: response.headers().clone(), body };
        let url = format!("https://eu.readonce.example{path_and_query}");
        openapi::assert_described(method, &url.parse().expect("the test names a path"), &answer);
        answer
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// A string member of the JSON body.
    pub fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }

    /// The message in a refusal's body.
    pub fn message(&self) -> String {
        self.text("message")
    }

    /// The value of a header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Status and message together, for comparing refusals.
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.message())
    }
}

/// A form, encoded as browsers do.
pub fn encoded(form: &Form<'_>) -> String {
    let pairs = form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
