//! Servers and credentials, from flags, environment and configuration file.

use crate::support::Cli;
use readonce_tests::app::TestApp;

const TOM: &str = "tom@example.com";

#[tokio::test]
async fn credentials_come_from_everywhere() {
    let app = TestApp::start().await;
    let tom = app.account(TOM).await;
    let token = tom.token();
    let knows = format!("{} is up (nominal), and knows you as {TOM}.\n", app.origin());

    let environment = Cli::at(app.origin()).with("READONCE_USER", TOM).with("READONCE_TOKEN", token);
    assert_eq!(environment.run(&["status"]).await.succeeded(), knows);
    assert_eq!(environment.run(&["status", "--json"]).await.json()["status"], "nominal");
    assert!(
        environment.run(&["status", "--anonymous"]).await.succeeded().ends_with("without credentials.\n")
    );

    let flags = Cli::new();
    let file = flags.write("token", format!("{token}\n"));
    restrict(&file, 0o600);
    let words = ["status", "--server", &app.origin(), "--user", TOM, "--token-file", &file];
    assert_eq!(flags.run(&words).await.succeeded(), knows);

    let configured = Cli::new();
    let text = format!(
        "default = \"here\"\n[servers.here]\nurl = \"{}\"\nuser = \"{TOM}\"\ntoken = \"{token}\"\n\
         [servers.nowhere]\nurl = \"http://127.0.0.1:1\"\n",
        app.origin()
    );
    let file = configured.write(".config/readonce/config.toml", &text);
    restrict(&file, 0o600);
    assert_eq!(configured.run(&["status"]).await.succeeded(), knows);
    assert_eq!(configured.run(&["--server", "here", "status"]).await.succeeded(), knows);
    configured.run(&["--server", "nowhere", "status"]).await.failed(7);
    assert!(configured.run(&["--server", "us", "status"]).await.failed(2).contains("known: here, nowhere"));

    let elsewhere = Cli::new().with("READONCE_CONFIG", &file);
    assert_eq!(elsewhere.run(&["status"]).await.succeeded(), knows);
    assert_eq!(Cli::new().run(&["status", "--config", &file]).await.succeeded(), knows);
    let both = ["status", "--anonymous", "--user", TOM];
    assert!(Cli::new().run(&both).await.failed(2).contains("cannot be used with"));
    Cli::new().run(&["status", "--config", "nowhere.toml"]).await.failed(2);
}

#[tokio::test]
async fn refused_credentials_are_reported_and_not_repeated() {
    let app = TestApp::start().await;
    app.account(TOM).await;
    let cli = Cli::at(app.origin()).with("READONCE_USER", TOM).with("READONCE_TOKEN", "5ec7e75ec7e7");
    for words in [&["status"][..], &["share"], &["generate"], &["get", "--yes", "abc"], &["receipt", "abc"]] {
        let stderr = cli.run_with("x", words).await.failed(4);
        assert!(stderr.contains("Not authorized") && !stderr.contains("5ec7e7"), "{stderr}");
    }
    let half = Cli::at(app.origin()).with("READONCE_USER", TOM);
    assert!(half.run(&["status"]).await.failed(2).contains("READONCE_TOKEN"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_configuration_file_open_to_other_users_is_refused() {
    let cli = Cli::new();
    let file = cli.write(".config/readonce/config.toml", "default = \"x\"\n");
    for mode in [0o640, 0o604, 0o620, 0o602, 0o644, 0o777] {
        restrict(&file, mode);
        let stderr = cli.run(&["status"]).await.failed(2);
        assert!(stderr.contains(&format!("chmod 600 {file}")), "{mode:o}: {stderr}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_token_file_open_to_other_users_is_refused_and_a_pipe_is_accepted() {
    let cli = Cli::at("http://127.0.0.1:1").with("READONCE_USER", TOM);
    let file = cli.write("token", "aaaa1111\n");
    restrict(&file, 0o644);
    let stderr = cli.run(&["status", "--token-file", &file]).await.failed(2);
    assert!(stderr.contains(&format!("chmod 600 {file}")), "{stderr}");
    let piped = "cat token | readonce status --token-file /dev/stdin --config /dev/null";
    assert!(cli.shell(piped).await.failed(7).contains("cannot be reached"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_variable_that_is_not_utf_8_is_named() {
    let cli = Cli::at("http://127.0.0.1:1");
    for name in ["READONCE_SERVER", "READONCE_USER", "READONCE_TOKEN"] {
        let stderr = cli.shell(&format!("{name}=$(printf 'x\\377') readonce status")).await.failed(2);
        assert!(stderr.contains(&format!("the variable {name} is not valid UTF-8")), "{stderr}");
    }
    assert!(cli.with("TERM", "x").shell("TERM=$(printf '\\377') readonce --help").await.code == 0);
}

#[tokio::test]
async fn without_a_server_the_error_shows_how_to_name_one() {
    for words in [&["share"][..], &["status"], &["recent"], &["generate"], &["receipt", "abc"]] {
        let stderr = Cli::new().run_with("x", words).await.failed(2);
        assert!(stderr.contains("--server") && stderr.contains(".config/readonce/config.toml"), "{stderr}");
    }
}

#[cfg(unix)]
fn restrict(file: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn restrict(_file: &str, _mode: u32) {}
