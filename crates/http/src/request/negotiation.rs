//! Content negotiation: the headers Accept, Accept-Language and Accept-Encoding (RFC
//! 9110, 12.5), which share one syntax.

use crate::gateway::event::Event;
use readonce_text::Language;

/// The maximum quality, in thousandths.
const FULL: u16 = 1_000;

/// Whether the client names HTML and prefers it to JSON. Wildcards do not count,
/// because API clients send `*/*`.
pub(crate) fn prefers_html(event: &Event) -> bool {
    let accept = event.header("accept").unwrap_or_default();
    let of = |name: &str| members(accept).find(|(member, _)| member.eq_ignore_ascii_case(name));
    let quality = |name: &str| of(name).map_or(0, |(_, quality)| quality);
    quality("text/html") > quality("application/json")
}

/// Whether the client accepts a gzip-compressed answer.
pub(crate) fn takes_gzip(event: &Event) -> bool {
    let mut accepted = members(event.header("accept-encoding").unwrap_or_default());
    accepted.any(|(coding, quality)| coding.eq_ignore_ascii_case("gzip") && quality > 0)
}

/// The supported language that the client prefers most.
pub(crate) fn language(event: &Event) -> Language {
    let header = event.header("accept-language").unwrap_or_default();
    let spoken = members(header).filter_map(|(tag, quality)| Some((Language::of_tag(tag)?, quality)));
    let liked = spoken.filter(|(_, quality)| *quality > 0);
    // The first of equal preferences wins.
    let best = liked.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map_or(Language::DEFAULT, |(language, _)| language)
}

/// The value of a query parameter, still percent-encoded; `None` if it is missing.
pub(crate) fn query<'a>(event: &'a Event, name: &str) -> Option<&'a str> {
    let mut pairs = event.raw_query_string.split('&');
    pairs.find_map(|pair| pair.split_once('=').filter(|(found, _)| *found == name).map(|(_, value)| value))
}

/// The members of a list with their quality in thousandths; 0 if the quality cannot be
/// parsed.
fn members(header: &str) -> impl Iterator<Item = (&str, u16)> {
    header.split(',').map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        (name, weight.map_or(FULL, thousandths))
    })
}

/// `0.85` as 850.
fn thousandths(weight: &str) -> u16 {
    let (whole, rest) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = format!("{rest:0<3}");
    match (whole, digits.get(..3).and_then(|digits| digits.parse::<u16>().ok())) {
        ("1", _) => FULL,
        ("0", Some(thousandths)) => thousandths,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Event {
        Event { headers: Some([(name.to_owned(), value.to_owned())].into()), ..Event::default() }
    }

    #[test]
    fn browsers_want_html_and_api_clients_do_not() {
        for (accept, expected) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
            ("text/html", true),
            ("Text/HTML;q=0.9, application/json;q=0.8", true),
            ("*/*", false),
            ("", false),
            ("application/json", false),
            ("application/json, text/html", false),
            ("application/json, text/plain, */*", false),
            ("text/*", false),
            ("text/html;q=0", false),
        ] {
            assert_eq!(prefers_html(&with("Accept", accept)), expected, "{accept}");
        }
    }

    #[test]
    fn the_most_preferred_language_wins() {
        for (header, expected) in [
            ("", Language::En),
            ("pl", Language::Pl),
            ("de-AT,de;q=0.9,en;q=0.8", Language::De),
            ("ja,fr;q=0.3,es;q=0.5", Language::Es),
            ("en;q=0.4, PL;q=0.9", Language::Pl),
            ("pl;q=0,de;q=0.001", Language::De),
            ("pl;q=x", Language::En),
            ("*", Language::En),
            (";;;,,q=1", Language::En),
        ] {
            assert_eq!(language(&with("accept-language", header)), expected, "{header}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_panics(header in ".*") {
            let _ = (prefers_html(&with("accept", &header)), takes_gzip(&with("accept-encoding", &header)));
            let _ = language(&with("accept-language", &header));
        }
    }
}
