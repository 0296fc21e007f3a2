//! Server URLs, and links taken apart into their server and their key.

use reqwest::Url;
use std::fmt;
use std::net::IpAddr;

/// Longer than any key of a v1 server.
const MAX_KEY: usize = 128;

/// The root of a server: scheme, host, port, and the path it is mounted at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl(Url);

/// Where plain HTTP is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    /// On this machine only.
    ThisMachineOnly,
    /// Anywhere: `--insecure-http`.
    Anywhere,
}

impl BaseUrl {
    /// Reads a URL. Without a scheme it is https, or http on this machine; a
    /// slash or `/api/v1` at its end is ignored.
    ///
    /// # Errors
    /// The problem, in words.
    pub(crate) fn parse(text: &str, clear: PlainHttp) -> Result<Self, String> {
        let mut url = url_with_or_without_scheme(text)
            .ok_or_else(|| "that is not a server's URL, such as https://eu.example.com".to_owned())?;
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/api/v1").unwrap_or(path).trim_end_matches('/').to_owned();
        url.set_path(&path);
        url.set_query(None);
        url.set_fragment(None);
        Self::checked(url, clear)
    }

    fn checked(url: Url, clear: PlainHttp) -> Result<Self, String> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL that contains credentials is refused".to_owned());
        }
        // The URL standard lets `$`, `;`, quotes and parentheses into a host and a
        // path. Errors repeat a base, and people copy links into a shell.
        let is_plain_host = |byte| is_plain(byte) || matches!(byte, b'[' | b']');
        if !url.host_str().unwrap_or_default().bytes().all(is_plain_host) || !url.path().bytes().all(is_plain)
        {
            return Err("the host or path of the URL has characters that no server needs".to_owned());
        }
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{}:// is not supported; use https://", url.scheme()));
        }
        let base = Self(url);
        base.refuse_clear(clear)?;
        Ok(base)
    }

    /// Refuses plain HTTP to another machine.
    ///
    /// # Errors
    /// In words.
    pub(crate) fn refuse_clear(&self, clear: PlainHttp) -> Result<(), String> {
        if self.0.scheme() == "https" || self.is_this_machine() || clear == PlainHttp::Anywhere {
            return Ok(());
        }
        Err(format!(
            "http:// would send secrets unencrypted to {}; use https://, or --insecure-http if you mean it",
            self.host()
        ))
    }

    /// The URL of an endpoint. The segments are percent-encoded.
    pub(crate) fn endpoint(&self, segments: &[&str]) -> Url {
        self.with(["api", "v1"].iter().chain(segments))
    }

    /// The link of a secret.
    pub(crate) fn secret_link(&self, key: &str) -> String {
        self.with(["secret", key].iter()).into()
    }

    /// The same server under another bare host, as custom domains are; `None` if
    /// that is not a host.
    pub(crate) fn on_host(&self, host: &str) -> Option<Self> {
        // Of `https://x` the URL would take the scheme for the host.
        if host.contains([':', '/']) {
            return None;
        }
        let mut url = self.0.clone();
        url.set_port(None).ok()?;
        url.set_host(Some(host)).ok()?;
        url.set_scheme("https").ok()?;
        Self::checked(url, PlainHttp::ThisMachineOnly).ok()
    }

    /// The host, with a port that is not the usual one.
    pub(crate) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// It is on this machine.
    pub(crate) fn is_this_machine(&self) -> bool {
        is_this_machine(&self.0)
    }

    fn with<'a>(&self, segments: impl Iterator<Item = &'a &'a str>) -> Url {
        let mut url = self.0.clone();
        url.path_segments_mut().expect("http and https URLs have a path").pop_if_empty().extend(segments);
        url
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// The name that a person gives a secret or a receipt: a link or a bare key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkOrKey {
    /// The server, if it was a link.
    pub(crate) base: Option<BaseUrl>,
    /// The key.
    pub(crate) key: String,
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// The secret, for its recipient.
    Secret,
    /// Its receipt, for its sender.
    Receipt,
}

impl LinkKind {
    /// Reads the path segment in front of the key.
    fn of_segment(segment: &str) -> Option<Self> {
        match segment {
            "secret" => Some(Self::Secret),
            "private" | "receipt" | "metadata" => Some(Self::Receipt),
            _ => None,
        }
    }
}

impl LinkOrKey {
    /// Reads a link or a bare key: a link without its scheme (browsers hide it),
    /// one within a sentence, and one with punctuation or a query around it too.
    ///
    /// # Errors
    /// The problem, in words; a link of the other kind is named.
    pub(crate) fn parse(text: &str, wanted: LinkKind, clear: PlainHttp) -> Result<Self, String> {
        let text = the_one_link(text)?;
        if text.is_empty() {
            return Err("there is no link and no key".to_owned());
        }
        if !text.contains('/') {
            return Ok(Self { base: None, key: checked_key(text)? });
        }
        let no_link = || "that is not a link, such as https://eu.example.com/secret/KEY".to_owned();
        let mut url = link_url(text).ok_or_else(no_link)?;
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        let (before, key) = path.rsplit_once('/').ok_or_else(no_link)?;
        let (mount, segment) = before.rsplit_once('/').ok_or_else(no_link)?;
        let kind = LinkKind::of_segment(segment).ok_or_else(no_link)?;
        match (wanted, kind) {
            (LinkKind::Secret, LinkKind::Receipt) => {
                return Err("that is the link of a receipt; 'readonce receipt' reads it".to_owned());
            }
            (LinkKind::Receipt, LinkKind::Secret) => {
                return Err("that is the link of a secret; its receipt has a key of its own, which only \
                            the sender was given"
                    .to_owned());
            }
            _ => {}
        }
        let key = checked_key(key)?;
        url.set_path(mount.trim_end_matches('/'));
        Ok(Self { base: Some(BaseUrl::checked(url, clear)?), key })
    }
}

/// The link in a text, without the words and punctuation around it. A text without
/// spaces is one word, in which a mail may have broken the line.
///
/// # Errors
/// The problem, in words, which repeat nothing of the text.
fn the_one_link(text: &str) -> Result<&str, String> {
    let text = text.trim();
    if !text.contains(' ') {
        return Ok(bare(text));
    }
    let mut links: Vec<&str> = text.split_whitespace().map(bare).filter(|word| is_link(word)).collect();
    links.dedup();
    match links[..] {
        [link] => Ok(link),
        [] => {
            Err("that is more than a link or key, and there is no link in it; paste only the link".to_owned())
        }
        _ => Err("there is more than one link in that; paste only the one you mean".to_owned()),
    }
}

/// A word without the brackets, quotes and stops around it, and without anything
/// glued to its front, as in `Link:https://…`.
fn bare(word: &str) -> &str {
    let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
    // Behind a slash it is a part of another link.
    let start = start.filter(|start| !word[..*start].contains('/')).unwrap_or(0);
    let word = word[start..].trim_start_matches(['<', '(', '"', '\'', '*', '«', '„', '“', '‘']);
    // No key ends with another character, and only a path ends with a slash.
    word.trim_end_matches(|last: char| !last.is_alphanumeric() && last != '/')
}

fn is_link(word: &str) -> bool {
    let kind = |url: Url| url.path().split('/').rev().skip(1).find_map(LinkKind::of_segment);
    word.contains('/') && link_url(word).and_then(kind).is_some()
}

/// The URL of a link with or without its scheme. Without one, the host has to
/// look like a host: `a/secret/b` may be anything.
fn link_url(text: &str) -> Option<Url> {
    let host = text.split('/').next().unwrap_or_default();
    let has_host = host.contains(['.', ':']) || host.eq_ignore_ascii_case("localhost");
    url_with_or_without_scheme(text).filter(|_| has_host)
}

/// Without a scheme it is https, or http on this machine.
fn url_with_or_without_scheme(text: &str) -> Option<Url> {
    if text.contains("://") {
        return Url::parse(text).ok();
    }
    let url = Url::parse(&format!("https://{text}")).ok()?;
    let scheme = if is_this_machine(&url) { "http" } else { "https" };
    // The scheme decides which port is the default, so parse again.
    Url::parse(&format!("{scheme}://{text}")).ok()
}

/// A link in a server's answer, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerLink {
    /// The server that it leads to.
    pub(crate) base: BaseUrl,
    /// The key.
    pub(crate) key: String,
}

impl ServerLink {
    /// Reads a link that has nothing around it; `None` if it is not a link, or has
    /// characters that mean something to a shell. [`BaseUrl::refuse_clear`] checks
    /// for plain HTTP.
    pub(crate) fn parse(text: &str, kind: LinkKind) -> Option<Self> {
        if !text.bytes().all(|byte| is_plain(byte) || matches!(byte, b'[' | b']')) {
            return None;
        }
        let LinkOrKey { base, key } = LinkOrKey::parse(text, kind, PlainHttp::Anywhere).ok()?;
        Some(Self { base: base?, key })
    }
}

/// Checks the form of a key of a v1 server: 31 digits of base 36 here, more on newer
/// servers of others. A shell takes every such key literally.
pub(crate) fn is_key(key: &str) -> bool {
    (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `true` if a shell takes this byte literally, except at the start of a word.
pub(crate) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_./:@%+,~".contains(&byte)
}

fn checked_key(key: &str) -> Result<String, String> {
    if is_key(key) { Ok(key.to_owned()) } else { Err("a key consists of letters and digits only".to_owned()) }
}

/// `localhost` or a loopback address.
fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> Result<String, String> {
        BaseUrl::parse(text, PlainHttp::ThisMachineOnly).map(|base| base.to_string())
    }

    #[test]
    fn servers_are_read() {
        for (text, expected) in [
            ("https://eu.example.com", "https://eu.example.com"),
            ("https://EU.example.com:443/", "https://eu.example.com"),
            ("https://eu.example.com/api/v1/", "https://eu.example.com"),
            ("https://example.com/once/", "https://example.com/once"),
            ("eu.example.com", "https://eu.example.com"),
            ("eu.example.com:8443", "https://eu.example.com:8443"),
            ("localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://127.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("https://localhost:3000", "https://localhost:3000"),
        ] {
            assert_eq!(base(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn plain_http_to_another_machine_is_refused() {
        for text in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://localhost@example.com",
            "http://10.0.0.1",
            "http://[::2]",
            "ftp://example.com",
            "file:///etc/passwd",
            "https://user:password@example.com",
            "https://",
            "",
        ] {
            assert!(base(text).is_err(), "{text}");
        }
        assert!(BaseUrl::parse("http://10.0.0.1", PlainHttp::Anywhere).is_ok());
        assert!(
            LinkOrKey::parse("http://10.0.0.1/secret/abc", LinkKind::Secret, PlainHttp::ThisMachineOnly)
                .is_err()
        );
        assert!(
            LinkOrKey::parse("http://10.0.0.1/secret/abc", LinkKind::Secret, PlainHttp::Anywhere).is_ok()
        );
    }

    #[test]
    fn links_and_keys_are_read() {
        for (text, server) in [
            ("abc123", None),
            (" abc123\n", None),
            ("https://eu.example.com/secret/abc123.", Some("https://eu.example.com")),
            ("https://eu.example.com/secret/abc123/,\n", Some("https://eu.example.com")),
            ("<https://eu.example.com/secret/abc123>", Some("https://eu.example.com")),
            ("(https://eu.example.com/secret/abc123).", Some("https://eu.example.com")),
            ("\"https://eu.example.com/secret/abc123\",", Some("https://eu.example.com")),
            ("https://eu.example.com/secret/abc123", Some("https://eu.example.com")),
            ("https://eu.example.com/secret/abc123!", Some("https://eu.example.com")),
            ("»https://eu.example.com/secret/abc123«…", Some("https://eu.example.com")),
            ("https://eu.example.com/sec\nret/abc123", Some("https://eu.example.com")),
            ("Link:https://eu.example.com/secret/abc123", Some("https://eu.example.com")),
            ("eu.example.com/secret/abc123", Some("https://eu.example.com")),
            ("eu.example.com:8443/once/secret/abc123.", Some("https://eu.example.com:8443/once")),
            ("127.0.0.1:3000/secret/abc123", Some("http://127.0.0.1:3000")),
            ("localhost:3000/secret/abc123", Some("http://localhost:3000")),
            ("[::1]:3000/secret/abc123", Some("http://[::1]:3000")),
            (
                "Here is the link: https://eu.example.com/secret/abc123 (thanks)",
                Some("https://eu.example.com"),
            ),
            ("It is at eu.example.com/secret/abc123, once.", Some("https://eu.example.com")),
            ("Here:\n<https://eu.example.com/secret/abc123> and / or so\n", Some("https://eu.example.com")),
            (
                "https://eu.example.com/secret/abc123?next=http://b.example/secret/x",
                Some("https://eu.example.com"),
            ),
            ("https://eu.example.com/secret/abc123/?utm_source=mail#x", Some("https://eu.example.com")),
            ("https://example.com/once/secret/abc123", Some("https://example.com/once")),
            ("http://127.0.0.1:3000/secret/abc123", Some("http://127.0.0.1:3000")),
        ] {
            let place = LinkOrKey::parse(text, LinkKind::Secret, PlainHttp::ThisMachineOnly).unwrap();
            assert_eq!(place.key, "abc123", "{text}");
            assert_eq!(place.base.map(|base| base.to_string()).as_deref(), server, "{text}");
        }
        for segment in ["private", "receipt", "metadata"] {
            let link = format!("https://example.com/{segment}/abc123");
            assert!(LinkOrKey::parse(&link, LinkKind::Receipt, PlainHttp::ThisMachineOnly).is_ok(), "{link}");
            assert!(LinkOrKey::parse(&link, LinkKind::Secret, PlainHttp::ThisMachineOnly).is_err(), "{link}");
        }
        assert!(
            LinkOrKey::parse("https://a.example/secret/abc", LinkKind::Receipt, PlainHttp::ThisMachineOnly)
                .is_err()
        );
    }

    #[test]
    fn a_doubled_slash_does_not_make_another_server() {
        let base = |text| BaseUrl::parse(text, PlainHttp::ThisMachineOnly).unwrap();
        let expected = base("https://example.com/once");
        assert_eq!(base("https://example.com/once//api/v1"), expected);
        let link = "https://example.com/once//secret/abc123";
        let place = LinkOrKey::parse(link, LinkKind::Secret, PlainHttp::ThisMachineOnly).unwrap();
        assert_eq!(place.base, Some(expected));
    }

    #[test]
    fn other_texts_are_neither_link_nor_key() {
        for text in [
            "",
            "a/b",
            "a b",
            "../x",
            "a%2fb",
            "żółw",
            "https://example.com",
            "https://example.com/abc",
            "https://example.com/secret/",
            "https://example.com/secret/a%2fb",
            "https://example.com/secret",
            "https://user:pw@example.com/secret/abc",
            "https:///secret/abc",
            "a/secret/abc",
            "/secret/abc",
            "eu.example.com/abc",
            "tom@eu.example.com/secret/abc",
            "the key is abc123",
            "https://a.example/secret/abc or https://b.example/secret/def",
            "https://a.example/secret/abc and its receipt https://a.example/private/def",
        ] {
            assert!(LinkOrKey::parse(text, LinkKind::Secret, PlainHttp::ThisMachineOnly).is_err(), "{text}");
        }
        assert!(LinkOrKey::parse(&"a".repeat(129), LinkKind::Secret, PlainHttp::ThisMachineOnly).is_err());
    }

    #[test]
    fn a_url_with_characters_for_a_shell_is_refused_and_not_repeated() {
        for url in [
            "https://x;$(id).example.com",
            "https://x'y.example.com",
            "https://x&y.example.com",
            "http://x;$(id).example.com",
            "https://example.com/$(id)",
            "https://example.com/;id",
            "https://example.com/a'b",
            "https://example.com/a|b",
            "$(id)://example.com",
        ] {
            for clear in [PlainHttp::ThisMachineOnly, PlainHttp::Anywhere] {
                let refused = BaseUrl::parse(url, clear).unwrap_err();
                assert!(!refused.contains(['$', ';', '&', '|']), "{url}: {refused}");
                let link = format!("{url}/secret/abc");
                let refused = LinkOrKey::parse(&link, LinkKind::Secret, clear).unwrap_err();
                assert!(!refused.contains(['$', ';', '&', '|']), "{link}: {refused}");
            }
        }
        let base = BaseUrl::parse("https://example.com", PlainHttp::ThisMachineOnly).unwrap();
        for host in ["x;$(id).example.com", "x'y", "https://x", "a b", ""] {
            assert_eq!(base.on_host(host), None, "{host}");
        }
    }

    #[test]
    fn a_servers_link_is_accepted_only_without_text_around_it() {
        for link in [
            "https://example.com/secret/abc",
            "https://example.com:8443/once/secret/abc",
            "http://[::1]:3000/secret/abc",
            "http://10.0.0.1/secret/abc",
        ] {
            let ServerLink { base, key } = ServerLink::parse(link, LinkKind::Secret).unwrap();
            assert_eq!(base.secret_link(&key), link);
        }
        for text in [
            "abc",
            "https://example.com/secret/abc?;$(id)",
            "https://example.com/secret/abc#$(id)",
            "https://example.com/secret/a-b",
            "https://example.com/secret/abc ",
            "\"https://example.com/secret/abc\"",
            "(https://example.com/secret/abc)",
            "https://example.com/secret\\abc",
            "https://example.com/private/abc",
            "javascript:alert(1)",
        ] {
            assert_eq!(ServerLink::parse(text, LinkKind::Secret), None, "{text}");
        }
    }

    #[test]
    fn endpoints_and_links_are_below_the_mount() {
        let base = BaseUrl::parse("https://example.com/once", PlainHttp::ThisMachineOnly).unwrap();
        assert_eq!(
            base.endpoint(&["private", "a b", "burn"]).as_str(),
            "https://example.com/once/api/v1/private/a%20b/burn"
        );
        assert_eq!(base.secret_link("abc"), "https://example.com/once/secret/abc");
        let root = BaseUrl::parse("http://127.0.0.1:3000", PlainHttp::ThisMachineOnly).unwrap();
        assert_eq!(root.endpoint(&["status"]).as_str(), "http://127.0.0.1:3000/api/v1/status");
    }
}
