use readonce_core::plan::PlanName;
use readonce_tests::{Answer, TestApp};

#[tokio::test]
async fn the_recipient_gets_the_link_and_nothing_more() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let form = [
        ("secret", "the text itself"),
        ("passphrase", "the passphrase"),
        ("recipient", "jo@example.org"),
        ("ttl", "3600"),
    ];
    app.pass_seconds(4_300_000_000 - 3_600 - app.now().seconds());
    let answer = tom.share(&form).await;
    let mails = app.outbox.mails();
    assert_eq!(mails.len(), 1);
    let mail = mails[0].parsed();
    let address = |header: Option<&mail_parser::Address<'_>>| {
        header.and_then(|header| header.first()).and_then(|first| first.address()).unwrap().to_owned()
    };
    assert_eq!(address(mail.from()), "secrets@readonce.example");
    assert_eq!(address(mail.to()), "jo@example.org");
    assert_eq!(address(mail.reply_to()), "tom@example.com");
    assert_eq!(mail.subject(), Some("tom@example.com sent you a secret"));
    let link = answer.text("secret_url");
    assert_eq!(mails[0].link(), link);
    let text = mails[0].text().replace(&link, "[link]");
    let text = text.replace(&app.origin(), "[site]").replace("-- \n", "--\n");
    insta::assert_snapshot!(text, @r"
    tom@example.com has shared a secret with you:

    [link]

    The link works only once and is valid until 6 April 2106, 12:26 UTC (1 hour).
    Have a place ready to keep the secret: it is shown only once.
    To open it you need a passphrase, which you get separately.
    If you did not expect this, do not open the link; ask the sender first.
    Readonce sends passwords, keys and notes as links that work only once.

    --
    Readonce
    [site]
    ");
    let html = mails[0].html();
    for sentence in mails[0].text().lines().skip(4).filter(|line| !line.starts_with("--")) {
        assert!(html.contains(sentence), "{sentence}");
    }
    assert_eq!(html.matches(&link).count(), 2, "as a link and in the clear: {html}");
    for part in [mails[0].text(), html, answer.body] {
        assert!(!part.contains("the text itself"));
        assert!(!part.contains("the passphrase"));
        assert!(!part.contains("jo@example.org"));
    }
}

#[tokio::test]
async fn a_mail_without_passphrase_does_not_speak_of_one() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    let answer = tom.generate(&[("recipient", "jo@example.org")]).await;
    let mails = app.outbox.mails();
    assert!(!mails[0].text().contains("passphrase"));
    assert_eq!(mails[0].link(), answer.text("secret_url"));
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let html = entities.iter().fold(mails[0].html(), |html, (entity, text)| html.replace(entity, text));
    for part in [mails[0].text(), html] {
        assert!(!part.contains(&answer.text("value")), "nor the generated value: {part}");
    }
}

#[tokio::test]
async fn the_mail_carries_the_share_domain() {
    let app = TestApp::start().await;
    let tom = app.account_with("tom@example.com", PlanName::Basic, &["toms.example.com"]).await;
    let form = [("secret", "x"), ("recipient", "jo@example.org"), ("share_domain", "toms.example.com")];
    let key = tom.shared(&form).await;
    assert_eq!(app.outbox.mails()[0].link(), format!("https://toms.example.com/secret/{key}"));
}

#[tokio::test]
async fn markup_in_an_address_is_inert() {
    let app = TestApp::start().await;
    let sender = "a&'b/=?^`{|}~@example.com";
    let caller = app.account(sender).await;
    let answer = caller.share(&[("secret", "x"), ("recipient", "jo@example.org")]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let mails = app.outbox.mails();
    assert_eq!(mails[0].parsed().subject(), Some(format!("{sender} sent you a secret").as_str()));
    assert!(mails[0].html().contains("a&amp;&#39;b/=?^`{|}~@example.com"));
}

#[tokio::test]
async fn a_recipient_while_mail_is_off_is_a_client_error() {
    let app = TestApp::start_with(|settings| settings.mail = None).await;
    let tom = app.account("tom@example.com").await;
    let refused = (403, "The email could not be sent; the secret was not kept.".to_owned());
    app.faults.take_calls();
    let answer = tom.share(&[("secret", "x"), ("recipient", "jo@example.org")]).await;
    assert_eq!(answer.refusal(), refused);
    assert_eq!(tom.generate(&[("recipient", "jo@example.org")]).await.refusal(), refused);
    assert_eq!(app.faults.take_calls(), ["GetItem", "GetItem"], "nothing is stored or counted");
    let page = tom.request("POST", "/api/v1/share?page=en").body("secret=x&recipient=jo@example.org");
    let page = Answer::to(page).await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("This service does not send mail"), "{}", page.body);
    let undeliverable = tom.share(&[("secret", "x"), ("recipient", "jo")]).await;
    assert_eq!(undeliverable.status, 400, "an address that is none is refused first");
    assert_eq!(tom.share(&[("secret", "x")]).await.status, 200);
}

#[tokio::test]
async fn a_mail_is_from_the_brand_by_name() {
    for name in ["Acme", "Acme, \"Secrets\" \\ Co. <x@evil.example>", "Złota Rączka", &"€uro ".repeat(11)]
    {
        let app = TestApp::start_with(|settings| settings.brand.name = name.parse().unwrap()).await;
        let tom = app.account("tom@example.com").await;
        assert_eq!(tom.share(&[("secret", "x"), ("recipient", "jo@example.org")]).await.status, 200);
        let mails = app.outbox.mails();
        let mail = mails[0].parsed();
        let from = mail.from().unwrap();
        assert_eq!(from.iter().count(), 1, "{name}");
        let from = from.first().unwrap();
        assert_eq!((from.name(), from.address()), (Some(name.trim()), Some("secrets@readonce.example")));
    }
}
