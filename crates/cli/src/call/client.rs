//! Calls to a v1 server.

use crate::call::refusal::Refused;
use crate::call::wire::{MALFORMED, Receipt};
use crate::call::{Call, Repeat};
use crate::failure::{Failure, Kind, Result, Said};
use crate::server::Server;
use crate::server::link::PlainHttp;
use crate::terminal::console::{Colours, Console, escaped_length, steers};
use crate::terminal::signals;
use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response};
use serde::de::DeserializeOwned;
use std::error::Error as _;
use std::time::{Duration, Instant};
use zeroize::{Zeroize as _, Zeroizing};

/// A connection that takes longer is not worth waiting for.
const MAX_CONNECT: Duration = Duration::from_secs(10);
/// Pauses before another try.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(1)];
/// A call that takes longer is worth a word.
const SILENCE: Duration = Duration::from_secs(1);
/// More than any answer has.
const MAX_ANSWER_BYTES: usize = 50_000_000;

/// A success.
pub(crate) struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Zeroizing<Vec<u8>>,
    server: String,
    repeat: Repeat,
}

impl Answer {
    /// As what the API says it is.
    ///
    /// # Errors
    /// [`Kind::Server`] if it is something else.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // Serde's own error may repeat what it found.
            let is_malformed = error.to_string().starts_with(MALFORMED);
            self.is_not_the_apis(if is_malformed { MALFORMED } else { "another answer than expected" })
        })
    }

    /// As [`Answer::json`], with the links of the receipts in it held against
    /// what may be spoken to in clear.
    ///
    /// # Errors
    /// [`Kind::Server`].
    pub(crate) fn json_of<'a>(
        &self,
        receipts: impl IntoIterator<Item = &'a Receipt>,
        clear: PlainHttp,
    ) -> Result<Zeroizing<String>> {
        let mut receipts = receipts.into_iter();
        let refused = receipts.try_for_each(|receipt| receipt.refuse_clear_links(clear));
        refused.map_err(|problem| self.has_a_link_in_clear(&problem))?;
        self.json()
    }

    /// A failure for a link that would be opened in clear.
    pub(crate) fn has_a_link_in_clear(&self, problem: &str) -> Failure {
        let message = format!("{} answers with a link that is not used: {problem}", self.server);
        self.repeat.left_open(Failure::new(Kind::Server, message))
    }

    /// As JSON in one line that does not steer a terminal.
    ///
    /// # Errors
    /// [`Kind::Server`] if it is no JSON.
    pub(crate) fn json(&self) -> Result<Zeroizing<String>> {
        self.read::<serde::de::IgnoredAny>()?;
        let text = std::str::from_utf8(&self.body).map_err(|_| self.is_not_the_apis("no text"))?;
        let mut line = Zeroizing::new(String::with_capacity(escaped_length(text) + 1));
        for character in text.trim().chars() {
            match character {
                // Within JSON's strings these are always escaped.
                '\n' | '\r' | '\t' => {}
                // These need not be, and can be within strings only.
                other if steers(other) => line.extend(format!("\\u{:04x}", u32::from(other)).chars()),
                other => line.push(other),
            }
        }
        line.push('\n');
        Ok(line)
    }

    /// A failure for an answer that is not what the API says; whoever has sent
    /// it, the call may have been carried out.
    pub(crate) fn is_not_the_apis(&self, what: &str) -> Failure {
        self.repeat.left_open(self.refused().no_v1_server(what))
    }

    fn refused(&self) -> Refused<'_> {
        let header = |name| self.headers.get(name).and_then(|value| value.to_str().ok());
        Refused {
            status: self.status,
            retry_after: header(RETRY_AFTER),
            location: header(LOCATION),
            body: &self.body,
            server: &self.server,
        }
    }
}

/// A client of one server.
pub(crate) struct Client<'a> {
    server: &'a Server,
    console: &'a Console,
    http: reqwest::Client,
    timeout: Duration,
}

impl<'a> Client<'a> {
    /// A client that gives up on a call after `timeout_seconds`.
    ///
    /// # Errors
    /// [`Kind::Server`] if this system has no certificates to trust.
    pub(crate) fn new(server: &'a Server, console: &'a Console, timeout_seconds: u64) -> Result<Self> {
        let timeout = Duration::from_secs(timeout_seconds);
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("readonce/", env!("CARGO_PKG_VERSION")))
            // Shorter than the whole, so that it is known which of the two has
            // passed: without a connection nothing was sent.
            .connect_timeout(MAX_CONNECT.min(timeout.mul_f32(0.9)))
            // A redirect must not carry a secret elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            // What may be repeated is decided here, and no connection is reused
            // after it may have broken.
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0);
        if server.base.is_this_machine() {
            // Certificates are the system's, except that localhost over plain
            // HTTP needs none; nor does it need a proxy, which would read along.
            builder = builder.no_proxy();
            if server.base.to_string().starts_with("http://") {
                builder = builder.tls_certs_only([]);
            }
        }
        let http = builder.build().map_err(|error| {
            Failure::new(Kind::Server, format!("TLS cannot be set up: {}", causes(&error)))
                .advise("Are the system's root certificates installed (package ca-certificates)?")
        })?;
        Ok(Self { server, console, http, timeout })
    }

    /// Makes a call, again where that is safe.
    ///
    /// # Errors
    /// As the exit codes say.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Answer> {
        let repeat = call.repeat;
        if let Repeat::UntilConnected(if_lost) = repeat {
            signals::remember_call(Some(if_lost));
        }
        let outcome = self.repeated(call, repeat).await;
        signals::remember_call(None);
        outcome
    }

    async fn repeated(&self, call: Call<'_>, repeat: Repeat) -> Result<Answer> {
        let body = (call.method == Method::POST)
            .then(|| Bytes::from_owner(Zeroizing::new(call.form.0.as_bytes().to_vec())));
        let mut pauses = PAUSES.iter();
        // One deadline for all tries together.
        let end = Instant::now() + self.timeout;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let outcome = self.with_a_word(self.attempt(&call, body.clone(), left)).await;
            let may_repeat = match (&outcome, repeat) {
                (Ok(answer), Repeat::Freely) => matches!(answer.status, 502..=504),
                (Ok(_), Repeat::UntilConnected(_)) => false,
                (Err(_), Repeat::Freely) => true,
                (Err(error), Repeat::UntilConnected(_)) => error.is_connect(),
            };
            match pauses.next() {
                Some(pause)
                    if may_repeat
                        && Instant::now() + *pause < end
                        && !outcome.as_ref().is_err_and(is_certificate) =>
                {
                    tokio::time::sleep(*pause).await;
                }
                _ => return self.settled(outcome, repeat),
            }
        }
    }

    fn settled(&self, outcome: reqwest::Result<Answer>, repeat: Repeat) -> Result<Answer> {
        match outcome {
            Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
            Ok(answer) => {
                let failure = answer.refused().failure();
                // Somebody on the way may have answered in the server's place, and
                // the server itself may not know what has become of it.
                let is_open = answer.status >= 500 && failure.said != Some(Said::NotKept);
                Err(if is_open { repeat.left_open(failure) } else { failure })
            }
            Err(error) => Err(self.unanswered(&error, repeat)),
        }
    }

    fn unanswered(&self, error: &reqwest::Error, repeat: Repeat) -> Failure {
        let base = &self.server.base;
        if is_certificate(error) {
            let message = format!("{base} cannot be trusted: {}", causes(error));
            return Failure::new(Kind::Server, message).advise("Nothing was sent to it.");
        }
        if error.is_connect() && is_plain_http(error) {
            let message = format!("{base} does not speak TLS there; is it http://?");
            return Failure::new(Kind::Server, message).advise("Nothing was sent.");
        }
        if error.is_connect() {
            let message = format!("{base} cannot be reached: {}", causes(error));
            return Failure::new(Kind::Server, message)
                .advise("Nothing was sent. Check the server's URL and your network.");
        }
        let what = if error.is_timeout() { "the time is up".to_owned() } else { causes(error) };
        let failure = Failure::new(Kind::Server, format!("{base} has not answered: {what}"));
        match repeat {
            Repeat::Freely => failure.advise("Try again later; --timeout waits longer."),
            Repeat::UntilConnected(if_lost) => failure.advise(if_lost),
        }
    }

    async fn attempt(&self, call: &Call<'_>, body: Option<Bytes>, left: Duration) -> reqwest::Result<Answer> {
        let url = self.server.base.endpoint(call.path);
        let mut request = self.http.request(call.method.clone(), url).timeout(left);
        if let Some(credentials) = &self.server.credentials {
            request = request.basic_auth(&credentials.user, Some(&*credentials.token));
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        }
        // The error would name the URL, and with it a key.
        let response = request.send().await.map_err(reqwest::Error::without_url)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = whole_body(response).await.map_err(reqwest::Error::without_url)?;
        let server = self.server.base.to_string();
        Ok(Answer { status, headers, body, server, repeat: call.repeat })
    }

    /// Says on a terminal that there is a wait, and takes it back afterwards.
    async fn with_a_word<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        if let Ok(done) = tokio::time::timeout(SILENCE, &mut work).await {
            return done;
        }
        if !self.console.stderr_is_terminal {
            return work.await;
        }
        self.console.tell(&format!("Waiting for {} …", self.server.base));
        let done = work.await;
        // Where the line cannot be taken back, what follows begins a new one.
        self.console.tell(if self.console.colours == Colours::On { "\r\x1b[K" } else { "\n" });
        done
    }
}

/// The body, in one buffer that is wiped.
async fn whole_body(mut response: Response) -> reqwest::Result<Zeroizing<Vec<u8>>> {
    let expected = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut body = Zeroizing::new(Vec::with_capacity(expected.min(MAX_ANSWER_BYTES)));
    while let Some(chunk) = response.chunk().await? {
        let length = body.len() + chunk.len();
        if length > MAX_ANSWER_BYTES {
            break;
        }
        if length > body.capacity() {
            // A buffer that grows by itself leaves copies behind.
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * length));
            larger.extend_from_slice(&body);
            body = larger;
        }
        body.extend_from_slice(&chunk);
        if let Ok(mut own) = chunk.try_into_mut() {
            own.zeroize();
        }
    }
    Ok(body)
}

/// The server's certificate is the reason.
fn is_certificate(error: &reqwest::Error) -> bool {
    error.is_connect() && causes(error).to_lowercase().contains("certificate")
}

/// The server has answered TLS's first words with something else, as plain HTTP does.
fn is_plain_http(error: &reqwest::Error) -> bool {
    causes(error).contains("InvalidContentType")
}

/// The innermost reason, which says most.
fn causes(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = match error.source() {
        Some(source) => source,
        None => return error.to_string(),
    };
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
