//! The Lambda function `status`; see `readonce_http::api::status`.

use readonce_http::api::status::StatusFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(StatusFunction::new).await
}
