//! A server that answers what it is told to, and keeps what it was asked.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Answers with a status, more headers, and a body.
    Answers(u16, &'static str, &'static str),
    /// Closes the connection.
    Closes,
    /// Says that more will come, and closes the connection.
    IsCut,
    /// Never answers.
    Hangs,
}

/// The server; it answers the requests in this order, and the last answer is
/// for all that follow.
pub(crate) struct Fake {
    /// Where it listens.
    pub(crate) origin: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Starts it.
    pub(crate) async fn start(answers: &[Does]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answers, seen) = (answers.to_vec(), Arc::clone(&requests));
        tokio::spawn(async move {
            let mut held = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                let count = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(request);
                    seen.len()
                };
                match answers.get(count - 1).or(answers.last()).unwrap() {
                    Does::Answers(status, headers, body) => {
                        let length = body.len();
                        let answer = format!(
                            "HTTP/1.1 {status} x\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
                        );
                        stream.write_all(answer.as_bytes()).await.unwrap();
                    }
                    Does::Closes => {}
                    Does::IsCut => {
                        stream.write_all(b"HTTP/1.1 200 x\r\ncontent-length: 99\r\n\r\n{").await.unwrap();
                    }
                    Does::Hangs => held.push(stream),
                }
            }
        });
        Self { origin, requests }
    }

    /// What it was asked, whole.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// A request with the body that its length announces.
async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8(bytes.clone()).unwrap();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap() == 0 {
            return text;
        }
    }
}
