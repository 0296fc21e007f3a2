//! A fake AWS at the HTTP level, for unit tests: a function answers, and the calls are
//! recorded. Tests that need a whole AWS are in `tests/api`.

use crate::aws::config::AwsConfig;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, Mutex};

/// Answers every call with the function's result for its body.
#[derive(Clone)]
pub(crate) struct FakeAws {
    answer: Arc<dyn Fn(&Value) -> Value + Send + Sync>,
    calls: Arc<Mutex<Vec<Value>>>,
}

impl FakeAws {
    pub(crate) fn new(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Self {
        Self { answer: Arc::new(answer), calls: Arc::default() }
    }

    /// Returns the bodies of the calls so far and forgets them.
    pub(crate) fn take_calls(&self) -> Vec<Value> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    pub(crate) fn config(&self) -> AwsConfig {
        let connector = SharedHttpConnector::new(self.clone());
        AwsConfig::with_http_client(http_client_fn(move |_, _| connector.clone()))
    }
}

impl fmt::Debug for FakeAws {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FakeAws(..)")
    }
}

impl HttpConnector for FakeAws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().expect("a request's body is in memory");
        let body = serde_json::from_slice(body).expect("a request's body is JSON");
        let answer = (self.answer)(&body);
        self.calls.lock().unwrap().push(body);
        let answer = SdkBody::from(answer.to_string());
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().expect("a status"), answer)))
    }
}
