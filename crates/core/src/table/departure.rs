//! The latest time at which a request may be sent.

use crate::deadline::Deadline;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops an attempt that would be sent too late, and records whether it was sent.
///
/// The SDK calls it when it signs the request, immediately before it sends it. Earlier
/// steps, such as waiting for credentials, may have taken long.
#[derive(Clone, Debug)]
pub(crate) struct Departure {
    until: Deadline,
    has_left: Arc<AtomicBool>,
}

impl Departure {
    /// Allows sending before `until`.
    pub(crate) fn until(until: Deadline) -> Self {
        Self { until, has_left: Arc::default() }
    }

    /// Whether the request was sent, as far as we know.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Relaxed)
    }

    /// Whether sending was refused; the request then stays unsent.
    pub(crate) fn is_too_late(&self) -> bool {
        !self.has_left() && self.until.has_passed()
    }
}

#[dyn_dispatch_hint]
impl Intercept for Departure {
    fn name(&self) -> &'static str {
        "Departure"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.until.has_passed() {
            return Err("too little time is left to hear the answer".into());
        }
        self.has_left.store(true, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::aws::fake::FakeAws;
    use crate::call::Call;
    use crate::error::Error;
    use crate::secret::claim::row::{CLAIM_RESERVE, OpenSecret};
    use crate::secret::claim::sealed::Sealed;
    use crate::secret::key::{ClaimId, MetadataKey};
    use crate::table::Table;
    use crate::time::UnixTime;
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::future::ProvideCredentials as Provided;
    use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
    use serde_json::json;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    const NOW: UnixTime = UnixTime::from_seconds(1_000);

    /// Credentials that arrive slowly; the first ones take longer than an attempt's
    /// time-out.
    #[derive(Debug, Default)]
    struct SlowCredentials {
        were_asked_for: AtomicBool,
    }

    impl ProvideCredentials for SlowCredentials {
        fn provide_credentials<'a>(&'a self) -> Provided<'a>
        where
            Self: 'a,
        {
            Provided::new(async {
                if !self.were_asked_for.swap(true, Ordering::Relaxed) {
                    tokio::time::sleep(Duration::from_secs(2)).await;
                }
                Ok(Credentials::new("test", "test", None, None, "test"))
            })
        }
    }

    fn secret() -> OpenSecret {
        OpenSecret {
            id: MetadataKey::random().secret_key().secret_id(),
            ends: NOW.plus(60),
            receipt_ends: NOW.plus(120),
            share_domain: None,
            verifier: None,
            sealed: Sealed {
                version: 1,
                salt: [0; 16],
                nonce: [0; 12],
                ciphertext: Vec::new(),
                wrapped_data_key: Vec::new(),
            },
        }
    }

    /// Whether a claim wins that has `time` left, and the number of times it is sent.
    async fn claimed(time: Duration, credentials_are_slow: bool) -> (bool, usize) {
        let aws = FakeAws::new(|_| json!({}));
        let mut config = aws.config();
        if credentials_are_slow {
            let slow = SharedCredentialsProvider::new(SlowCredentials::default());
            config.dynamodb = config.dynamodb.to_builder().credentials_provider(slow).build();
        }
        let table = Table::new(config.dynamodb_client(), "secrets");
        let outcome = table.claim(&secret(), &ClaimId::random(), Call::new(NOW, time)).await;
        assert!(matches!(outcome, Ok(Some(_)) | Err(Error::Unavailable(_))));
        (outcome.is_ok(), aws.take_calls().len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_claim_is_not_sent_without_its_reserve() {
        let moment = Duration::from_millis(1);
        assert_eq!(claimed(CLAIM_RESERVE, false).await, (false, 0));
        assert_eq!(claimed(CLAIM_RESERVE + moment, false).await, (true, 1));
    }

    /// The SDK waits for credentials after an attempt has started and before it is
    /// sent.
    #[tokio::test(start_paused = true)]
    async fn a_claim_that_waited_for_credentials_is_not_sent_without_its_reserve() {
        let second = Duration::from_secs(1);
        assert_eq!(claimed(CLAIM_RESERVE + second / 2, true).await, (false, 0));
        assert_eq!(claimed(CLAIM_RESERVE + 2 * second, true).await, (true, 1));
    }
}
