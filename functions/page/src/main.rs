//! The Lambda function `page`; see `readonce_http::page`.

use readonce_http::gateway::lambda;
use readonce_http::page::PageFunction;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::run(PageFunction::new).await
}
