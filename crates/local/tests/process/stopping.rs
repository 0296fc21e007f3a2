//! Ctrl-C and SIGTERM finish what is running.

use crate::start;

#[tokio::test(flavor = "multi_thread")]
async fn a_running_request_is_finished() {
    for signal in ["-INT", "-TERM"] {
        let server = start(&[]).await;
        let anonymous = server.anonymous();
        // bcrypt takes long enough for the signal to come in between.
        let key = anonymous.shared(&[("secret", "text"), ("passphrase", "horse")]).await;
        let reveal = tokio::spawn(async move { anonymous.reveal(&key, &[("passphrase", "horse")]).await });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let (status, _) = server.stop(signal).await;
        assert!(status.success(), "{signal}: {status}");
        assert_eq!(reveal.await.unwrap().text("value"), "text", "{signal}");
    }
}
