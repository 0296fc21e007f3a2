//! The AWS clients: time-outs, retries, trusted roots, and errors as texts.

#[cfg(test)]
pub(crate) mod fake;
mod http_client;

use crate::aws::http_client::http_client;
use crate::error::{Error, Source};
use crate::settings;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::operation::RequestId;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use std::error::Error as StdError;
use std::time::Duration;

/// Amazon's five roots, which every AWS endpoint's certificate leads to
/// (<https://www.amazontrust.com/repository/>); the system's some 140 would take 5 ms at
/// every start of a function. In DER, for reading PEM takes more than all that follows.
const AMAZON_ROOTS: [&[u8]; 5] = [
    include_bytes!("../../amazon-roots/amazon-root-ca-1.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-2.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-3.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-4.der"),
    include_bytes!("../../amazon-roots/starfield-services-root-ca-g2.der"),
];

/// One configuration for each service we speak to; on AWS all the same.
#[derive(Clone, Debug)]
pub struct AwsConfig {
    /// DynamoDB's.
    pub dynamodb: SdkConfig,
    /// KMS's.
    pub kms: SdkConfig,
    /// SES's.
    pub ses: SdkConfig,
}

/// Whose certificates are taken.
#[derive(Clone, Copy, Debug)]
pub enum TrustedRoots {
    /// AWS's alone.
    Amazon,
    /// The machine's, for an emulator behind TLS.
    System,
}

impl AwsConfig {
    /// The ambient configuration: region, credentials and endpoints from
    /// wherever every AWS tool reads them. `mail_region` is SES's, if it is not
    /// the stack's own.
    pub async fn from_environment(mail_region: Option<String>) -> Self {
        let client = http_client(TrustedRoots::System.certificates());
        let config = aws_config::defaults(BehaviorVersion::latest()).http_client(client).load().await;
        let mut ses = config.to_builder();
        if let Some(region) = mail_region {
            ses.set_region(Region::new(region));
        }
        Self { dynamodb: config.clone(), kms: config.clone(), ses: ses.build() }
    }

    /// What Lambda gives a function: region and credentials in variables
    /// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>).
    /// Of all else that AWS tools look at, the variables for endpoints alone; so
    /// functions hold no code for profiles, metadata services and STS, and do
    /// not look for any of them at their start.
    pub fn from_lambda(roots: TrustedRoots, mail_region: Option<String>) -> Self {
        let client = http_client(roots.certificates());
        let region = settings::variable("AWS_REGION");
        let config = |service: &str, region: Option<String>| {
            let endpoint = settings::variable(&format!("AWS_ENDPOINT_URL_{service}"));
            let mut config = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .credentials_provider(SharedCredentialsProvider::new(
                    EnvironmentVariableCredentialsProvider::new(),
                ))
                .http_client(client.clone());
            config.set_region(region.map(Region::new));
            config.set_endpoint_url(endpoint.or_else(|| settings::variable("AWS_ENDPOINT_URL")));
            config.build()
        };
        Self {
            dynamodb: config("DYNAMODB", region.clone()),
            kms: config("KMS", region.clone()),
            ses: config("SESV2", mail_region.or(region)),
        }
    }

    /// A DynamoDB client: 1 s an attempt, 6 s in all.
    pub fn dynamodb_client(&self) -> aws_sdk_dynamodb::Client {
        let builder = aws_sdk_dynamodb::config::Builder::from(&self.dynamodb);
        let config = builder.retry_config(retries()).timeout_config(timeouts(1_000, 6_000));
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    /// A KMS client: 1.5 s an attempt, 4 s in all.
    pub fn kms_client(&self) -> aws_sdk_kms::Client {
        let builder = aws_sdk_kms::config::Builder::from(&self.kms);
        let config = builder.retry_config(retries()).timeout_config(timeouts(1_500, 4_000));
        aws_sdk_kms::Client::from_conf(config.build())
    }

    /// An SES client: 4 s an attempt, 10 s in all.
    pub fn ses_client(&self) -> aws_sdk_sesv2::Client {
        let builder = aws_sdk_sesv2::config::Builder::from(&self.ses);
        let config = builder.retry_config(retries()).timeout_config(timeouts(4_000, 10_000));
        aws_sdk_sesv2::Client::from_conf(config.build())
    }
}

impl TrustedRoots {
    pub(crate) fn certificates(self) -> RootCertStore {
        let mut store = RootCertStore::empty();
        match self {
            Self::Amazon => {
                for root in AMAZON_ROOTS {
                    store.add(CertificateDer::from(root)).expect("the committed roots are certificates");
                }
            }
            Self::System => {
                let system = rustls_native_certs::load_native_certs();
                for error in system.errors {
                    tracing::warn!(%error, "some of the system's root certificates cannot be read");
                }
                store.add_parsable_certificates(system.certs);
                if store.is_empty() {
                    tracing::warn!(
                        "the system has no root certificates, so no TLS connection will be trusted"
                    );
                }
            }
        }
        store
    }
}

fn timeouts(attempt_milliseconds: u64, total_milliseconds: u64) -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_millis(attempt_milliseconds))
        .operation_timeout(Duration::from_millis(total_milliseconds))
        .build()
}

fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(5)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_secs(1))
}

/// Did AWS refuse this attempt, so that it was not carried out and asking again
/// is no use? Not so after a time-out, a cut connection, an error of AWS's own
/// (5xx) or any of the many ways to say "later".
pub(crate) fn is_refusal<E: ProvideErrorMetadata>(error: &E) -> bool {
    const REFUSALS: &[&str] = &[
        "AccessDeniedException",
        "ResourceNotFoundException",
        "ValidationException",
        // SES's own.
        "AccountSuspendedException",
        "BadRequestException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
    ];
    error.code().is_some_and(|code| REFUSALS.contains(&code))
}

/// An AWS call that failed for good, as the caller's [`Error::Unavailable`].
pub(crate) fn unavailable<E>(operation: &str, error: &E) -> Error
where
    E: StdError + ProvideErrorMetadata + RequestId,
{
    Error::Unavailable(describe(operation, error))
}

/// Operation, error code and request id, or the chain of causes where AWS gave
/// no code.
///
/// Not AWS's message, in which SES names the recipient: without a code, that is
/// the last of the causes. And never the debug output: that has the whole answer
/// in it, and the answer of KMS may hold a data key.
pub(crate) fn describe<E>(operation: &str, error: &E) -> Source
where
    E: StdError + ProvideErrorMetadata + RequestId,
{
    let mut text = format!("{operation}: {error}");
    if let Some(code) = error.code() {
        text = format!("{text}: {code}, request {}", error.request_id().unwrap_or("unknown"));
    } else {
        let mut cause = error.source();
        while let Some(error) = cause.filter(|cause| !cause.is::<ErrorMetadata>()) {
            text = format!("{text}: {error}");
            cause = error.source();
        }
    }
    Source::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_sesv2::operation::send_email::SendEmailError;

    #[test]
    fn what_ses_says_of_a_recipient_does_not_get_into_an_error() {
        let error = SendEmailError::generic(metadata().code("MessageRejected").build());
        let text = unavailable("SES SendEmail", &error).with_causes();
        assert!(text.contains("SES SendEmail") && text.contains("MessageRejected"), "{text}");
        assert!(!text.contains("jo@"), "{text}");
    }

    #[test]
    fn nor_does_it_where_ses_gives_no_code() {
        // As the SDK reads such an answer.
        let error = SendEmailError::unhandled(metadata().build());
        let text = unavailable("SES SendEmail", &error).with_causes();
        assert!(text.contains("SES SendEmail") && !text.contains("jo@"), "{text}");
    }

    fn metadata() -> aws_smithy_types::error::metadata::Builder {
        ErrorMetadata::builder().message("Email address is not verified: jo@example.com")
    }
}
