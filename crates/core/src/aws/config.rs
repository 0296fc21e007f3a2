//! The configuration of the AWS clients.

use crate::aws::http_client::http_client;
use crate::aws::roots::TrustedRoots;
use crate::environment;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use std::time::Duration;

/// The region of an AWS in this process.
pub const EMBEDDED_REGION: &str = "us-east-1";

/// One SDK configuration per service. On AWS they differ only in SES's region.
#[derive(Clone, Debug)]
pub struct AwsConfig {
    /// Configuration of the DynamoDB client.
    pub dynamodb: SdkConfig,
    /// Configuration of the KMS client.
    pub kms: SdkConfig,
    /// Configuration of the SES client.
    pub ses: SdkConfig,
}

impl AwsConfig {
    /// The ambient configuration: region, credentials and endpoints from the sources
    /// that all AWS tools read. `mail_region` overrides SES's region.
    pub async fn from_environment(mail_region: Option<String>) -> Self {
        let client = http_client(TrustedRoots::System.certificates());
        let config = aws_config::defaults(BehaviorVersion::latest()).http_client(client).load().await;
        let mut ses = config.to_builder();
        if let Some(region) = mail_region {
            ses.set_region(Region::new(region));
        }
        Self { dynamodb: config.clone(), kms: config.clone(), ses: ses.build() }
    }

    /// The configuration of a Lambda function: region and credentials from its
    /// variables
    /// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>). Of
    /// the other sources, it reads only the variables for endpoints. So functions
    /// contain no code for profiles, metadata services and STS, and do not query them
    /// when they start.
    pub fn from_lambda(roots: TrustedRoots, mail_region: Option<String>) -> Self {
        let client = http_client(roots.certificates());
        let region = environment::variable("AWS_REGION");
        let config = |service: &str, region: Option<String>| {
            let endpoint = environment::variable(&format!("AWS_ENDPOINT_URL_{service}"));
            let mut config = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .credentials_provider(SharedCredentialsProvider::new(
                    EnvironmentVariableCredentialsProvider::new(),
                ))
                .http_client(client.clone());
            config.set_region(region.map(Region::new));
            config.set_endpoint_url(endpoint.or_else(|| environment::variable("AWS_ENDPOINT_URL")));
            config.build()
        };
        Self {
            dynamodb: config("DYNAMODB", region.clone()),
            kms: config("KMS", region.clone()),
            ses: config("SESV2", mail_region.or(region)),
        }
    }

    /// A configuration whose clients send every request through `client`, to an AWS in
    /// this process: the embedded one, or a test's. It takes any credentials.
    pub fn with_http_client(client: impl HttpClient + 'static) -> Self {
        let credentials = Credentials::new("embedded", "embedded", None, None, "embedded");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(EMBEDDED_REGION))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(client)
            .build();
        Self { dynamodb: config.clone(), kms: config.clone(), ses: config }
    }

    /// A DynamoDB client: 1 s per attempt, 6 s in total.
    pub fn dynamodb_client(&self) -> aws_sdk_dynamodb::Client {
        let builder = aws_sdk_dynamodb::config::Builder::from(&self.dynamodb);
        let config = builder.retry_config(retries()).timeout_config(timeouts(1_000, 6_000));
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    /// A KMS client: 1.5 s per attempt, 4 s in total.
    pub fn kms_client(&self) -> aws_sdk_kms::Client {
        let builder = aws_sdk_kms::config::Builder::from(&self.kms);
        let config = builder.retry_config(retries()).timeout_config(timeouts(1_500, 4_000));
        aws_sdk_kms::Client::from_conf(config.build())
    }

    /// An SES client: 4 s per attempt, 10 s in total.
    pub fn ses_client(&self) -> aws_sdk_sesv2::Client {
        let builder = aws_sdk_sesv2::config::Builder::from(&self.ses);
        let config = builder.retry_config(retries()).timeout_config(timeouts(4_000, 10_000));
        aws_sdk_sesv2::Client::from_conf(config.build())
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
