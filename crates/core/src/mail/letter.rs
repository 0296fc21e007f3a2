//! What the mail with the link says, as text and as HTML. Everything is in it:
//! nothing is loaded, nothing reports back.

use crate::brand::colour::Colour;
use crate::brand::{Brand, BrandLink};
use crate::mail::SecretMail;
use readonce_text::Language;

/// A mail's three parts.
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Behind the text where a mail program asks for no other.
const PAPER: Colour = Colour::WHITE;

impl Letter {
    /// The letter that announces a secret, in the sender's language.
    pub(crate) fn of(mail: &SecretMail<'_>, brand: &Brand) -> Self {
        let language = mail.language;
        let sender = mail.sender.as_str();
        let link = mail.receipt.secret_url();
        let until = language.mail_until(
            &language.duration(mail.receipt.ttl_seconds),
            &mail.receipt.secret_ends().in_utc(language),
        );
        let mut sentences = vec![until, language.mail_once().to_owned()];
        if mail.receipt.passphrase_required {
            sentences.push(language.mail_passphrase().to_owned());
        }
        sentences.push(language.mail_unexpected().to_owned());
        sentences.push(language.mail_about(brand.name.as_str()));
        Self {
            subject: language.mail_subject(sender),
            text: text(language, sender, &link, &sentences, mail, brand),
            html: html(language, sender, &link, &sentences, mail, brand),
        }
    }
}

/// Name and addresses of the product, a line each.
fn signature(mail: &SecretMail<'_>, brand: &Brand) -> Vec<String> {
    let mut lines = vec![brand.name.as_str().to_owned(), mail.receipt.site.to_string()];
    let contact = brand.contact.as_ref().map(BrandLink::as_str);
    lines.extend(contact.map(|link| link.strip_prefix("mailto:").unwrap_or(link).to_owned()));
    lines
}

fn text(
    language: Language,
    sender: &str,
    link: &str,
    sentences: &[String],
    mail: &SecretMail<'_>,
    brand: &Brand,
) -> String {
    // Two dashes and a blank are what mail programs know a signature by
    // (RFC 3676, 4.3).
    format!(
        "{}\n\n{link}\n\n{}\n\n-- \n{}\n",
        language.mail_lead(sender),
        sentences.join("\n"),
        signature(mail, brand).join("\n")
    )
}

/// Without colours of our own but for the button, so that a mail program's dark
/// mode stays what its reader has chosen.
fn html(
    language: Language,
    sender: &str,
    link: &str,
    sentences: &[String],
    mail: &SecretMail<'_>,
    brand: &Brand,
) -> String {
    let accent = brand.accent.0;
    let on_accent = accent.text_on_it();
    let edge = accent.readable_on(PAPER);
    let link = escaped(link);
    let paragraphs: String =
        sentences.iter().map(|sentence| format!("<p>{}</p>\n", escaped(sentence))).collect();
    let signature: Vec<String> = signature(mail, brand).iter().map(|line| escaped(line)).collect();
    format!(
        "<!doctype html>\n\
         <html lang=\"{tag}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n\
         </head>\n\
         <body style=\"margin:0;padding:24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif\">\n\
         <div style=\"max-width:560px;margin:0 auto\">\n\
         <p style=\"font-size:18px\">{lead}</p>\n\
         <p style=\"margin:28px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:12px 24px;border:1px solid {edge};border-radius:8px;background-color:{accent};color:{on_accent};font-weight:600;text-decoration:none\">{button}</a></p>\n\
         <p style=\"overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px\">{link}</p>\n\
         {paragraphs}\
         <p style=\"margin-top:32px;padding-top:16px;border-top:1px solid #8888;font-size:14px\">{signature}</p>\n\
         </div>\n\
         </body>\n\
         </html>\n",
        tag = language.tag(),
        title = escaped(language.mail_title()),
        lead = escaped(&language.mail_lead(sender)),
        button = escaped(language.mail_button()),
        signature = signature.join("<br>\n"),
    )
}

/// Text for HTML's content and attribute values.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn html_is_escaped() {
        assert_eq!(escaped("o'x&y@example.com<\">"), "o&#39;x&amp;y@example.com&lt;&quot;&gt;");
    }
}
