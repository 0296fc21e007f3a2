//! The Lambda function `share`; see `readonce_http::api::share`.

use readonce_http::api::share::ShareFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(ShareFunction::new).await
}
