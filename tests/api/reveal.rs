use readonce_tests::{Answer, TestApp};

const NOBODYS_KEY: &str = "0123456789abcdefghijklmnopqrstu";

#[tokio::test]
async fn a_secret_is_revealed_once() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text")]).await;
    let answer = app.anonymous().reveal(&key, &[]).await;
    assert_eq!(answer.status, 200);
    let body = answer.body.replace(&key, "[secret_key]").replace(&app.origin(), "[origin]");
    insta::assert_snapshot!(body, @r#"{"value":"text","secret_key":"[secret_key]","share_domain":"[origin]"}"#);
    let again = app.anonymous().reveal(&key, &[]).await;
    assert_eq!(again.status, 404);
    let body = again.body.replace(&key, "[secret_key]");
    insta::assert_snapshot!(body, @r#"{"secret_key":"[secret_key]","message":"Unknown secret"}"#);
}

#[tokio::test]
async fn texts_come_back_exactly() {
    let app = TestApp::start().await;
    for text in [
        "x",
        " ",
        "\n",
        "  leading and trailing  ",
        "lines\r\nof\ntwo\rkinds\r\n",
        "\u{1F511}\u{1F469}\u{200D}\u{1F680} emoji",
        "\u{FEFF}byte order mark",
        "\u{202E}right to left",
        "100%&+=;?#",
        "{\"secret\":\"json\"}",
        "<script>alert(1)</script>",
        "\u{1}\u{7F}\\\"'",
        &"x".repeat(10_000),
        &"\u{1F511}".repeat(2_500),
    ] {
        let key = app.anonymous().shared(&[("secret", text)]).await;
        assert_eq!(app.anonymous().revealed(&key).await.unwrap(), text);
    }
    let key = app.anonymous().shared(&[("secret", "\0nul\0s are dropped\0")]).await;
    assert_eq!(app.anonymous().revealed(&key).await.unwrap(), "nuls are dropped");
}

#[tokio::test]
async fn only_the_right_passphrase_reveals_and_a_wrong_one_consumes_nothing() {
    let app = TestApp::start().await;
    let long = "p".repeat(72);
    let form = [("secret", "text"), ("passphrase", long.as_str())];
    let key = app.anonymous().shared(&form).await;
    let longer = "p".repeat(73);
    for wrong in
        [&[][..], &[("passphrase", "")], &[("passphrase", "wrong")], &[("passphrase", longer.as_str())]]
    {
        assert_eq!(app.anonymous().reveal(&key, wrong).await.message(), "Unknown secret");
    }
    let answer = app.anonymous().reveal(&key, &[("passphrase", &long)]).await;
    assert_eq!(answer.text("value"), "text");
    assert_eq!(app.anonymous().reveal(&key, &[("passphrase", &long)]).await.status, 404);
}

#[tokio::test]
async fn an_unneeded_passphrase_is_ignored() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text")]).await;
    assert_eq!(app.anonymous().reveal(&key, &[("passphrase", "any")]).await.status, 200);
}

#[tokio::test]
async fn unknown_used_expired_and_locked_secrets_give_the_same_bytes() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let used = anonymous.shared(&[("secret", "x")]).await;
    anonymous.revealed(&used).await.unwrap();
    let locked = anonymous.shared(&[("secret", "x"), ("passphrase", "right")]).await;
    let mut answers = vec![
        (NOBODYS_KEY.to_owned(), anonymous.reveal(NOBODYS_KEY, &[]).await),
        (used.clone(), anonymous.reveal(&used, &[]).await),
        (locked.clone(), anonymous.reveal(&locked, &[]).await),
        (locked.clone(), anonymous.reveal(&locked, &[("passphrase", "wrong")]).await),
    ];
    let expired = anonymous.shared(&[("secret", "x"), ("ttl", "60")]).await;
    app.pass_seconds(60);
    answers.push((expired.clone(), anonymous.reveal(&expired, &[]).await));
    for key in ["short", "UPPERCASE0123456789abcdefghijkl", "a%20b", &"0".repeat(32), &"9".repeat(2_000)] {
        answers.push((key.replace("%20", " "), anonymous.reveal(key, &[]).await));
    }
    for (key, answer) in answers {
        assert_eq!(answer.status, 404);
        assert_eq!(answer.body, format!("{{\"secret_key\":\"{key}\",\"message\":\"Unknown secret\"}}"));
        let mut headers: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        headers.sort();
        let expected = [
            "cache-control",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "strict-transport-security",
            "x-content-type-options",
            "x-robots-tag",
        ];
        assert_eq!(headers, expected);
    }
}

#[tokio::test]
async fn an_expired_secret_is_gone_although_its_row_is_still_there() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text"), ("ttl", "60")]).await;
    let later = app.anonymous().shared(&[("secret", "text"), ("ttl", "61")]).await;
    app.pass_seconds(60);
    assert_eq!(app.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
    let rows = readonce_tests::rows::all(&app.aws.dynamodb_client(), app.table.name()).await;
    assert_eq!(rows.iter().filter(|row| row.contains_key("ciphertext")).count(), 2, "nothing has deleted it");
    assert_eq!(app.anonymous().revealed(&later).await.unwrap(), "text", "the last second counts");
}

#[tokio::test]
async fn only_post_reveals() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text")]).await;
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let request = app.anonymous().request(method, &format!("/api/v1/secret/{key}"));
        let answer = readonce_tests::Answer::to(request).await;
        assert_eq!(answer.status, 404, "{method}");
    }
    assert_eq!(app.anonymous().revealed(&key).await.unwrap(), "text");
}

#[tokio::test]
async fn wrong_credentials_are_refused_and_consume_nothing() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text")]).await;
    let stranger = app.anonymous().with_basic("tom@example.com", "abcdef");
    assert_eq!(stranger.reveal(&key, &[]).await.refusal(), (401, "Not authorized".to_owned()));
    assert_eq!(app.account("tom@example.com").await.revealed(&key).await.unwrap(), "text");
}

#[tokio::test]
async fn after_five_guesses_there_is_a_pause_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "text"), ("passphrase", "right")]).await;
    let anonymous = app.anonymous();
    let wrong: &[(&str, &str)] = &[("passphrase", "wrong")];
    let right: &[(&str, &str)] = &[("passphrase", "right")];
    let guesses = futures_util::future::join_all((0..12).map(|_| anonymous.reveal(&key, wrong))).await;
    let verdicts = guesses.iter().filter(|answer| answer.status == 404).count();
    let paused: Vec<_> = guesses.iter().filter(|answer| answer.status == 429).collect();
    assert_eq!((verdicts, paused.len()), (5, 7));
    assert_eq!(paused[0].message(), "Rate limit exceeded. Please try again later.");
    let retry_after: i64 = paused[0].header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&retry_after), "{retry_after}");
    assert_eq!(anonymous.reveal(&key, right).await.status, 429, "not even the right one");
    app.pass_seconds(retry_after);
    assert_eq!(anonymous.reveal(&key, right).await.text("value"), "text");
}

#[tokio::test]
async fn the_paths_key_wins_and_the_passphrase_may_stand_in_the_query() {
    let app = TestApp::start().await;
    for (path, end, name) in [("secret", "", "secret_key"), ("private", "/burn", "metadata_key")] {
        let shared = app.anonymous().share(&[("secret", "x"), ("passphrase", "right")]).await;
        let url = format!("/api/v1/{path}/{}{end}?key={NOBODYS_KEY}&passphrase=right", shared.text(name));
        let request = app.anonymous().request("POST", &url).body(format!("key={NOBODYS_KEY}"));
        assert_eq!(Answer::to(request).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_passphrase_is_taken_as_it_is() {
    let app = TestApp::start().await;
    let key = app.anonymous().shared(&[("secret", "x"), ("passphrase", " p ")]).await;
    for wrong in ["p", &"p".repeat(129)] {
        let answer = app.anonymous().reveal(&key, &[("passphrase", wrong)]).await;
        assert_eq!(answer.refusal(), (404, "Unknown secret".to_owned()));
    }
    assert_eq!(app.anonymous().reveal(&key, &[("passphrase", " p ")]).await.status, 200);
}
