//! What a client would rather have, by any Accept, Accept-Language and
//! Accept-Encoding.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use readonce_fuzz::answers::assert_documented;
use readonce_fuzz::fixture::NOW;
use readonce_fuzz::service::Service;
use readonce_http::gateway::event::{Event, HttpContext, RequestContext};
use readonce_http::gateway::reply::Reply;
use readonce_text::Language;
use std::sync::LazyLock;

static SERVICE: LazyLock<Service> = LazyLock::new(Service::default);

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    /// What is spoken, and how well it is liked, in thousandths.
    languages: Vec<(Tag<'a>, u16)>,
    accept: &'a str,
    accept_encoding: &'a str,
    raw: &'a str,
    blanks: u8,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Tag<'a> {
    Ours(u8),
    /// Of a region.
    Region(u8),
    Other(&'a str),
}

fuzz_target!(|input: Input<'_>| {
    // A header that is well-formed says what it says.
    let blanks = " ".repeat(usize::from(input.blanks % 3));
    let members = input.languages.iter().map(|(tag, quality)| member(*tag, *quality, &blanks));
    let header = members.collect::<Vec<_>>().join(&format!("{blanks},{blanks}"));
    let reply = about(&[("accept-language", &header)]);
    assert_eq!(language(&reply), best(&input.languages).tag(), "{header}");
    // Whatever it is, an answer is one of ours.
    let reply = about(&[
        ("accept-language", input.raw),
        ("accept", input.accept),
        ("accept-encoding", input.accept_encoding),
    ]);
    assert!(Language::ALL.iter().any(|known| known.tag() == language(&reply)), "{}", input.raw);
    let names_gzip = input.accept_encoding.to_ascii_lowercase().contains("gzip");
    assert!(reply.compressed.is_none() || names_gzip, "{}", input.accept_encoding);
    // A page only to who asks for one by name.
    let reply = get("/nowhere", &[("accept", input.accept), ("accept-language", input.raw)]);
    assert_eq!(reply.status, 404);
    let is_page = reply.all_headers()["content-type"].starts_with("text/html");
    assert!(!is_page || input.accept.to_ascii_lowercase().contains("text/html"), "{}", input.accept);
});

fn about(headers: &[(&str, &str)]) -> Reply {
    get("/about", headers)
}

fn get(path: &str, headers: &[(&str, &str)]) -> Reply {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let event = Event {
        raw_path: path.to_owned(),
        headers: Some(headers.collect()),
        request_context: RequestContext {
            domain_name: "eu.example.com".to_owned(),
            http: HttpContext { method: "GET".to_owned(), source_ip: String::new() },
        },
        ..Event::default()
    };
    let (reply, _) = SERVICE.answer(event, NOW, []);
    assert_documented("GET", path, &reply);
    reply
}

/// The language that a page says it is in.
fn language(reply: &Reply) -> &str {
    let (_, after) = reply.body.split_once("<html lang=\"").expect("a page says its language");
    after.split('"').next().unwrap_or_default()
}

fn member(tag: Tag<'_>, quality: u16, blanks: &str) -> String {
    let tag = match tag {
        Tag::Ours(index) => of(index).tag().to_owned(),
        Tag::Region(index) => format!("{}-XX", of(index).tag().to_ascii_uppercase()),
        Tag::Other(text) => other(text),
    };
    match quality {
        // Left out, it is the best.
        0..=999 => format!("{tag}{blanks};{blanks}q=0.{quality:03}"),
        1000..2000 => format!("{tag};q=1.000"),
        _ => tag,
    }
}

/// A language that we do not speak.
fn other(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric).take(8);
    format!("x{}", letters.collect::<String>())
}

fn of(index: u8) -> Language {
    Language::ALL[usize::from(index) % Language::ALL.len()]
}

/// What a person would read out of the header.
fn best(languages: &[(Tag<'_>, u16)]) -> Language {
    let mut best = (Language::DEFAULT, 0);
    for (tag, quality) in languages {
        let quality = (*quality).min(1_000);
        match tag {
            Tag::Ours(index) | Tag::Region(index) if quality > best.1 => best = (of(*index), quality),
            _ => {}
        }
    }
    best.0
}
