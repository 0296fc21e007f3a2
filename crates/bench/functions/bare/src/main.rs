//! A function that does nothing, on the part of `lambda_http` that our functions use:
//! the loop of the Runtime API, without the conversion to an `http::Request`.

use lambda_http::{LambdaEvent, lambda_runtime, service_fn};
use serde_json::{Value, json};
use std::convert::Infallible;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_runtime::run(service_fn(|_: LambdaEvent<Value>| async {
        Ok::<_, Infallible>(json!({ "statusCode": 200, "body": "hello" }))
    }))
    .await
}
