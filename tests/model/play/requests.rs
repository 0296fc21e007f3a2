//! What the actors ask for.

use super::{GUESSES_BEFORE, Play, TOM};
use crate::world::Actor;
use readonce_core::secret::key::MetadataKey;
use readonce_core::time::UnixTime;
use readonce_tests::Answer;
use readonce_tests::planted::plant_for;
use readonce_tests::stage::{Request, Stage};

/// A request whose calls do not wait.
async fn ask(stage: &Stage, request: Request, now: UnixTime) -> Answer {
    Box::pin(stage.service().answer(&request, now)).await
}

impl Play {
    /// Creates the secret that is there from the beginning.
    pub(super) async fn create_before(&mut self) {
        if !self.scenario.passphrase {
            let shared = ask(&self.stage, self.share(&[]), self.start).await;
            self.keys = MetadataKey::parse(&shared.text("metadata_key"));
            return;
        }
        let receipt = plant_for(&self.stage, "text", "right", self.start, self.ttl_seconds()).await;
        for _ in 0..GUESSES_BEFORE {
            let path = format!("/api/v1/secret/{}", receipt.secret_key.expose());
            let guess = Request::post(path, &[("passphrase", "wrong")]);
            assert_eq!(ask(&self.stage, guess, self.start).await.status, 404);
        }
        self.keys = Some(receipt.metadata_key);
    }

    fn ttl_seconds(&self) -> i64 {
        i64::from(self.scenario.lifetime) * self.tick
    }

    fn tom(&self, request: Request) -> Request {
        request.signed_in(TOM, self.token.expose())
    }

    fn share(&self, more: &[(&'static str, &str)]) -> Request {
        let ttl = self.ttl_seconds().to_string();
        self.tom(Request::post("/api/v1/share", &[&[("secret", "text"), ("ttl", &ttl)], more].concat()))
    }

    /// Finds the keys of a creation that is not answered yet: in the creator's list.
    pub(super) async fn find_keys(&mut self, clock: i8) {
        for tick in [0, clock] {
            let list = self.tom(Request::get("/api/v1/private/recent"));
            let listed = ask(&self.stage, list, self.at(tick)).await.json();
            if let Some(key) = listed[0]["metadata_key"].as_str() {
                self.keys = MetadataKey::parse(key);
                return;
            }
        }
    }

    /// What a process asks for.
    pub(super) fn request(&self, at: usize) -> Request {
        match self.scenario.actors[at] {
            Actor::Create => return self.share(&[]),
            Actor::CreateWithMail => return self.share(&[("recipient", "jo@example.com")]),
            _ => {}
        }
        let passphrase = [("passphrase", self.passphrases.get(&at).copied().unwrap_or("right"))];
        let form = if self.scenario.passphrase { passphrase.as_slice() } else { &[] };
        let keys = self.keys.as_ref().expect("somebody knows the link");
        let private = format!("private/{}", keys.expose());
        match self.scenario.actors[at] {
            Actor::Receipt => Request::get(format!("/api/v1/{private}")),
            Actor::Page => Request::get(format!("/{private}")),
            Actor::Burn => Request::post(format!("/api/v1/{private}/burn"), form),
            _ => Request::post(format!("/api/v1/secret/{}", keys.secret_key().expose()), form),
        }
    }
}
