//! Ctrl-C and SIGTERM finish what is running.

use crate::start;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn a_running_request_is_finished() {
    for signal in ["-INT", "-TERM"] {
        let server = start(&[]).await;
        let address = server.origin().strip_prefix("http://").unwrap().to_owned();
        let mut running = TcpStream::connect(&address).await.unwrap();
        let head =
            "POST /api/v1/share HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\nExpect: 100-continue\r\n\r\n";
        running.write_all(head.as_bytes()).await.unwrap();
        // The server says this when the request has begun to run.
        let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
        running.read_exact(&mut go_on).await.unwrap();

        let stopping = tokio::spawn(server.stop(signal));
        while TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        running.write_all(b"secret=x").await.unwrap();
        let mut answer = String::new();
        running.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{signal}: {answer}");
        assert!(answer.contains("\"secret_key\""), "{signal}: {answer}");
        let (status, _) = stopping.await.unwrap();
        assert!(status.success(), "{signal}: {status}");
    }
}
