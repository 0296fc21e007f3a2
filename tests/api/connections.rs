//! Connections to the local listener: their maximum number and their lifetime.

use readonce_core::call::Call;
use readonce_core::time::UnixTime;
use readonce_core::{Error, Result};
use readonce_http::gateway::function::{Function, Request};
use readonce_http::gateway::reply::Reply;
use readonce_local::cors::Cors;
use readonce_local::server::Server;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

const GET: &str = "GET /api/v1/status HTTP/1.1\r\nHost: x.example\r\n";

/// A function that refuses everything, without any dependency.
struct Refuses;

impl Function for Refuses {
    fn serves(&self, _: &str) -> bool {
        true
    }

    async fn answer(&self, _: Request) -> Result<Reply> {
        Err(Error::UnknownSecret)
    }

    async fn warm_up(&self, _: Call) {}
}

/// A listener with a maximum number of connections; its clock is tokio's.
async fn listener(connections: usize) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server {
        function: Arc::new(Refuses),
        clock: Arc::new(UnixTime::now),
        call_timeout: Duration::from_secs(20),
        cors: Cors::new(Vec::new()),
        connections,
    };
    tokio::spawn(server.serve(listener, std::future::pending()));
    address
}

/// Sends a request and reads the head of its answer, with whatever else has arrived.
async fn ask(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") && stream.read_buf(&mut answer).await.unwrap() > 0
    {
    }
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_until_idle_ones_are_closed() {
    let address = listener(4).await;
    let mut idle = Vec::new();
    for _ in 0..4 {
        idle.push(TcpStream::connect(address).await.unwrap());
    }
    tokio::time::pause();
    let beginning = Instant::now();
    let mut late = TcpStream::connect(address).await.unwrap();
    let answer = ask(&mut late, &format!("{GET}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let waited = beginning.elapsed();
    assert!((Duration::from_secs(9)..Duration::from_secs(12)).contains(&waited), "{waited:?}");
    for mut stream in idle {
        assert_eq!(stream.read(&mut [0]).await.unwrap(), 0, "the idle ones are closed");
    }
}

#[tokio::test]
async fn connections_in_the_second_half_are_closed_after_their_answer() {
    let address = listener(4).await;
    let mut kept = Vec::new();
    for number in 0..12 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let asked =
            tokio::time::timeout(Duration::from_secs(5), ask(&mut stream, &format!("{GET}\r\n"))).await;
        let answer = asked.expect("idle connections leave a place");
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert_eq!(answer.contains("\r\nconnection: close\r\n"), number >= 2, "{number}: {answer}");
        kept.push(stream);
    }
    assert!(ask(&mut kept[0], &format!("{GET}\r\n")).await.starts_with("HTTP/1.1 404"), "it may ask again");
}

#[tokio::test]
async fn headers_too_many_or_too_large_are_refused_and_end_the_connection() {
    let address = listener(4).await;
    let many = |count: usize| "X: y\r\n".repeat(count - 1);
    for (headers, status) in [
        (many(100), "404"),
        (many(101), "431"),
        (format!("X: {}\r\n", "y".repeat(10_000)), "404"),
        (format!("X: {}\r\n", "y".repeat(50_000)), "431"),
        (format!("X: {}\r\n", "y".repeat(66_000)), "431"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let answer = ask(&mut stream, &format!("{GET}{headers}\r\n")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{}: {answer}", headers.len());
    }
    // A head that never ends is not read to the end.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let endless = async {
        let piece = "y".repeat(64 * 1024);
        stream.write_all(format!("{GET}X: ").as_bytes()).await?;
        for _ in 0..1_000 {
            stream.write_all(piece.as_bytes()).await?;
        }
        Ok::<_, std::io::Error>(())
    };
    assert!(endless.await.is_err(), "64 MB of a header are taken");
}
