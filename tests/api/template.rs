//! template.yaml matches the code and its own conventions.

use aws_sdk_dynamodb::types::KeyType;
use readonce_core::limits::Count;
use readonce_core::plan::Plan;
use readonce_core::settings::{OrNone, Settings};
use readonce_core::table::counter::Rate;
use readonce_core::table::{PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE};
use readonce_http::routes::{ROUTES, Route};
use readonce_tests::TestApp;
use readonce_tests::template::{Stack, list, scalar, text};
use std::collections::BTreeSet;
use yaml_serde::Value;

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

#[test]
fn every_route_of_the_code_is_in_the_template_on_the_right_function_and_no_other() {
    let stack = Stack::new(&[]);
    let mut in_template = BTreeSet::new();
    let mut defaults = Vec::new();
    for (function, resource) in stack.resources_of("AWS::Serverless::Function") {
        let name = function.strip_suffix("Function").unwrap().to_lowercase();
        for event in resource["Properties"]["Events"].as_mapping().unwrap().values() {
            assert_eq!(event["Type"], "HttpApi", "{function}");
            match &event["Properties"]["Path"] {
                Value::Null => defaults.push(name.clone()),
                path => {
                    let method = text(&event["Properties"]["Method"]).to_uppercase();
                    in_template.insert((method, text(path), name.clone()));
                }
            }
        }
    }
    let mut in_code = BTreeSet::new();
    for route in ROUTES.iter().filter(|route| !is_below_another(route)) {
        let methods: &[&str] = if route.method == "GET" { &["GET", "HEAD"] } else { &[route.method] };
        for method in methods {
            // With a trailing slash, and with further segments, which match no route.
            let below = format!("{}/{{proxy+}}", route.path);
            // A proxy path below the root would match everything.
            let below = (route.path != "/").then_some(below);
            for path in [route.path.to_owned()].into_iter().chain(below) {
                in_code.insert(((*method).to_owned(), path, route.function.to_owned()));
            }
        }
    }
    assert_eq!(in_template, in_code);
    assert_eq!(defaults, ["page"], "one function answers everything else");
}

/// The gateway also matches `/private/recent` with `/private/{key}`. Both lead to the
/// same function, which distinguishes them.
fn is_below_another(route: &Route) -> bool {
    let (parent, _) = route.path.rsplit_once('/').unwrap();
    ROUTES.iter().any(|other| {
        other.path == format!("{parent}/{{key}}")
            && (other.method, other.function) == (route.method, route.function)
            && other.path != route.path
    })
}

/// The functions must accept every value that a parameter's pattern permits; otherwise
/// they would end at their start.
#[test]
fn every_permitted_parameter_is_a_valid_setting() {
    let template = readonce_embedded::template::parsed();
    let pattern = |parameter: &str| {
        let pattern = &template["Parameters"][parameter]["AllowedPattern"];
        regex::Regex::new(pattern.as_str().unwrap()).unwrap()
    };
    let (rates, numbers) = (pattern("AnonymousCreations"), pattern("MailsPerDay"));
    assert_eq!(rates.as_str(), pattern("AnonymousReveals").as_str());
    assert_eq!(rates.as_str(), pattern("FailedCredentials").as_str());
    assert_eq!(numbers.as_str(), pattern("ListsPerHour").as_str());
    let mut good = 0;
    for count in ["0", "1", "00", "007", "999999999", "1000000000", "-1", "x", "none", ""] {
        for seconds in ["0", "59", "60", "61", "300", "3600", "7000", "86400", "172800", "-60", "x", ""] {
            let rate = format!("{count}:{seconds}");
            let is_good = rates.is_match(&rate);
            assert!(!is_good || rate.parse::<OrNone<Rate>>().is_ok(), "{rate}");
            good += usize::from(is_good);
        }
        assert!(!numbers.is_match(count) || count.parse::<OrNone<Count>>().is_ok(), "{count}");
    }
    assert_eq!(good, 2 * 4, "each of two counts with four windows");
    let anonymous = pattern("AnonymousPlan");
    for parameter in ["BasicPlan", "IdentityPlan"] {
        assert!(!pattern(parameter).is_match("none") && anonymous.is_match("none"));
        for plan in ["0:0", "1:59", "1:60", "350000:2592000", "350001:60", "10:060"] {
            assert_eq!(pattern(parameter).is_match(plan), anonymous.is_match(plan), "{plan}");
            assert_eq!(
                anonymous.is_match(plan),
                plan.parse::<Plan>().is_ok() && !plan.contains(":0"),
                "{plan}"
            );
        }
    }
}

#[test]
fn each_plan_is_its_own_parameter() {
    let set = [
        ("AnonymousPlan", "1:61"),
        ("BasicPlan", "2:62"),
        ("IdentityPlan", "3:63"),
        ("MinimumPassphraseLength", "9"),
    ];
    let defaults = [(10_000, 604_800), (10_000, 1_209_600), (100_000, 2_592_000)];
    for function in ["ShareFunction", "GenerateFunction", "PageFunction"] {
        for (parameters, plans, minimum) in [(&set[..], [(1, 61), (2, 62), (3, 63)], 9), (&[], defaults, 1)] {
            let variables = Stack::new(parameters).environment(function);
            let variable = |name: &str| variables.get(name).cloned();
            let create = Settings::from_variables(variable).unwrap().create;
            let found = [create.plans.anonymous.unwrap(), create.plans.basic, create.plans.identity];
            assert_eq!(
                found.map(|plan| (plan.size_limit_bytes, plan.maximum_ttl_seconds)),
                plans,
                "{function}"
            );
            assert_eq!(create.minimum_passphrase, minimum);
        }
    }
}

/// All functions except the pages' read credentials. Without the variable there would
/// be no limit; without the filter, a limit that cannot be counted would go unnoticed.
#[test]
fn every_function_with_credentials_limits_refused_ones() {
    let stack = Stack::new(&[("FailedCredentials", "7:600")]);
    for function in stack.resources_of("AWS::Serverless::Function").keys() {
        let variables = stack.environment(function);
        let limits = Settings::from_variables(|name| variables.get(name).cloned()).unwrap().limits;
        let expected = (function != "PageFunction").then_some(Rate { most: 7, window_seconds: 600 });
        assert_eq!(limits.failed_credentials, expected, "{function}");
        let name = function.strip_suffix("Function").unwrap();
        let is_watched = stack.resources().contains_key(&format!("{name}Uncounted"));
        assert_eq!(is_watched, expected.is_some(), "{function}");
    }
}

#[test]
fn each_function_is_built_from_its_own_package() {
    let stack = Stack::new(&[]);
    let functions = stack.resources_of("AWS::Serverless::Function");
    let in_code: BTreeSet<&str> = ROUTES.iter().map(|route| route.function).collect();
    assert_eq!(functions.len(), in_code.len());
    for (function, resource) in functions {
        let name = function.strip_suffix("Function").unwrap().to_lowercase();
        assert!(in_code.contains(name.as_str()), "{name}");
        assert_eq!(resource["Properties"]["CodeUri"], format!("functions/{name}").as_str());
        assert_eq!(resource["Metadata"]["BuildProperties"]["Binary"], format!("readonce-{name}").as_str());
        let package = readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap();
        let manifest = format!("{package}/../functions/{name}/Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        assert!(manifest.contains(&format!("name = \"readonce-{name}\"")), "{name}");
    }
}

/// Every statement of every role, with its role.
fn statements(stack: &Stack) -> Vec<(String, Value)> {
    let roles: Vec<String> = stack.resources_of("AWS::IAM::Role").into_keys().collect();
    roles
        .into_iter()
        .flat_map(|role| stack.statements(&role, true).into_iter().map(move |one| (role.clone(), one)))
        .collect()
}

fn full_stack() -> Stack {
    Stack::new(&[
        ("MailSender", "secrets@example.com"),
        ("MailRegion", "eu-west-1"),
        ("MailConfigurationSet", "mail"),
        ("SiteHost", "eu.example.com"),
    ])
}

#[test]
fn no_role_has_a_wildcard_but_for_the_listed_one() {
    for (role, statement) in statements(&full_stack()) {
        for action in list(&statement["Action"]) {
            assert!(!text(&action).contains('*'), "{role}: {action:?}");
        }
        for resource in list(&statement["Resource"]) {
            // In SES's sandbox, the recipient's identity is checked too; the condition on
            // the sender restricts the permission.
            let is_identities = text(&resource) == "arn:aws:ses:eu-west-1:1:identity/*";
            assert!(is_identities || !text(&resource).contains('*'), "{role}: {resource:?}");
            if is_identities {
                assert_eq!(statement["Condition"]["StringEquals"]["ses:FromAddress"], "secrets@example.com");
            }
        }
    }
}

#[test]
fn storing_functions_cannot_read_and_reading_ones_cannot_mail() {
    let stack = full_stack();
    let actions = |role: &str| stack.actions(role).into_iter().collect::<Vec<_>>();
    let create = [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "kms:GenerateDataKey",
        "ses:SendEmail",
    ];
    assert_eq!(actions("ShareRole"), create);
    assert_eq!(actions("GenerateRole"), create);
    assert_eq!(actions("RevealRole"), ["dynamodb:GetItem", "dynamodb:UpdateItem", "kms:Decrypt"]);
    assert_eq!(
        actions("ReceiptRole"),
        ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    );
    assert_eq!(actions("StatusRole"), ["dynamodb:GetItem", "dynamodb:UpdateItem"]);
    assert_eq!(actions("PageRole"), ["dynamodb:GetItem"]);
    assert!(!Stack::new(&[]).actions("ShareRole").contains("ses:SendEmail"), "not without mail");
}

/// A vulnerability in one function exposes only the rows that the function works on.
#[test]
fn each_role_is_limited_to_its_rows() {
    let stack = full_stack();
    for (role, statement) in statements(&stack) {
        let on_rows = list(&statement["Action"]).iter().any(|action| text(action).starts_with("dynamodb:"));
        let condition = &statement["Condition"];
        let keys = list(&condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]);
        assert_eq!(on_rows, !keys.is_empty(), "{role}");
        // Otherwise a request without a key would pass, such as a scan.
        assert_eq!(on_rows, condition["Null"]["dynamodb:LeadingKeys"] == "false", "{role}");
        assert!(keys.iter().all(|pattern| text(pattern) != "*"), "{role}");
    }
    let rows =
        ["secret#x", "receipt#x", "account#x", "recent#x", "counter#account#x", "address-key", "other"];
    let may = |role: &str, action: &str| -> Vec<&str> {
        let role = stack.role(role);
        let action = format!("dynamodb:{action}");
        rows.into_iter().filter(|row| role.allows(&action, &[(*row).to_owned()])).collect()
    };
    for (role, action, expected) in [
        ("PageRole", "GetItem", &["secret#x", "receipt#x"][..]),
        ("PageRole", "UpdateItem", &[]),
        ("StatusRole", "GetItem", &["account#x"]),
        ("StatusRole", "UpdateItem", &["counter#account#x", "address-key"]),
        ("RevealRole", "GetItem", &["secret#x", "account#x"]),
        ("RevealRole", "UpdateItem", &["secret#x", "counter#account#x", "address-key"]),
        ("ReceiptRole", "GetItem", &["secret#x", "receipt#x", "account#x"]),
        ("ReceiptRole", "BatchGetItem", &["secret#x", "receipt#x"]),
        ("ReceiptRole", "Query", &["recent#x"]),
        ("ReceiptRole", "UpdateItem", &["secret#x", "receipt#x", "counter#account#x", "address-key"]),
        ("ShareRole", "GetItem", &["account#x"]),
        ("ShareRole", "PutItem", &["secret#x", "receipt#x", "recent#x"]),
        ("ShareRole", "UpdateItem", &["secret#x", "counter#account#x", "address-key"]),
        ("GenerateRole", "GetItem", &["account#x"]),
        ("GenerateRole", "PutItem", &["secret#x", "receipt#x", "recent#x"]),
        ("GenerateRole", "UpdateItem", &["secret#x", "counter#account#x", "address-key"]),
    ] {
        assert_eq!(may(role, action), expected, "{role} {action}");
    }
    let batch = ["receipt#x", "account#x"].map(str::to_owned);
    assert!(!stack.role("ReceiptRole").allows("dynamodb:BatchGetItem", &batch), "one key too many");
    assert!(!stack.role("PageRole").allows("dynamodb:GetItem", &[]), "no key at all");
}

#[test]
fn each_function_has_a_role_and_a_log_of_its_own() {
    let stack = Stack::new(&[]);
    for function in stack.resources_of("AWS::Serverless::Function").keys() {
        let name = function.strip_suffix("Function").unwrap();
        assert_eq!(stack.property(function, "Role"), format!("${{{name}Role.Arn}}").as_str());
        assert_eq!(
            stack.property(function, "LoggingConfig")["LogGroup"],
            format!("${{{name}Logs}}").as_str()
        );
        let logs = &stack.statements(&format!("{name}Role"), true)[0];
        assert_eq!(logs["Resource"], format!("${{{name}Logs.Arn}}").as_str());
    }
}

#[test]
fn the_key_serves_this_table_only() {
    let stack = Stack::new(&[]).with("Table", "the-table");
    let policy = stack.property("Key", "KeyPolicy");
    let deny =
        list(&policy["Statement"]).into_iter().find(|statement| statement["Effect"] == "Deny").unwrap();
    let denied: Vec<String> = list(&deny["Action"]).iter().map(text).collect();
    assert_eq!(denied, ["kms:GenerateDataKey*", "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*"]);
    assert_eq!(deny["Principal"], "*");
    assert_eq!(deny["Condition"]["StringNotEquals"]["kms:EncryptionContext:table"], "the-table");
}

#[test]
fn table_and_key_outlive_the_stack_and_no_backup_is_made() {
    let stack = Stack::new(&[]);
    // A failed first deployment leaves the table: CloudFormation cannot delete a table
    // with deletion protection.
    for (name, deletion) in [("Table", "Retain"), ("Key", "RetainExceptOnCreate")] {
        let resource = stack.resources()[name];
        assert_eq!(resource["DeletionPolicy"], deletion, "{name}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{name}");
    }
    assert_eq!(stack.property("Table", "DeletionProtectionEnabled"), true);
    assert_eq!(
        stack.property("Table", "PointInTimeRecoverySpecification")["PointInTimeRecoveryEnabled"],
        false
    );
    assert_eq!(stack.property("Table", "SSESpecification")["SSEEnabled"], false);
    assert_eq!(stack.property("Table", "BillingMode"), "PAY_PER_REQUEST");
    assert_eq!(stack.property("Key", "EnableKeyRotation"), true);
}

/// Paths contain keys. Only values without keys may be logged.
#[test]
fn no_path_gets_into_an_access_log() {
    let harmless = BTreeSet::from([
        "requestId",
        "requestTimeEpoch",
        "routeKey",
        "status",
        "responseLatency",
        "integrationStatus",
        // Not error.messageString, which already contains quotes.
        "error.message",
        "integrationErrorMessage",
    ]);
    let stack = Stack::new(&[]);
    let mut formats = 0;
    for api in stack.resources_of("AWS::Serverless::HttpApi").keys() {
        let format = scalar(&stack.property(api, "AccessLogSettings")["Format"]);
        for variable in format.split("$context.").skip(1) {
            let end =
                variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(variable.len());
            assert!(harmless.contains(&variable[..end]), "{} may not be logged", &variable[..end]);
        }
        assert!(format.contains("$context.routeKey"));
        let filled = format.replace("$context.", "");
        assert!(serde_json::from_str::<serde_json::Value>(&filled).is_ok(), "a line is JSON: {filled}");
        assert!(!format.contains("$request"), "{format}");
        formats += 1;
    }
    assert_eq!(formats, 1);
}

/// The metrics of AWS, by namespace and name with their dimensions, and the metrics of
/// our own filters.
#[test]
fn every_alarm_points_at_a_metric_that_exists() {
    let stack = Stack::new(&[]).with("AWS::StackName", "stack");
    let aws: &[(&str, &str, &[&str])] = &[
        ("AWS/Lambda", "Errors", &["FunctionName"]),
        ("AWS/Lambda", "Throttles", &["FunctionName"]),
        ("AWS/Lambda", "Duration", &["FunctionName"]),
        ("AWS/ApiGateway", "5xx", &["ApiId"]),
        ("AWS/DynamoDB", "ReadThrottleEvents", &["TableName"]),
        ("AWS/DynamoDB", "WriteThrottleEvents", &["TableName"]),
    ];
    let mut counted = BTreeSet::new();
    for filter in stack.resources_of("AWS::Logs::MetricFilter").keys() {
        for metric in list(&stack.property(filter, "MetricTransformations")) {
            counted.insert((text(&metric["MetricNamespace"]), text(&metric["MetricName"])));
        }
        let group = scalar(&stack.property(filter, "LogGroupName"));
        assert!(stack.resources().contains_key(group.trim_matches(['$', '{', '}'])), "{filter}: {group}");
    }
    let topic = Value::from("${Alarms}");
    for alarm in stack.resources_of("AWS::CloudWatch::Alarm").keys() {
        let namespace = scalar(&stack.property(alarm, "Namespace"));
        let metric = scalar(&stack.property(alarm, "MetricName"));
        let dimensions = list(&stack.property(alarm, "Dimensions"));
        let names: Vec<String> = dimensions.iter().map(|dimension| text(&dimension["Name"])).collect();
        let of_aws = aws.iter().any(|known| (known.0, known.1) == (&namespace, &metric) && known.2 == names);
        let of_ours = names.is_empty() && counted.contains(&(namespace.clone(), metric.clone()));
        assert!(of_aws || of_ours, "{alarm}: {namespace} {metric} {names:?}");
        for dimension in &dimensions {
            let value = text(&dimension["Value"]);
            let resource = value.trim_matches(['$', '{', '}']);
            assert!(stack.resources().contains_key(resource), "{alarm}: {value} is no resource");
        }
        assert_eq!(list(&stack.property(alarm, "AlarmActions")), std::slice::from_ref(&topic), "{alarm}");
    }
}

/// The fields that the filters match are those of the log.
#[test]
fn metric_filters_match_the_log() {
    let stack = Stack::new(&[]);
    let patterns: BTreeSet<String> = stack
        .resources_of("AWS::Logs::MetricFilter")
        .keys()
        .map(|filter| scalar(&stack.property(filter, "FilterPattern")))
        .collect();
    let known = [
        "{ $.error = \"*KMS *\" }",
        "{ $.status = 502 }",
        "{ $.status >= 500 && $.status != 502 }",
        "{ $.status >= 500 }",
        "{ $.uncounted = \"*\" }",
    ];
    assert_eq!(patterns, known.map(str::to_owned).into());
}

/// The alarms that watch a rollout of the function.
fn watched(stack: &Stack, function: &str) -> Vec<String> {
    let alarms = list(&stack.property(function, "DeploymentPreference")["Alarms"]);
    alarms.iter().map(|alarm| text(alarm).trim_matches(['$', '{', '}']).to_owned()).collect()
}

/// The patterns of the filters that feed this alarm.
fn counted_for(stack: &Stack, alarm: &str) -> Vec<String> {
    let metric = stack.property(alarm, "MetricName");
    let counts = |filter: &String| {
        list(&stack.property(filter, "MetricTransformations")).iter().any(|made| made["MetricName"] == metric)
    };
    let filters = stack.resources_of("AWS::Logs::MetricFilter").into_keys().filter(counts);
    filters.map(|filter| scalar(&stack.property(&filter, "FilterPattern"))).collect()
}

/// Otherwise an account whose mails SES refuses could roll back every deployment.
#[test]
fn failed_mails_have_an_alarm_of_their_own_and_roll_nothing_back() {
    let stack = full_stack();
    for function in stack.resources_of("AWS::Serverless::Function").keys() {
        let role = format!("{}Role", function.strip_suffix("Function").unwrap());
        let alarms = watched(&stack, function);
        assert!(!alarms.contains(&"MailFailures".to_owned()), "{function}");
        let patterns: Vec<String> = alarms.iter().flat_map(|alarm| counted_for(&stack, alarm)).collect();
        let mails = stack.actions(&role).contains("ses:SendEmail");
        let pattern = if mails { "{ $.status >= 500 && $.status != 502 }" } else { "{ $.status >= 500 }" };
        assert_eq!(patterns, [pattern], "{function}");
    }
    assert_eq!(counted_for(&stack, "MailFailures"), ["{ $.status = 502 }"; 2], "share's and generate's");
}

#[test]
fn every_rollout_is_watched_by_alarms_that_exist() {
    let stack = Stack::new(&[]);
    let alarms = stack.resources_of("AWS::CloudWatch::Alarm");
    for function in stack.resources_of("AWS::Serverless::Function").keys() {
        let watched = watched(&stack, function);
        assert_eq!(watched.len(), 2, "{function}");
        for alarm in watched {
            assert!(alarms.contains_key(&alarm), "{function}: {alarm}");
        }
        assert_eq!(
            stack.property(function, "AutoPublishCodeSha256"),
            "",
            "{function}: the Release parameter"
        );
    }
}

#[test]
fn creation_can_be_stopped_at_once() {
    let stopped = Stack::new(&[("Creation", "stopped")]);
    for (function, reserved) in
        [("ShareFunction", true), ("GenerateFunction", true), ("RevealFunction", false)]
    {
        let value = stopped.property(function, "ReservedConcurrentExecutions");
        assert_eq!(value == 0, reserved, "{function}");
        assert!(Stack::new(&[]).property(function, "ReservedConcurrentExecutions").is_null());
    }
}

#[test]
fn no_resource_has_a_literal_name() {
    let naming = [
        "TableName",
        "FunctionName",
        "RoleName",
        "LogGroupName",
        "TopicName",
        "AlarmName",
        "AliasName",
        "Name",
        "StageName",
        "BucketName",
        "ManagedPolicyName",
        "FilterName",
    ];
    let stack = Stack::new(&[]);
    for (name, resource) in stack.resources() {
        for property in naming {
            if let Value::String(literal) = &resource["Properties"][property] {
                panic!("{name}: {property} is the literal {literal}");
            }
        }
    }
}

#[test]
fn every_parameter_has_a_description_and_a_default() {
    let template = readonce_embedded::template::parsed();
    for (name, parameter) in template["Parameters"].as_mapping().unwrap() {
        assert!(parameter["Description"].is_string(), "{name:?}");
        assert!(!parameter["Default"].is_null(), "{name:?}: a first deploy needs none");
        let bounded =
            ["AllowedPattern", "AllowedValues", "MinValue"].iter().any(|rule| !parameter[*rule].is_null());
        assert!(bounded, "{name:?} takes anything");
    }
}

/// Hosts and mail in a typical operator's configuration.
const EVERYTHING: [(&str, &str); 8] = [
    ("MailSender", "secrets@mail.example.com"),
    ("MailConfigurationSet", "mail"),
    ("SiteHost", "eu.example.com"),
    ("CertificateArn", "arn:aws:acm:eu-central-1:1:certificate/1"),
    ("HostedZoneId", "ZONE"),
    ("UnqualifiedHost", "example.com"),
    ("UnqualifiedCertificateArn", "arn:aws:acm:eu-central-1:1:certificate/2"),
    ("DefaultEndpoint", "closed"),
];

#[test]
fn parameters_that_would_fail_later_are_refused_before_anything_changes() {
    assert!(Stack::new(&[]).refusals().is_empty(), "a first deploy needs no parameter");
    assert!(Stack::new(&EVERYTHING).refusals().is_empty());
    let without = |missing: &str| {
        let rest: Vec<_> = EVERYTHING.into_iter().filter(|(name, _)| *name != missing).collect();
        Stack::new(&rest).refusals()
    };
    for (missing, needing) in [
        ("MailConfigurationSet", &["MailSender needs MailConfigurationSet"][..]),
        ("SiteHost", &["UnqualifiedHost needs SiteHost", "DefaultEndpoint=closed needs SiteHost"]),
        ("CertificateArn", &["DefaultEndpoint=closed needs SiteHost and CertificateArn"]),
        ("MailSender", &[]),
        ("UnqualifiedHost", &[]),
        ("UnqualifiedCertificateArn", &[]),
        ("HostedZoneId", &[]),
    ] {
        let refusals = without(missing);
        assert_eq!(refusals.len(), needing.len(), "{missing}: {refusals:?}");
        for (refusal, needing) in refusals.iter().zip(needing) {
            assert!(refusal.starts_with(needing), "{missing}: {refusal}");
        }
    }
}

#[test]
fn every_address_answers_over_ipv4_and_ipv6() {
    let stack = Stack::new(&EVERYTHING);
    let body = stack.property("Api", "DefinitionBody");
    let endpoint = &body["servers"][0]["x-amazon-apigateway-endpoint-configuration"];
    assert_eq!(endpoint["ipAddressType"], "dualstack");
    for domain in stack.resources_of("AWS::ApiGatewayV2::DomainName").keys() {
        let configurations = stack.property(domain, "DomainNameConfigurations");
        assert_eq!(configurations[0]["IpAddressType"], "dualstack", "{domain}");
    }
    let records = |resources: &Value| -> BTreeSet<(String, String)> {
        let resources = resources.as_mapping().unwrap().values();
        let records = resources.filter(|resource| resource["Type"] == "AWS::Route53::RecordSet");
        let records = records.map(|record| &record["Properties"]);
        records.map(|record| (format!("{:?}", record["Name"]), text(&record["Type"]))).collect()
    };
    let global = std::fs::read_to_string(in_checkout("infra/global.yaml")).unwrap();
    let global: Value = yaml_serde::from_str(&global).unwrap();
    for template in [readonce_embedded::template::parsed(), &global] {
        let records = records(&template["Resources"]);
        let names: BTreeSet<&String> = records.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), 1);
        for name in names {
            for kind in ["A", "AAAA"] {
                assert!(records.contains(&(name.clone(), kind.to_owned())), "{name} has no {kind}");
            }
        }
    }
}

#[test]
fn the_default_endpoint_is_closed_on_request() {
    for (parameters, closed) in [(&[][..], false), (&EVERYTHING, true)] {
        let stack = Stack::new(parameters);
        assert_eq!(stack.property("Api", "DisableExecuteApiEndpoint"), closed);
    }
}

fn in_checkout(path: &str) -> String {
    format!("{}/../{path}", readonce_core::environment::variable("CARGO_MANIFEST_DIR").unwrap())
}

/// SAM adds a statement to the policy of a function's alias for each route of the
/// gateway. One statement too many fails the deployment: "The final policy size (20601)
/// is bigger than the limit (20480)".
///
/// The reserve covers two further pages (GET and HEAD, each with its proxy path, so
/// four statements of about 450 bytes each), and a tenth of that in case AWS's wording
/// differs from ours.
#[test]
fn every_functions_resource_policy_has_room_for_further_routes() {
    const LIMIT_BYTES: usize = 20_480;
    const RESERVE_BYTES: usize = 2 * 4 * 450 * 11 / 10;
    let stack_name = "s".repeat(32); // as infra/deploy-role.yaml allows
    let random = "x".repeat(13); // CloudFormation's, at the end of names
    let (region, account) = ("ap-southeast-6", "1".repeat(12));
    let parameter = regex::Regex::new(r"\{[^}]*\}").unwrap();
    for (function, resource) in Stack::new(&[]).resources_of("AWS::Serverless::Function") {
        let mut name = format!("{stack_name}-{function}-{random}");
        name.truncate(64);
        let events = resource["Properties"]["Events"].as_mapping().unwrap();
        let statements: Vec<_> = events
            .iter()
            .map(|(event, route)| {
                let route = &route["Properties"];
                let route = match &route["Path"] {
                    Value::Null => "*".to_owned(),
                    path => {
                        let path = parameter.replace_all(path.as_str().unwrap(), "*").into_owned();
                        format!("{}{path}", text(&route["Method"]).to_uppercase())
                    }
                };
                let source = format!("arn:aws:execute-api:{region}:{account}:{}/*/{route}", "a".repeat(10));
                serde_json::json!({
                    "Sid": format!("{stack_name}-{function}{}Permission-{random}", text(event)),
                    "Effect": "Allow",
                    "Principal": {"Service": "apigateway.amazonaws.com"},
                    "Action": "lambda:InvokeFunction",
                    "Resource": format!("arn:aws:lambda:{region}:{account}:function:{name}:live"),
                    "Condition": {"ArnLike": {"AWS:SourceArn": source}},
                })
            })
            .collect();
        let policy = serde_json::json!({"Version": "2012-10-17", "Id": "default", "Statement": statements})
            .to_string();
        assert!(
            policy.len() <= LIMIT_BYTES - RESERVE_BYTES,
            "{function}: {} statements are {} bytes of {LIMIT_BYTES}, less a reserve of {RESERVE_BYTES}; \
             merge routes, or move some to another function",
            statements.len(),
            policy.len()
        );
    }
}
