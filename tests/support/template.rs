//! template.yaml, evaluated for a stack with given parameters.

use readonce_embedded::template;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yaml_serde::{Mapping, Value};

/// The template, with values for its parameters and for references that AWS resolves.
pub struct Stack {
    template: &'static Value,
    values: HashMap<String, String>,
}

impl Stack {
    /// A stack with these parameters; the others have their defaults.
    pub fn new(parameters: &[(&str, &str)]) -> Self {
        let template = template::parsed();
        let declared = template["Parameters"].as_mapping().expect("the template has parameters");
        let mut values: HashMap<String, String> =
            declared.iter().map(|(name, parameter)| (text(name), scalar(&parameter["Default"]))).collect();
        for (name, value) in parameters {
            let known = values.insert((*name).to_owned(), (*value).to_owned());
            assert!(known.is_some(), "the template has no parameter {name}");
        }
        for (name, value) in
            [("AWS::Partition", "aws"), ("AWS::Region", "eu-central-1"), ("AWS::AccountId", "1")]
        {
            values.insert(name.to_owned(), value.to_owned());
        }
        Self { template, values }
    }

    /// Sets the value of a `Ref` or `GetAtt`, such as `Table` or `Key.Arn`.
    #[must_use]
    pub fn with(mut self, reference: &str, value: &str) -> Self {
        self.values.insert(reference.to_owned(), value.to_owned());
        self
    }

    /// The resources by name, unevaluated.
    pub fn resources(&self) -> BTreeMap<String, &Value> {
        let resources = self.template["Resources"].as_mapping().expect("the template has resources");
        resources.iter().map(|(name, resource)| (text(name), resource)).collect()
    }

    /// The resources of one type.
    pub fn resources_of(&self, resource_type: &str) -> BTreeMap<String, &Value> {
        let mut resources = self.resources();
        resources.retain(|_, resource| resource["Type"] == resource_type);
        resources
    }

    /// A property of a resource, evaluated.
    pub fn property(&self, resource: &str, property: &str) -> Value {
        self.evaluate(&self.template["Resources"][resource]["Properties"][property])
    }

    /// The environment variables of a function, evaluated.
    pub fn environment(&self, function: &str) -> BTreeMap<String, String> {
        let mut variables = BTreeMap::new();
        let own = &self.template["Resources"][function]["Properties"]["Environment"]["Variables"];
        for source in [&self.template["Globals"]["Function"]["Environment"]["Variables"], own] {
            for (name, value) in source.as_mapping().into_iter().flatten() {
                variables.insert(text(name), scalar(&self.evaluate(value)));
            }
        }
        variables
    }

    /// The statements of a role's policies. `with_logs` includes those for the log,
    /// which only Lambda itself uses.
    pub fn statements(&self, role: &str, with_logs: bool) -> Vec<Value> {
        let policies = self.property(role, "Policies");
        let policies = policies.as_sequence().expect("a role has policies");
        let wanted = policies.iter().filter(|policy| with_logs || policy["PolicyName"] != "logs");
        wanted.flat_map(|policy| list(&policy["PolicyDocument"]["Statement"])).collect()
    }

    /// The actions that a function's role allows its code.
    pub fn actions(&self, role: &str) -> BTreeSet<String> {
        let statements = self.statements(role, false);
        statements
            .iter()
            .flat_map(|statement| list(&statement["Action"]))
            .map(|action| scalar(&action))
            .collect()
    }

    /// The descriptions of the assertions that reject these parameters.
    pub fn refusals(&self) -> Vec<String> {
        let rules = self.template["Rules"].as_mapping().expect("the template has rules");
        let applying = rules
            .values()
            .filter(|rule| rule["RuleCondition"].is_null() || self.holds(&rule["RuleCondition"]));
        let assertions = applying.flat_map(|rule| list(&rule["Assertions"]));
        let broken = assertions.filter(|assertion| !self.holds(&assertion["Assert"]));
        broken.map(|assertion| text(&assertion["AssertDescription"])).collect()
    }

    /// The permissions of a function's role, as IAM evaluates them.
    pub fn role(&self, role: &str) -> Role {
        Role { statements: self.statements(role, false) }
    }

    /// A value with its references, conditions and substitutions evaluated.
    pub fn evaluate(&self, value: &Value) -> Value {
        match value {
            Value::Sequence(items) => {
                let items = items.iter().map(|item| self.evaluate(item));
                Value::Sequence(items.filter(|item| !item.is_null()).collect())
            }
            Value::Mapping(members) => {
                let members = members.iter().map(|(name, member)| (name.clone(), self.evaluate(member)));
                Value::Mapping(members.filter(|(_, member)| !member.is_null()).collect::<Mapping>())
            }
            Value::Tagged(tagged) => self.intrinsic(&tagged.tag.to_string(), &tagged.value),
            plain => plain.clone(),
        }
    }

    fn intrinsic(&self, tag: &str, argument: &Value) -> Value {
        match tag {
            "!Ref" if argument == "AWS::NoValue" => Value::Null,
            "!Ref" | "!GetAtt" => {
                let name = text(argument);
                // A reference without a value is kept as it is.
                Value::from(self.values.get(&name).cloned().unwrap_or(format!("${{{name}}}")))
            }
            "!If" => {
                let branch = if self.condition(&text(&argument[0])) { &argument[1] } else { &argument[2] };
                self.evaluate(branch)
            }
            "!Sub" => Value::from(self.substituted(argument)),
            other => panic!("the template uses {other}, which the tests do not know"),
        }
    }

    fn substituted(&self, argument: &Value) -> String {
        let (pattern, own) = match argument {
            Value::Sequence(items) => (text(&items[0]), Some(&items[1])),
            plain => (text(plain), None),
        };
        let mut result = pattern;
        for (name, value) in own.and_then(Value::as_mapping).into_iter().flatten() {
            result = result.replace(&format!("${{{}}}", text(name)), &scalar(&self.evaluate(value)));
        }
        for (name, value) in &self.values {
            result = result.replace(&format!("${{{name}}}"), value);
        }
        result
    }

    fn condition(&self, name: &str) -> bool {
        self.holds(&self.template["Conditions"][name])
    }

    fn holds(&self, condition: &Value) -> bool {
        let Value::Tagged(tagged) = condition else { panic!("a condition without function: {condition:?}") };
        let argument = &tagged.value;
        match tagged.tag.to_string().as_str() {
            "!Equals" => scalar(&self.evaluate(&argument[0])) == scalar(&self.evaluate(&argument[1])),
            "!Not" => !self.holds(&argument[0]),
            "!And" => argument.as_sequence().into_iter().flatten().all(|part| self.holds(part)),
            "!Condition" => self.condition(&text(argument)),
            other => panic!("the template uses {other}, which the tests do not know"),
        }
    }
}

/// A role as IAM evaluates it, as far as the template uses IAM.
pub struct Role {
    statements: Vec<Value>,
}

impl Role {
    /// Whether it allows an action; for an action of DynamoDB, on rows of these
    /// partition keys.
    pub fn allows(&self, action: &str, leading_keys: &[String]) -> bool {
        self.statements.iter().any(|statement| {
            let patterns = patterns(statement);
            let is_among = |key: &String| patterns.iter().any(|pattern| is_like(key, pattern));
            // The condition "Null" requires that there is a key.
            let keys_fit =
                patterns.is_empty() || (!leading_keys.is_empty() && leading_keys.iter().all(is_among));
            list(&statement["Action"]).iter().any(|allowed| allowed == action) && keys_fit
        })
    }

    /// Each allowed action with each pattern of partition keys; the pattern is empty if
    /// keys do not matter.
    pub fn grants(&self) -> BTreeSet<(String, String)> {
        let mut grants = BTreeSet::new();
        for statement in &self.statements {
            let patterns = patterns(statement);
            let patterns = if patterns.is_empty() { vec![String::new()] } else { patterns };
            for action in list(&statement["Action"]) {
                grants.extend(patterns.iter().map(|pattern| (text(&action), pattern.clone())));
            }
        }
        grants
    }
}

fn patterns(statement: &Value) -> Vec<String> {
    list(&statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        .iter()
        .map(text)
        .collect()
}

/// Whether a partition key matches an IAM pattern, which may end in a star.
pub fn is_like(key: &str, pattern: &str) -> bool {
    let prefix = pattern.strip_suffix('*');
    assert!(
        !prefix.unwrap_or(pattern).contains(['*', '?']),
        "a pattern that the tests do not know: {pattern}"
    );
    prefix.map_or(key == pattern, |prefix| key.starts_with(prefix))
}

/// A list; a single value becomes a list of one.
pub fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Sequence(items) => items.clone(),
        one => vec![one.clone()],
    }
}

/// A string; panics on other types.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value:?}")).to_owned()
}

/// A string, number or boolean, as text.
pub fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        other => panic!("not a scalar: {other:?}"),
    }
}
