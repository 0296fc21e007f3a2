//! Pages and their forms, without a browser; tests/browser has the rest.

use readonce_core::verbs::guess;
use readonce_tests::faults::Fault;
use readonce_tests::{Answer, Caller, TestApp};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const JAVA: &str = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";

/// Sends a form as one of our pages does.
async fn send(caller: &Caller, path: &str, form: &str) -> Answer {
    let request = caller.request("POST", path).header("accept", BROWSER);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Answer::to(request.body(form.to_owned())).await
}

/// The text of the element with this id.
fn element<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, after) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {page}"));
    let (_, inside) = after.split_once('>').unwrap();
    inside.split('<').next().unwrap()
}

#[tokio::test]
async fn our_forms_get_pages_and_all_other_calls_get_the_api() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    for (accept, query, is_page) in [
        (BROWSER, "?page=en", true),
        (BROWSER, "?page=xx", true),
        (BROWSER, "", false),
        (BROWSER, "?lang=en", false),
        (JAVA, "", false),
        (BROWSER, "?page=", false),
        (BROWSER, "?page=2", false),
        ("*/*", "?page=en", true),
        ("application/json", "?page=en", true),
        ("*/*", "", false),
    ] {
        let key = anonymous.shared(&[("secret", "x")]).await;
        for path in ["/api/v1/share", &format!("/api/v1/secret/{key}")] {
            let request = anonymous.request("POST", &format!("{path}{query}")).header("accept", accept);
            let answer = Answer::to(request.body("secret=x&deliberate=yes")).await;
            assert_eq!(answer.status, 200, "{accept} {path}{query}");
            let expected = if is_page { "text/html" } else { "application/json" };
            assert!(answer.header("content-type").starts_with(expected), "{accept} {path}{query}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_not_deliberate_reveals_and_burns_nothing() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "x")]).await;
    let (key, receipt) = (shared.text("secret_key"), shared.text("metadata_key"));
    for form in ["", "deliberate=", "deliberate=on", "deliberate=no", "deliberate=yes&deliberate=no"] {
        for path in
            [format!("/api/v1/secret/{key}?page=en"), format!("/api/v1/private/{receipt}/burn?page=en")]
        {
            // Crawlers that submit forms send various Accept headers.
            for accept in [BROWSER, "*/*", "", "application/json", "application/xhtml+xml, */*;q=0.8"] {
                app.faults.take_calls();
                let request = anonymous.request("POST", &path).header("accept", accept);
                let answer = Answer::to(request.body(form)).await;
                assert_eq!(answer.status, 400, "{path} {form} {accept}");
                assert!(answer.body.contains("Please choose an answer first"), "{}", answer.body);
                assert!(app.faults.take_calls().iter().all(|call| call == "GetItem"));
            }
        }
    }
    let answer = send(&anonymous, &format!("/api/v1/secret/{key}?page=en"), "deliberate=yes").await;
    assert_eq!(element(&answer.body, "text"), "\nx");
}

#[tokio::test]
async fn a_browsers_line_ends_are_stored_as_typed() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let answer = send(&anonymous, "/api/v1/share?page=en", "secret=a%0D%0Ab%0Dc").await;
    let link = element(&answer.body, "link").to_owned();
    let key = link.rsplit('/').next().unwrap();
    assert_eq!(anonymous.revealed(key).await.unwrap(), "a\nb\rc");
    let key = anonymous.shared(&[("secret", "a\r\nb")]).await;
    assert_eq!(anonymous.revealed(&key).await.unwrap(), "a\r\nb", "the API takes texts as they are");
}

#[tokio::test]
async fn errors_are_pages_of_the_same_status_and_ask_for_no_credentials() {
    let app = TestApp::start_with(|settings| settings.create.minimum_passphrase = 8).await;
    let anonymous = app.anonymous();
    for (path, form, status, expected) in [
        ("share", "secret=", 400, "There is no secret to share yet."),
        ("share", "secret=x&passphrase=short", 400, "at least 8 characters"),
        ("share", "secret=x&recipient=jo@example.org", 401, "You need an account to send mail."),
        ("share", "secret=%", 400, "The form could not be read."),
        ("generate", "length=3", 400, "at least 4 characters"),
        ("generate", "length=129", 400, "at most 128 characters"),
        ("secret/0123456789abcdefghijklmnopqrstu", "deliberate=yes", 404, "There is nothing here any more"),
        ("secret/x", "deliberate=yes", 404, "There is nothing here any more"),
        ("private/x/burn", "deliberate=yes", 404, "There is nothing here any more"),
    ] {
        let answer = send(&anonymous, &format!("/api/v1/{path}?page=en"), form).await;
        assert_eq!(answer.status, status, "{path} {form}");
        assert!(answer.body.contains(expected), "{path} {form}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("www-authenticate"), "");
    }
    let stranger = anonymous.with_basic("tom@example.com", "abcdef");
    let answer = send(&stranger, "/api/v1/share?page=en", "secret=x").await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, ""));
}

#[tokio::test]
async fn when_aws_is_down_a_page_says_so_and_the_secret_stays() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let shared = anonymous.share(&[("secret", "x"), ("passphrase", "y")]).await;
    let (key, receipt) = (shared.text("secret_key"), shared.text("metadata_key"));
    app.faults.always("GetItem", Fault::AccessDenied);
    for path in [format!("/secret/{key}"), format!("/private/{receipt}")] {
        let answer = anonymous.get(&path).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{path}");
        assert!(answer.body.contains("not available at the moment"), "{}", answer.body);
    }
    for path in [format!("/api/v1/secret/{key}?page=en"), format!("/api/v1/private/{receipt}/burn?page=en")] {
        let answer = send(&anonymous, &path, "deliberate=yes&passphrase=y").await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{path}");
        assert!(answer.body.contains("not available at the moment"), "{}", answer.body);
    }
    // These pages call no AWS service.
    for path in ["/", "/about", "/robots.txt", "/favicon.svg", "/favicon.ico"] {
        assert_eq!(anonymous.get(path).await.status, 200, "{path}");
    }
    app.faults.clear();
    let answer =
        send(&anonymous, &format!("/api/v1/secret/{key}?page=en"), "deliberate=yes&passphrase=y").await;
    assert_eq!(element(&answer.body, "text"), "\nx");
}

#[tokio::test]
async fn viewing_the_receipt_page_does_not_mark_the_receipt_as_viewed() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x")]).await;
    let receipt = shared.text("metadata_key");
    for _ in 0..2 {
        let page = app.anonymous().get(&format!("/receipt/{receipt}")).await;
        assert!(page.body.contains("Not opened yet"));
    }
    let answer = app.anonymous().get(&format!("/api/v1/private/{receipt}")).await;
    assert_eq!(answer.text("state"), "new");
}

#[tokio::test]
async fn the_page_and_the_mail_speak_the_callers_language() {
    let app = TestApp::start().await;
    let tom = app.account("tom@example.com").await;
    for (accepted, path, subject) in [
        ("", "/api/v1/share", "tom@example.com sent you a secret"),
        ("fr-CH, fr;q=0.9", "/api/v1/share", "tom@example.com vous a envoyé un secret"),
        ("fr", "/api/v1/share?page=de", "tom@example.com hat Ihnen ein Geheimnis geschickt"),
    ] {
        let request = tom.request("POST", path).header("accept-language", accepted).header("accept", BROWSER);
        let answer = Answer::to(request.body("secret=x&recipient=jo@example.org")).await;
        assert_eq!(answer.status, 200);
        let mails = app.outbox.mails();
        assert_eq!(mails.last().unwrap().parsed().subject(), Some(subject));
    }
    for (accepted, path, expected) in [
        ("", "/", "<html lang=\"en\">"),
        ("es-MX", "/about", "<html lang=\"es\">"),
        ("es-MX", "/about?lang=pl", "<html lang=\"pl\">"),
        ("es-MX", "/about?lang=xx", "<html lang=\"es\">"),
    ] {
        let request = app.anonymous().request("GET", path).header("accept-language", accepted);
        assert!(Answer::to(request).await.body.contains(expected), "{accepted} {path}");
    }
}

#[tokio::test]
async fn a_closed_service_offers_accounts_only() {
    let app = TestApp::start_with(|settings| {
        settings.create.plans.anonymous = None;
        settings.mail = None;
    })
    .await;
    let page = app.anonymous().get("/").await.body;
    assert!(page.contains("You need an account to create a link here."));
    assert!(!page.contains("name=\"recipient\""), "nothing is offered that does not work");
    let answer = send(&app.anonymous(), "/api/v1/share?page=en", "secret=x").await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn unknown_paths_get_a_page_or_json() {
    let app = TestApp::start().await;
    for (path, accept, is_page) in [
        ("/nothing", BROWSER, true),
        ("/secret", BROWSER, true),
        ("/apis", BROWSER, true),
        ("/nothing", "*/*", false),
        ("/api/v1/nothing", BROWSER, false),
        ("/api/v1/share?page=en", BROWSER, true),
        ("/api/v1/share?page=en", "*/*", false),
        ("/api", BROWSER, false),
    ] {
        let answer = Answer::to(app.anonymous().request("GET", path).header("accept", accept)).await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.body == r#"{"error":"Not Found"}"#, !is_page, "{path} {accept}");
        assert_eq!(answer.body.contains("There is no such page"), is_page, "{path} {accept}");
    }
}

/// A page cannot persist the expiry, so it waits until nothing can undo it.
#[tokio::test]
async fn a_receipt_page_writes_nothing_and_reports_no_expiry_too_early() {
    let app = TestApp::start().await;
    let shared = app.anonymous().share(&[("secret", "x"), ("ttl", "600")]).await;
    let page = format!("/private/{}", shared.text("metadata_key"));
    app.faults.take_calls();
    for (seconds, has_ended, has_expired) in
        [(0, false, false), (600, true, false), (359, true, false), (1, true, true)]
    {
        app.pass_seconds(seconds);
        let answer = app.anonymous().get(&page).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body.contains("Expired"), has_expired, "{seconds}: {}", answer.body);
        assert_eq!(answer.body.contains("still works"), !has_ended, "{seconds}: {}", answer.body);
        assert_eq!(answer.body.contains("/burn"), !has_ended, "{seconds}: {}", answer.body);
    }
    assert!(app.faults.take_calls().iter().all(|call| call == "GetItem"));
}

#[tokio::test]
async fn pages_show_the_limits_in_force() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let minutes = guess::RATE.window_seconds / 60;
    let about = anonymous.get("/about").await.body;
    let expected = format!(
        "After {} wrong passphrases, no further attempt is possible for up to {minutes} minutes.",
        guess::RATE.most
    );
    assert!(about.contains(&expected), "{about}");
    let key = anonymous.shared(&[("secret", "x"), ("passphrase", "y")]).await;
    let wrong = "deliberate=yes&passphrase=z";
    let answer = send(&anonymous, &format!("/api/v1/secret/{key}?page=en"), wrong).await;
    let expected =
        format!("After {} wrong attempts you must wait for up to {minutes} minutes.", guess::RATE.most);
    assert!(answer.body.contains(&expected), "{}", answer.body);
    for (language, expected) in [
        ("de", "bis zu 10.000 Byte"),
        ("en", "up to 10,000 bytes"),
        ("es", "hasta 10.000 bytes"),
        ("fr", "jusqu’à 10\u{202f}000 octets"),
        ("pl", "do 10\u{a0}000 bajtów"),
    ] {
        let page = anonymous.get(&format!("/?lang={language}")).await.body;
        assert!(page.contains(expected), "{page}");
        let page = anonymous.get(&format!("/?lang={language}&new=password")).await.body;
        assert!(page.contains("min=\"4\" max=\"128\""), "{page}");
    }
}

#[tokio::test]
async fn the_form_tells_the_least_length_of_a_passphrase() {
    let app = TestApp::start_with(|settings| settings.create.minimum_passphrase = 8).await;
    for (language, expected) in [
        ("en", "At least 8 characters."),
        ("de", "Mindestens 8 Zeichen."),
        ("fr", "Au moins 8 caractères."),
        ("es", "Al menos 8 caracteres."),
        ("pl", "Co najmniej 8 znaków."),
    ] {
        for query in ["", "&new=password"] {
            let page = app.anonymous().get(&format!("/?lang={language}{query}")).await.body;
            assert!(element(&page, "passphrase-hint").starts_with(expected), "{page}");
            assert!(page.contains("minlength=\"8\""), "{page}");
        }
    }
    let page = TestApp::start().await.anonymous().get("/").await.body;
    assert!(
        !page.contains("minlength") && !page.contains("At least"),
        "nothing else than a character is one"
    );
}

#[tokio::test]
async fn a_moment_after_its_creation_a_secret_has_its_whole_life_left() {
    let app = TestApp::start().await;
    for (ttl, expected) in [("604800", "7 days left"), ("3600", "1 hour left"), ("60", "1 minute left")] {
        let shared = app.anonymous().share(&[("secret", "x"), ("ttl", ttl)]).await;
        app.pass_seconds(2);
        let page = app.anonymous().get(&format!("/private/{}", shared.text("metadata_key"))).await;
        assert!(page.body.contains(expected), "{}", page.body);
    }
}
