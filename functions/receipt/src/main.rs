//! The Lambda function `receipt`; see `readonce_http::api::receipt`.

use readonce_http::api::receipt::ReceiptFunction;
use readonce_http::gateway::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(ReceiptFunction::new).await
}
