//! A function that does nothing, on all of `lambda_http`: its events become
//! `http::Request`s, unlike in our functions.

use lambda_http::{Request, service_fn};
use std::convert::Infallible;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(service_fn(|_: Request| async { Ok::<_, Infallible>("hello") })).await
}
