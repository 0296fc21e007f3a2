//! A client with little overhead: one persistent connection, with one request at a
//! time.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A persistent connection to a server.
pub(super) struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

/// A response with its whole body.
pub(super) struct Answer {
    /// The status.
    pub(super) status: StatusCode,
    /// The body.
    pub(super) body: Bytes,
}

impl Connection {
    /// Connects to a server at `http://HOST:PORT`.
    pub(super) async fn open(origin: &str) -> Self {
        let host = origin.strip_prefix("http://").expect("the local server speaks plain HTTP").to_owned();
        let stream = TcpStream::connect(&host).await.expect("the server takes connections");
        stream.set_nodelay(true).expect("the option is there");
        let (sender, connection) =
            handshake(TokioIo::new(stream)).await.expect("HTTP/1.1 needs no handshake");
        // The task ends when the sender is dropped.
        tokio::spawn(connection);
        Self { host, sender }
    }

    /// Sends a form by POST.
    pub(super) async fn post(&mut self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, form, &[]).await
    }

    /// Sends any request. The body is a form, unless a header says otherwise.
    pub(super) async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body.as_bytes())));
        self.sender.ready().await.expect("the server keeps the connection");
        let response = self.sender.send_request(request.expect("it is a request")).await;
        let response = response.expect("the server answers");
        let status = response.status();
        let body = response.into_body().collect().await.expect("the answer is whole").to_bytes();
        Answer { status, body }
    }
}

impl Answer {
    /// A string member of the JSON body.
    pub(super) fn text(&self, name: &str) -> String {
        let json: serde_json::Value = serde_json::from_slice(&self.body).expect("the answer is JSON");
        json[name].as_str().expect("it has this text").to_owned()
    }
}
