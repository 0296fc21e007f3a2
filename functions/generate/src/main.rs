//! The Lambda function `generate`; see `readonce_http::api::generate`.

use readonce_http::api::generate::GenerateFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(GenerateFunction::new).await
}
