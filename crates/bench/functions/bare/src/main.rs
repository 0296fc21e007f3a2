//! A function that does nothing, on the runtime crate that ours are on.

use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};
use std::convert::Infallible;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda_runtime::run(service_fn(|_: LambdaEvent<Value>| async {
        Ok::<_, Infallible>(json!({ "statusCode": 200, "body": "hello" }))
    }))
    .await
}
