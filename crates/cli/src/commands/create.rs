//! The common part of share and generate: storing a secret, and printing its link.

use super::message;
use super::passphrase::{self, Purpose};
use crate::call::client::Answer;
use crate::call::wire::Receipt;
use crate::call::{Call, Form};
use crate::commands::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::options::CreateOptions;
use crate::server::Server;
use crate::server::link::{BaseUrl, PlainHttp, is_plain};
use crate::terminal::clipboard::Clipboard;
use crate::terminal::console::Stdout;
use crate::terminal::qr;
use crate::words;
use jiff::tz::TimeZone;
use zeroize::Zeroizing;

const IF_LOST: &str = "It may have been stored all the same (and mailed, with --recipient), but its link has not \
                       come back; it expires by itself. Share again, or look at 'readonce recent'.";

const LINK_LOST: &str = "The secret is stored, but nothing except the terminal, if there is one, has shown its link. \
                         Share again; this one expires by itself.";

/// Everything that can be checked before a person types anything.
pub(crate) struct Prepared {
    server: Server,
    clipboard: Option<Clipboard>,
    passphrase: Option<Zeroizing<String>>,
}

/// Checks everything that can fail on this machine.
///
/// # Errors
/// As the exit codes say.
pub(crate) fn prepare(context: &Context<'_>, options: &CreateOptions) -> Result<Prepared> {
    let server = context.servers.chosen()?;
    if !options.copy && options.recipient.is_none() {
        context.console.needs_stdout()?;
    }
    if options.qr && !context.console.stderr_is_terminal {
        return Err(Failure::new(Kind::Usage, "there is no terminal to draw a QR code on; nothing was sent"));
    }
    let clipboard = if options.copy { Some(Clipboard::find(context.servers.environment)?) } else { None };
    Ok(Prepared { server, clipboard, passphrase: passphrase::of_file(&options.passphrase)? })
}

/// Stores the secret in `form` and prints its link.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn create(
    context: &Context<'_>,
    prepared: Prepared,
    verb: &str,
    mut form: Form,
    options: &CreateOptions,
) -> Result<()> {
    let Prepared { server, clipboard, passphrase } = prepared;
    let passphrase = match passphrase {
        None => passphrase::asked(&options.passphrase, Purpose::New)?,
        given => given,
    };
    if let Some(passphrase) = passphrase {
        form.add("passphrase", &passphrase);
    }
    form.add_if("ttl", options.ttl.map(|ttl| ttl.seconds().to_string()).as_deref());
    form.add_if("recipient", options.recipient.as_deref());
    form.add_if("share_domain", options.share_domain.as_deref());
    let answer = context.client(&server)?.call(Call::post(&[verb], form, IF_LOST)).await?;
    tell(context, &server, &answer, options, clipboard.as_ref())
}

fn tell(
    context: &Context<'_>,
    server: &Server,
    answer: &Answer,
    options: &CreateOptions,
    clipboard: Option<&Clipboard>,
) -> Result<()> {
    let console = context.console;
    let receipt: Receipt = answer.read()?;
    let clear = context.servers.clear();
    let link = link(answer, &receipt, &server.base, clear)?.ok_or_else(|| {
        Failure::new(Kind::Server, format!("{} has answered without a key", server.base)).advise(IF_LOST)
    })?;
    // The sender hands over the bare link, or a message around it.
    let result = if options.message { message::around(&link, &receipt, words::now()) } else { link.clone() };
    let name = if options.message { "message" } else { "link" };
    let printed = if context.connection.json {
        answer.json_of([&receipt], clear).and_then(|json| console.exactly(&json))
    } else {
        console.result(&result)
    };
    let is_printed = printed.is_ok() && console.stdout != Stdout::Nowhere;
    let copied = clipboard.map_or(Ok(()), |clipboard| clipboard.copy(&result));
    let is_copied = clipboard.is_some() && copied.is_ok();
    let outcome = printed.and(copied).map_err(|failure| match (is_printed, is_copied) {
        (true, _) => failure.advise(format!("The {name} is on standard output.")),
        (_, true) => failure.advise(format!("The {name} is in the clipboard.")),
        _ => {
            console.say(&link);
            failure.advise(LINK_LOST)
        }
    });
    if !context.connection.json {
        if let Some(value) = receipt.generated() {
            console.say(&Zeroizing::new(format!("Password: {value}")));
        }
        console.say(&lifetime(&receipt, options));
        if !console.stderr_is_terminal
            && let Some((kept, asked)) = another_lifetime(&receipt, options)
        {
            let limit = if kept < asked { "no more" } else { "no less" };
            let (kept, asked) = (words::duration(kept), words::duration(asked));
            console.tell(&format!(
                "readonce: warning: it lives for {kept}, not {asked}: the server allows {limit}\n"
            ));
        }
        for recipient in &receipt.recipient {
            console.say(&format!("Mailed to {recipient}."));
        }
        if receipt.needs_passphrase() {
            console.say("Give the recipient the passphrase in another way than the link.");
        }
        follow(context, server, &receipt);
    }
    if options.qr {
        console.tell(&qr::drawn(&link, console.colours)?);
    }
    if is_copied {
        console.say(&format!("The {name} is in the clipboard."));
    }
    outcome
}

/// The link to hand over, rebuilt from its parts: those of the server's own link,
/// else its key below the server.
///
/// # Errors
/// [`Kind::Server`] if it would be opened in clear elsewhere.
pub(crate) fn link(
    answer: &Answer,
    receipt: &Receipt,
    base: &BaseUrl,
    clear: PlainHttp,
) -> Result<Option<String>> {
    if let Some(link) = &receipt.secret_url {
        link.base.refuse_clear(clear).map_err(|problem| answer.has_a_link_in_clear(&problem))?;
        return Ok(Some(link.base.secret_link(&link.key)));
    }
    let own_host = receipt.share_domain.as_deref().and_then(|host| base.on_host(host));
    Ok(receipt.secret_key().map(|key| own_host.as_ref().unwrap_or(base).secret_link(key)))
}

fn lifetime(receipt: &Receipt, options: &CreateOptions) -> String {
    let Some(seconds) = receipt.secret_ttl.or(receipt.ttl) else { return "It works once.".to_owned() };
    let end = words::point_in_time(words::now().saturating_add(seconds), &TimeZone::system());
    // The server's clock may have moved on by a second since it was stored.
    let kept = receipt.ttl.unwrap_or(seconds);
    let instead = another_lifetime(receipt, options)
        .map(|(_, asked)| format!("; you asked for {}", words::duration(asked)))
        .unwrap_or_default();
    format!("It works once, for {}, until {end}{instead}.", words::duration(kept))
}

/// The lifetimes that the server gave and was asked for, in seconds, if they differ.
fn another_lifetime(receipt: &Receipt, options: &CreateOptions) -> Option<(i64, i64)> {
    let kept = receipt.ttl?;
    let asked = i64::try_from(options.ttl?.seconds()).unwrap_or(i64::MAX);
    (asked != kept).then_some((kept, asked))
}

/// Prints the commands that follow a secret, so that they can be copied.
fn follow(context: &Context<'_>, server: &Server, receipt: &Receipt) {
    let Some(key) = receipt.key() else { return };
    let connection = context.connection;
    let with_value = |flag: &str, value: &str| format!(" {flag} {}", quoted(value));
    let flags = [
        connection.config.as_ref().map(|path| with_value("--config", &path.to_string_lossy())),
        server.chosen.as_ref().map(|name| with_value("--server", name)),
        connection.insecure_http.then(|| " --insecure-http".to_owned()),
    ];
    let flags: String = flags.into_iter().flatten().collect();
    context.console.say(&format!(
        "Only for you:\n  readonce{flags} receipt {key}   was it opened?\n  readonce{flags} burn {key}      destroy it unopened"
    ));
}

/// Quotes a word for a shell, if it needs that.
fn quoted(word: &str) -> String {
    if word.bytes().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_change_it() {
        assert_eq!(quoted("https://eu.example.com/x"), "https://eu.example.com/x");
        assert_eq!(quoted("it's $HOME"), "'it'\\''s $HOME'");
    }
}
