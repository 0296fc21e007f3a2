//! Compares the language files with each other, with CLDR, and with their uses.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

#[path = "../build/compile.rs"]
mod compile;

use compile::Sources;
use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Variant, VariantKey};
use icu_plurals::{PluralCategory, PluralRules};
use readonce_text::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[expect(clippy::disallowed_methods, reason = "cargo tells a test where its package is by a variable")]
fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap().into()
}

fn sources() -> Sources {
    compile::read(&package().join("locales"))
}

fn problems(change: impl FnOnce(&mut Sources)) -> Vec<String> {
    let mut sources = sources();
    change(&mut sources);
    compile::compile(&sources).err().unwrap_or_default()
}

fn replaced(sources: &mut Sources, tag: &str, from: &str, to: &str) {
    let text = sources.get_mut(tag).unwrap();
    assert!(text.contains(from), "{from}");
    *text = text.replace(from, to);
}

#[test]
fn every_file_compiles_and_is_a_language() {
    assert_eq!(problems(|_| {}), Vec::<String>::new());
    let tags: BTreeSet<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    assert_eq!(tags, sources().keys().map(String::as_str).collect());
}

#[test]
fn missing_and_extra_messages_are_refused() {
    let found = problems(|sources| replaced(sources, "pl", "copied = Skopiowano\n", ""));
    assert_eq!(found, ["pl.ftl has no copied"]);
    let found = problems(|sources| replaced(sources, "en", "copied = Copied\n", ""));
    assert_eq!(found.len(), sources().len() - 1, "{found:?}");
    assert!(found[0].contains("copied is not in en.ftl"));
    let found = problems(|sources| replaced(sources, "de", "copied = Kopiert", "copied = { $text } kopiert"));
    assert_eq!(found, ["de.ftl: copied has other variables than en.ftl"]);
    let found = problems(|sources| drop(sources.insert("it".to_owned(), "copied = Copiato".to_owned())));
    assert!(found.contains(&"it.ftl has no create-title".to_owned()));
}

#[test]
fn unsupported_fluent_files_are_refused() {
    for (text, expected) in [
        ("copied = { NUMBER($x) }", "copied: more than a variable or a choice"),
        ("copied = { $x ->\n    [three] a\n   *[other] b\n}", "three is no plural category"),
        ("copied = { $x ->\n    [1.5] a\n   *[other] b\n}", "1.5 is no whole number"),
        ("copied = a\ncopied = b", "copied is there twice"),
        ("-term = a", "something that is no plain message"),
        ("copied = { $x", "fr.ftl: "),
    ] {
        let found = problems(|sources| drop(sources.insert("fr".to_owned(), text.to_owned())));
        assert!(found.iter().any(|problem| problem.contains(expected)), "{text}: {found:?}");
    }
}

/// Covers every plural category that a number of this size can have in the language.
#[test]
fn every_choice_has_the_languages_own_plurals() {
    for (tag, source) in sources() {
        let rules = PluralRules::try_new_cardinal(tag.parse::<icu_locale_core::Locale>().unwrap().into());
        let rules = rules.unwrap();
        let needed: BTreeSet<&str> =
            (0..=1_000_i64).map(|number| name_of(rules.category_for(number))).collect();
        let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            for choice in choices(message.value.as_ref().unwrap()) {
                let missing: Vec<_> = needed.difference(&choice).collect();
                assert!(missing.is_empty(), "{tag}.ftl: {} has no {missing:?}", message.id.name);
            }
        }
    }
}

fn name_of(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn choices<'a>(pattern: &Pattern<&'a str>) -> Vec<BTreeSet<&'a str>> {
    let choice = |element: &PatternElement<&'a str>| match element {
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            let category = |variant: &Variant<&'a str>| match variant.key {
                VariantKey::Identifier { name } => Some(name),
                // A choice by the number itself needs no plurals.
                VariantKey::NumberLiteral { .. } => None,
            };
            variants.iter().map(category).collect()
        }
        _ => None,
    };
    pattern.elements.iter().filter_map(choice).collect()
}

/// Every message of a language as text, with `{}` for its variables. The variants of a
/// choice follow each other, each on its own line.
fn texts(tag: &str) -> BTreeMap<String, String> {
    let source = &sources()[tag];
    let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
    let mut texts = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut text = String::new();
        write_pattern(message.value.as_ref().unwrap(), &mut text);
        texts.insert(message.id.name.to_owned(), text);
    }
    texts
}

fn write_pattern(pattern: &Pattern<&str>, text: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                for variant in variants {
                    write_pattern(&variant.value, text);
                    text.push('\n');
                }
            }
            PatternElement::Placeable { .. } => text.push_str("{}"),
        }
    }
}

/// A no-break space before a colon and inside quotation marks, and a narrow one before
/// the other double punctuation marks.
#[test]
fn french_punctuation_has_no_break_spaces() {
    for (name, text) in texts("fr") {
        let characters: Vec<char> = text.chars().collect();
        for (index, character) in characters.iter().enumerate() {
            let before = index.checked_sub(1).map(|index| characters[index]);
            let is_right = match character {
                ':' | '»' => before == Some('\u{a0}'),
                ';' | '?' | '!' => before == Some('\u{202f}'),
                '«' => characters.get(index + 1) == Some(&'\u{a0}'),
                _ => true,
            };
            assert!(is_right, "{name}: the space at {character:?} in {text:?}");
        }
    }
}

/// A link's passphrase and a generated password must have different names, even if
/// everyday language uses one word for both.
#[test]
fn passphrase_and_password_are_two_words() {
    let words: [(&str, &[&str], &[&str]); 4] = [
        ("de", &["kennwort", "kennwörter"], &["passwort", "passwörter"]),
        ("es", &["frase de acceso", "frases de acceso"], &["contraseña"]),
        ("fr", &["phrase de passe", "phrases de passe"], &["mot de passe", "mots de passe"]),
        (
            "pl",
            &["hasło do linku", "hasła do linku", "haśle do linku", "hasłach do linku"],
            &["hasło", "hasła", "haśle"],
        ),
    ];
    let english = texts("en");
    for (tag, passphrase, password) in words {
        for (name, text) in texts(tag) {
            let mut text = text.to_lowercase();
            let english = english[&name].to_lowercase();
            let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
            assert_eq!(says(&text, passphrase), english.contains("passphrase"), "{tag}.ftl: {name}: {text}");
            for word in passphrase {
                // In Polish, one word contains the other.
                text = text.replace(word, "");
            }
            assert_eq!(says(&text, password), english.contains("password"), "{tag}.ftl: {name}: {text}");
        }
    }
}

#[test]
fn every_month_has_a_name_of_its_own() {
    for language in Language::ALL {
        let dates: BTreeSet<String> =
            (1..=12).map(|month| language.date_time(2, month, "00:00", "2026")).collect();
        assert_eq!(dates.len(), 12, "{dates:?}");
    }
}

/// A missing message does not compile; this test finds unused ones.
#[test]
fn every_message_is_used() {
    let crates = package().join("..");
    let mut code = String::new();
    for part in ["text/src", "core/src", "http/src", "http/templates"] {
        append(&crates.join(part), &mut code);
    }
    let source = &sources()["en"];
    let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let call = format!(".{}(", message.id.name.replace('-', "_"));
        assert!(code.contains(&call), "nobody says {}", message.id.name);
    }
}

fn append(directory: &Path, code: &mut String) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            append(&path, code);
        } else {
            code.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
