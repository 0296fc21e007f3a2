//! Values from template.yaml that the embedded AWS uses too.

use serde_json::Value as Json;
use std::sync::LazyLock;
use std::time::Duration;
use yaml_serde::Value as Yaml;

const TEMPLATE: &str = include_str!(concat!(env!("OUT_DIR"), "/template.yaml"));
/// Parsed once, because parsing takes longer than any look-up.
static PARSED: LazyLock<Yaml> =
    LazyLock::new(|| yaml_serde::from_str(TEMPLATE).expect("the template is YAML"));

/// The table resource, in the form of DynamoDB's `CreateTable` and `UpdateTimeToLive`.
pub struct TableResource {
    create: Json,
    /// Name of the TTL attribute.
    pub ttl_attribute: String,
}

impl TableResource {
    /// A `CreateTable` request for a table called `name`.
    pub fn create_request(&self, name: &str) -> Json {
        let mut request = self.create.clone();
        request["TableName"] = name.into();
        request
    }
}

/// Reads the table resource of the template.
///
/// # Panics
/// If the template has no table; it is compiled in, so a test finds that.
pub fn table() -> TableResource {
    let template = parsed();
    let resources = template["Resources"].as_mapping().expect("a template has resources");
    let is_table = |resource: &&Yaml| resource["Type"].as_str() == Some("AWS::DynamoDB::Table");
    let table = resources.values().find(is_table).expect("the template has a table");
    let properties = &table["Properties"];
    let property = |name: &str| json(&properties[name]);
    let create = serde_json::json!({
        "AttributeDefinitions": property("AttributeDefinitions"),
        "KeySchema": property("KeySchema"),
        "BillingMode": property("BillingMode"),
    });
    let ttl_attribute = properties["TimeToLiveSpecification"]["AttributeName"].as_str();
    TableResource { create, ttl_attribute: ttl_attribute.expect("the table has a TTL attribute").to_owned() }
}

/// Timeout of the functions.
///
/// # Panics
/// If the template has no timeout; it is compiled in, so a test finds that.
pub fn function_timeout() -> Duration {
    let seconds = parsed()["Globals"]["Function"]["Timeout"].as_u64();
    Duration::from_secs(seconds.expect("the template says how long a function may take"))
}

/// Default of a parameter.
///
/// # Panics
/// If the template has no such parameter; it is compiled in, so a test finds that.
pub fn parameter_default(name: &str) -> String {
    let default = &parsed()["Parameters"][name]["Default"];
    default.as_str().expect("the template has this parameter, with a default in words").to_owned()
}

/// CORS headers of the API, for operators who allow other origins.
pub struct CorsConfiguration {
    /// `access-control-allow-methods`
    pub methods: String,
    /// `access-control-allow-headers`
    pub headers: String,
    /// `access-control-expose-headers`
    pub exposed: String,
    /// `access-control-max-age`, in seconds
    pub maximum_age: String,
}

/// Reads the CORS configuration of the API.
///
/// # Panics
/// If the template has none; it is compiled in, so a test finds that.
pub fn cors() -> CorsConfiguration {
    let template = parsed();
    // `!If [HasCors, the configuration, nothing]`
    let configuration = match &template["Resources"]["Api"]["Properties"]["CorsConfiguration"] {
        Yaml::Tagged(tagged) => tagged.value[1].clone(),
        _ => Yaml::Null,
    };
    let list = |name: &str| {
        let items = configuration[name].as_sequence().expect("the API has a list of these");
        items.iter().filter_map(Yaml::as_str).collect::<Vec<_>>().join(", ")
    };
    CorsConfiguration {
        methods: list("allowMethods"),
        headers: list("allowHeaders"),
        exposed: list("exposeHeaders"),
        maximum_age: configuration["maxAge"].as_u64().expect("the API has a maximum age").to_string(),
    }
}

/// The whole template, with YAML tags.
///
/// # Panics
/// If it is not valid YAML; it is compiled in, so a test finds that.
pub fn parsed() -> &'static Yaml {
    &PARSED
}

fn json(value: &Yaml) -> Json {
    serde_json::to_value(value).expect("a plain property is JSON too")
}
