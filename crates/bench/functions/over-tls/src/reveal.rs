//! The function `reveal` with the machine's root certificates. The deployed one trusts
//! only Amazon's, and contains no code for others.

use readonce_core::aws::roots::TrustedRoots;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run_trusting(TrustedRoots::System, RevealFunction::new).await
}
