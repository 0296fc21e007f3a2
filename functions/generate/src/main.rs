//! The Lambda function `generate`; see `readonce_http::generate`.

use readonce_http::generate::GenerateFunction;
use readonce_http::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(GenerateFunction::new).await
}
