//! A function that does nothing, on the whole of `lambda_http`: its events become
//! `http::Request`s, which those of ours do not.

use lambda_http::{Request, service_fn};
use std::convert::Infallible;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(service_fn(|_: Request| async { Ok::<_, Infallible>("hello") })).await
}
