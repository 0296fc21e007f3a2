//! The Lambda function `status`; see `readonce_http::status`.

use readonce_http::lambda;
use readonce_http::status::StatusFunction;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(StatusFunction::new).await
}
