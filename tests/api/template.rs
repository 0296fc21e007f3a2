//! The table that the tests run on is the template's.

use aws_sdk_dynamodb::types::KeyType;
use readonce_core::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE};
use readonce_tests::TestApp;

#[tokio::test]
async fn the_code_uses_the_templates_keys_and_ttl_attribute() {
    let app = TestApp::start().await;
    let dynamodb = app.aws.dynamodb_client();
    let described =
        dynamodb.describe_table().table_name(app.table.name()).send().await.unwrap().table.unwrap();
    let keys: Vec<_> =
        described.key_schema().iter().map(|key| (key.attribute_name(), key.key_type().clone())).collect();
    assert_eq!(keys, [(PARTITION_KEY, KeyType::Hash), (SORT_KEY, KeyType::Range)]);
    let ttl = dynamodb.describe_time_to_live().table_name(app.table.name()).send().await.unwrap();
    let ttl = ttl.time_to_live_description.unwrap();
    assert_eq!(ttl.attribute_name.as_deref(), Some(TTL_ATTRIBUTE));
    assert_eq!(ttl.time_to_live_status.unwrap().as_str(), "ENABLED");
}
