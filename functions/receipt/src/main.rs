//! The Lambda function `receipt`; see `readonce_http::receipt`.

use readonce_http::lambda;
use readonce_http::receipt::ReceiptFunction;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(ReceiptFunction::new).await
}
