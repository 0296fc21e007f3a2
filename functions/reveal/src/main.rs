//! The Lambda function `reveal`; see `readonce_http::api::reveal`.

use readonce_http::api::reveal::RevealFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(RevealFunction::new).await
}
