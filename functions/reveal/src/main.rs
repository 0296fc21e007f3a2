//! The Lambda function `reveal`; see `readonce_http::reveal`.

use readonce_http::lambda;
use readonce_http::reveal::RevealFunction;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(RevealFunction::new).await
}
