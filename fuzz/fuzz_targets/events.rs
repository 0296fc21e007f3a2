//! API Gateway's events, in JSON, through routing, decoding and the functions.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use readonce_fuzz::answers::assert_documented;
use readonce_fuzz::fixture::{self, NOW, TEXT, TOKEN};
use readonce_fuzz::service::Service;
use readonce_http::gateway::event::Event;
use std::sync::LazyLock;

static SERVICE: LazyLock<Service> = LazyLock::new(Service::default);

fuzz_target!(|data: &[u8]| -> Corpus {
    if fixture::is_given_away(&String::from_utf8_lossy(data)) {
        return Corpus::Reject;
    }
    let Ok(event) = serde_json::from_slice::<Event>(data) else { return Corpus::Reject };
    let (method, path) = (event.request_context.http.method.clone(), event.raw_path.clone());
    let (reply, calls) = SERVICE.answer(event, NOW, []);
    assert_documented(&method, &path, &reply);
    assert!(!reply.body.contains(TOKEN), "the token is in an answer");
    if reply.body.contains(TEXT) {
        assert_eq!((method.as_str(), reply.status), ("POST", 200), "a text is revealed by POST alone");
        let is_its_link = |name: &&str| path.contains(fixture::secret_key(name).expose());
        assert!([fixture::OPEN, fixture::LOCKED].iter().any(is_its_link), "by its link alone: {path}");
    }
    // Neither opening a page nor reading anything else writes more than that a
    // receipt was looked at, or that an end has come, or how often it was done.
    if matches!(method.as_str(), "GET" | "HEAD") {
        for call in calls {
            assert!(call.operation != "PutItem" && call.operation != "SendEmail", "{}", call.operation);
        }
    }
    Corpus::Keep
});
