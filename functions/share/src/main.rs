//! The Lambda function `share`; see `readonce_http::share`.

use readonce_http::lambda;
use readonce_http::share::ShareFunction;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda::run(ShareFunction::new).await
}
