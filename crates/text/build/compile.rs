//! Compiles Fluent files to Rust. Mozilla's parser reads them, and each message becomes
//! a method of `Language`. So a program contains only the texts that it uses, using a
//! missing message is a compile error, and nothing is parsed at run time.
//!
//! The compiler supports texts, variables, and selection by a number or its plural
//! category; it reports anything else as an error. As in Fluent, numbers are formatted
//! by language: `10,000` or `10.000`.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// The language that defines the messages and variables of all others.
const REFERENCE: &str = "en";

/// The plural categories of CLDR, and their ICU4X names.
const CATEGORIES: &[(&str, &str)] =
    &[("zero", "Zero"), ("one", "One"), ("two", "Two"), ("few", "Few"), ("many", "Many"), ("other", "Other")];

/// Text of each language's file, by language tag.
pub(crate) type Sources = BTreeMap<String, String>;

/// Reads the files of a directory.
pub(crate) fn read(directory: &Path) -> Sources {
    let mut sources = Sources::new();
    for entry in std::fs::read_dir(directory).expect("there is a directory of languages") {
        let path = entry.expect("the directory can be read").path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let tag = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            sources.insert(tag, std::fs::read_to_string(&path).expect("the file can be read"));
        }
    }
    sources
}

/// A message of one language.
struct Message {
    parts: Vec<Part>,
    arguments: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

enum Part {
    Text(String),
    Argument(String),
    Choice { number: String, variants: Vec<(Option<Key>, Vec<Part>)> },
}

/// Selects a variant that is not the default.
enum Key {
    Category(&'static str),
    Number(i64),
}

type Messages = BTreeMap<String, Message>;

/// The generated code, or all errors in the files.
pub(crate) fn compile(sources: &Sources) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let mut languages: BTreeMap<&str, Messages> = BTreeMap::new();
    for (tag, source) in sources {
        match messages(tag, source) {
            Ok(messages) => drop(languages.insert(tag, messages)),
            Err(found) => problems.extend(found),
        }
    }
    problems.extend(differences(&languages));
    let mut groupings = BTreeMap::new();
    for tag in sources.keys() {
        match grouping(tag) {
            Ok(grouping) => drop(groupings.insert(tag.as_str(), grouping)),
            Err(problem) => problems.push(format!("{tag}.ftl: {problem}")),
        }
    }
    if problems.is_empty() { Ok(code(&languages, &groupings)) } else { Err(problems) }
}

/// Thousands separation of a language, from CLDR.
pub(crate) struct Grouping {
    separator: String,
    /// Digits of the smallest number that is separated: 4, or 5 in Spanish and Polish.
    least_digits: usize,
}

/// Determined by formatting two numbers at build time, so that functions contain
/// neither the formatter nor its data.
fn grouping(tag: &str) -> Result<Grouping, String> {
    let locale: Locale = tag.parse().map_err(|error| format!("no language tag: {error}"))?;
    let formatter = DecimalFormatter::try_new(locale.into(), <_>::default());
    let formatter = formatter.map_err(|error| format!("its numbers: {error}"))?;
    let written = |number: i64| formatter.format(&Decimal::from(number)).to_string();
    let separator = written(10_000).replace(['0', '1'], "");
    let least_digits = if written(1_000) == "1000" { 5 } else { 4 };
    Ok(Grouping { separator, least_digits })
}

/// Messages or variables that a language has in addition to the reference or lacks.
fn differences(languages: &BTreeMap<&str, Messages>) -> Vec<String> {
    let Some(reference) = languages.get(REFERENCE) else {
        return vec![format!("there is no {REFERENCE}.ftl that can be read")];
    };
    let mut problems = Vec::new();
    for (tag, messages) in languages {
        for (name, message) in reference {
            match messages.get(name) {
                None => problems.push(format!("{tag}.ftl has no {name}")),
                Some(own) if own.arguments != message.arguments => {
                    problems.push(format!("{tag}.ftl: {name} has other variables than {REFERENCE}.ftl"));
                }
                Some(_) => {}
            }
        }
        let unknown = messages.keys().filter(|name| !reference.contains_key(*name));
        problems.extend(unknown.map(|name| format!("{tag}.ftl: {name} is not in {REFERENCE}.ftl")));
    }
    problems
}

fn messages(tag: &str, source: &str) -> Result<Messages, Vec<String>> {
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, errors)| {
        errors.iter().map(|error| format!("{tag}.ftl: {error}")).collect::<Vec<_>>()
    })?;
    let mut messages = Messages::new();
    let mut problems = Vec::new();
    for entry in resource.body {
        let message = match entry {
            Entry::Message(message) if message.attributes.is_empty() => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            _ => {
                problems.push(format!("{tag}.ftl: something that is no plain message"));
                continue;
            }
        };
        let name = message.id.name;
        let mut arguments = BTreeSet::new();
        let mut numbers = BTreeSet::new();
        let compiled = message.value.as_ref().map(|pattern| parts(pattern, &mut arguments, &mut numbers));
        match compiled {
            Some(Ok(parts)) => {
                if messages.insert(name.to_owned(), Message { parts, arguments, numbers }).is_some() {
                    problems.push(format!("{tag}.ftl: {name} is there twice"));
                }
            }
            Some(Err(problem)) => problems.push(format!("{tag}.ftl: {name}: {problem}")),
            None => problems.push(format!("{tag}.ftl: {name} is empty")),
        }
    }
    if problems.is_empty() { Ok(messages) } else { Err(problems) }
}

fn parts(
    pattern: &Pattern<&str>,
    arguments: &mut BTreeSet<String>,
    numbers: &mut BTreeSet<String>,
) -> Result<Vec<Part>, String> {
    let mut compiled = Vec::new();
    for element in &pattern.elements {
        compiled.push(match element {
            PatternElement::TextElement { value }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => Part::Text((*value).to_owned()),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                arguments.insert(id.name.to_owned());
                Part::Argument(id.name.to_owned())
            }
            PatternElement::Placeable {
                expression:
                    Expression::Select { selector: InlineExpression::VariableReference { id }, variants },
            } => {
                arguments.insert(id.name.to_owned());
                numbers.insert(id.name.to_owned());
                let mut chosen = Vec::new();
                for variant in variants {
                    let key = (!variant.default).then_some(key(&variant.key)?);
                    chosen.push((key, parts(&variant.value, arguments, numbers)?));
                }
                chosen.sort_by_key(|(key, _)| key.is_none());
                Part::Choice { number: id.name.to_owned(), variants: chosen }
            }
            PatternElement::Placeable { .. } => return Err("more than a variable or a choice".to_owned()),
        });
    }
    Ok(compiled)
}

fn key(key: &VariantKey<&str>) -> Result<Key, String> {
    match key {
        VariantKey::Identifier { name } => {
            let known = CATEGORIES.iter().find(|(category, _)| category == name);
            known
                .map(|(_, category)| Key::Category(category))
                .ok_or_else(|| format!("{name} is no plural category"))
        }
        VariantKey::NumberLiteral { value } => {
            value.parse().map(Key::Number).map_err(|_| format!("{value} is no whole number"))
        }
    }
}

fn code(languages: &BTreeMap<&str, Messages>, groupings: &BTreeMap<&str, Grouping>) -> String {
    let reference = &languages[REFERENCE];
    let mut code = String::new();
    let variants: Vec<String> = languages.keys().map(|tag| variant(tag)).collect();
    code.push_str("/// A language, and everything that is said in it.\n");
    code.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum Language {\n");
    for (tag, variant) in languages.keys().zip(&variants) {
        let _ = writeln!(code, "    /// `{tag}`.\n    {variant},");
    }
    code.push_str("}\n\nimpl Language {\n");
    let _ = writeln!(code, "    /// Every language there is a file of.");
    let all = variants.iter().map(|variant| format!("Self::{variant}")).collect::<Vec<_>>().join(", ");
    let _ = writeln!(code, "    pub const ALL: &[Self] = &[{all}];\n");
    let _ = writeln!(
        code,
        "    /// Its BCP 47 tag.\n    pub fn tag(self) -> &'static str {{\n        match self {{"
    );
    for (tag, variant) in languages.keys().zip(&variants) {
        let _ = writeln!(code, "            Self::{variant} => {tag:?},");
    }
    code.push_str("        }\n    }\n\n");
    code.push_str("    pub(crate) fn locale(self) -> icu_locale_core::Locale {\n        match self {\n");
    for (tag, variant) in languages.keys().zip(&variants) {
        let _ = writeln!(code, "            Self::{variant} => icu_locale_core::locale!({tag:?}),");
    }
    code.push_str("        }\n    }\n\n");
    code.push_str("    /// What stands between thousands, and from how many digits on.\n");
    code.push_str("    pub(crate) fn grouping(self) -> (&'static str, usize) {\n        match self {\n");
    for (tag, variant) in languages.keys().zip(&variants) {
        let Grouping { separator, least_digits } = &groupings[tag];
        let _ = writeln!(code, "            Self::{variant} => ({separator:?}, {least_digits}),");
    }
    code.push_str("        }\n    }\n");
    for (name, message) in reference {
        let numbers: BTreeSet<&String> =
            languages.values().flat_map(|messages| &messages[name].numbers).collect();
        let method = identifier(name);
        let is_plain = message.arguments.is_empty();
        let arguments: String = message
            .arguments
            .iter()
            .map(|argument| {
                let kind = if numbers.contains(argument) { "i64" } else { "&str" };
                format!(", {}: {kind}", identifier(argument))
            })
            .collect();
        let result = if is_plain { "&'static str" } else { "String" };
        let _ = writeln!(code, "\n    /// `{name}`.\n    pub fn {method}(self{arguments}) -> {result} {{");
        if !is_plain {
            code.push_str("        let mut text = String::new();\n");
        }
        code.push_str("        match self {\n");
        for (tag, variant) in languages.keys().zip(&variants) {
            let own = &languages[tag][name];
            if is_plain {
                let _ = writeln!(code, "            Self::{variant} => {:?},", plain(&own.parts));
            } else {
                let _ = writeln!(code, "            Self::{variant} => {{{}}}", pushes(&own.parts, &numbers));
            }
        }
        code.push_str(if is_plain { "        }\n    }\n" } else { "        }\n        text\n    }\n" });
    }
    code.push_str("}\n");
    code
}

fn plain(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        _ => unreachable!("a message without variables is text"),
    };
    parts.iter().map(text).collect()
}

fn pushes(parts: &[Part], numbers: &BTreeSet<&String>) -> String {
    let mut code = String::new();
    for part in parts {
        match part {
            Part::Text(text) => drop(write!(code, " text.push_str({text:?});")),
            Part::Argument(name) if numbers.contains(name) => {
                let _ = write!(code, " text.push_str(&self.number({}));", identifier(name));
            }
            Part::Argument(name) => drop(write!(code, " text.push_str({});", identifier(name))),
            Part::Choice { number, variants } => {
                let number = identifier(number);
                let _ = write!(code, " match ({number}, self.category({number})) {{");
                for (key, parts) in variants {
                    let _ = match key {
                        Some(Key::Number(number)) => write!(code, " ({number}, _)"),
                        Some(Key::Category(category)) => write!(code, " (_, PluralCategory::{category})"),
                        // Fluent's parser guarantees a default variant; we have checked
                        // that it is the last.
                        None => write!(code, " _"),
                    };
                    let _ = write!(code, " => {{{}}}", pushes(parts, numbers));
                }
                code.push_str(" }");
            }
        }
    }
    code.push(' ');
    code
}

/// `pt-BR` as `PtBr`.
fn variant(tag: &str) -> String {
    let part = |part: &str| {
        let (first, rest) = part.split_at(1);
        format!("{}{}", first.to_uppercase(), rest.to_lowercase())
    };
    tag.split('-').map(part).collect()
}

fn identifier(name: &str) -> String {
    name.replace('-', "_")
}
