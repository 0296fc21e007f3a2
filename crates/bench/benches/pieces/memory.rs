//! AWS as a map in memory, behind the SDK's HTTP client. Conditions are ignored,
//! because no write of this benchmark competes with another.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use readonce_core::aws::config::AwsConfig;
use readonce_core::table::PARTITION_KEY;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// 32 bytes in base64, as data key and as its wrapped form.
const DATA_KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// DynamoDB and KMS.
pub(crate) fn aws() -> AwsConfig {
    AwsConfig::with_http_client(Memory::default())
}

/// Rows by partition key.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<HashMap<String, Value>>>);

impl HttpClient for Memory {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Memory {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit_once('.').map_or(target, |(_, operation)| operation);
        let body = request.body().bytes().expect("a request is in memory");
        let answer = self.answer(operation, serde_json::from_slice(body).expect("it is JSON"));
        let status = 200.try_into().expect("it is a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(answer.to_string()))))
    }
}

impl Memory {
    fn answer(&self, operation: &str, mut request: Value) -> Value {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = |of: &Value| of[PARTITION_KEY]["S"].as_str().unwrap_or_default().to_owned();
        match operation {
            "PutItem" => {
                let row = request["Item"].take();
                rows.insert(key(&row), row);
                json!({})
            }
            "GetItem" => rows.get(&key(&request["Key"])).map_or(json!({}), |row| json!({ "Item": row })),
            // The claim, after which nothing else of the row is read.
            "UpdateItem" => {
                rows.remove(&key(&request["Key"]));
                json!({})
            }
            "GenerateDataKey" | "Decrypt" => {
                json!({ "KeyId": "readonce", "Plaintext": DATA_KEY, "CiphertextBlob": DATA_KEY })
            }
            other => panic!("{other} is not called here"),
        }
    }
}
