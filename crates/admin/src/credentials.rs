//! Missing AWS credentials, explained: the SDK's own error is a chain of providers
//! that have found none.

const MISSING: &str =
    "there are no AWS credentials for this command; 'aws sts get-caller-identity' must succeed first";

/// The SDK's words where no source has credentials, and where one failed (on a laptop,
/// the metadata service that only EC2 has).
const CAUSES: [&str; 2] =
    ["the credential provider was not enabled", "an error occurred while loading credentials"];

/// Replaces an error whose causes say that there are no credentials.
pub(crate) fn explained(error: String) -> String {
    if CAUSES.iter().any(|cause| error.contains(cause)) { MISSING.to_owned() } else { error }
}
