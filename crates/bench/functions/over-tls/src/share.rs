//! The function `share`, but that it trusts the machine's roots. The one that is
//! deployed trusts Amazon's alone, and has no code for any others.

use readonce_core::aws::roots::TrustedRoots;
use readonce_http::api::share::ShareFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run_trusting(TrustedRoots::System, ShareFunction::new).await
}
