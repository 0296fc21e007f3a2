//! The service for the browser's tests: everything embedded, with a clock that
//! they move and faults that they switch on.
//!
//! The command line has settings (`BRAND_NAME=Vault`). The first line of output
//! is a JSON object: where it listens, and an account. Commands come by standard
//! input, one to a line, and each is answered with a line: `pass SECONDS`,
//! `fail OPERATION`, `heal`, `calls` (the AWS operations since last asked), `mail` (the newest mail, as JSON).

use readonce_core::plan::PlanName;
use readonce_core::settings::Settings;
use readonce_tests::TestApp;
use readonce_tests::faults::Fault;
use serde_json::json;
use std::collections::HashMap;
use std::io::{BufRead as _, Write as _};

const EMAIL: &str = "tom@example.com";

#[tokio::main]
async fn main() {
    let settings: HashMap<String, String> = std::env::args()
        .skip(1)
        .filter_map(|argument| {
            argument.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()))
        })
        .collect();
    let app = TestApp::start_with(|own| {
        let read = Settings::from_variables(|name| match name {
            "TABLE_NAME" => Some(own.table.clone()),
            other => settings.get(other).cloned(),
        });
        let read = read.expect("the test gives good settings");
        own.brand = read.brand;
        own.create = read.create;
    })
    .await;
    let tom = app.account_with(EMAIL, PlanName::Identity, &["toms.example.com"]).await;
    say(&json!({ "origin": app.origin(), "email": EMAIL, "token": tom.token() }).to_string());
    // On a thread of its own, which the process does not wait for.
    let (lines, mut commands) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let _ = lines.send(line);
        }
    });
    while let Some(line) = commands.recv().await {
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command {
            "pass" => {
                app.pass_seconds(argument.parse().expect("seconds"));
                "done".to_owned()
            }
            "fail" => {
                let operation = ["GetItem", "PutItem", "UpdateItem", "Decrypt", "SendEmail"]
                    .into_iter()
                    .find(|operation| *operation == argument);
                app.faults.always(operation.expect("a known operation"), Fault::Refused);
                "done".to_owned()
            }
            "heal" => {
                app.faults.clear();
                "done".to_owned()
            }
            "calls" => json!(app.faults.take_calls()).to_string(),
            "mail" => {
                let mails = app.outbox.mails();
                let mail = mails.last().expect("a mail was sent");
                let subject = mail.parsed().subject().map(str::to_owned);
                json!({ "subject": subject, "text": mail.text(), "html": mail.html() }).to_string()
            }
            other => panic!("no such command: {other}"),
        };
        say(&answer);
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("the tests read this");
}
