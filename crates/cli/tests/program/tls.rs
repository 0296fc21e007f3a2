//! Certificates are always verified.

use crate::support::Cli;
use readonce_tests::app::TestApp;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

/// A server for `localhost` with a certificate of its own making.
struct Server {
    port: u16,
    /// The certificate, in PEM.
    certificate: String,
    /// Connections over which anything was sent.
    spoken_to: Arc<AtomicUsize>,
}

/// Requirements on clients.
#[derive(Clone, Copy)]
enum Clients {
    NeedNone,
    /// Which it is told only after its first request is on the way.
    NeedCertificates,
}

impl Server {
    async fn start() -> Self {
        Self::start_with(Clients::NeedNone).await
    }

    async fn start_with(clients: Clients) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.key_pair.serialize_der()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
        let builder = match clients {
            Clients::NeedNone => ServerConfig::builder().with_no_client_auth(),
            Clients::NeedCertificates => ServerConfig::builder().with_client_cert_verifier(verifier),
        };
        let config = builder.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let spoken_to = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&spoken_to);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut request = [0; 4096];
                if stream.read(&mut request).await.is_ok_and(|length| length > 0) {
                    count.fetch_add(1, Ordering::SeqCst);
                    let body = "{\"status\":\"nominal\"}";
                    let answer = format!("HTTP/1.1 200 x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                    let _ = stream.write_all(answer.as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        Self { port, certificate: made.cert.pem(), spoken_to }
    }
}

#[tokio::test]
async fn an_untrusted_certificate_is_refused() {
    let server = Server::start().await;
    let stranger = Server::start().await.certificate;
    // With the one root that this system then has, which is another.
    let cli = Cli::at(format!("https://localhost:{}", server.port)).trusting(&stranger);
    for words in [&["status"][..], &["share"], &["get", "--yes", "abc"], &["status", "--insecure-http"]] {
        let stderr = cli.run_with("hunter2", words).await.failed(7);
        assert!(stderr.contains("cannot be trusted") && stderr.contains("Nothing was sent"), "{stderr}");
    }
    assert_eq!(server.spoken_to.load(Ordering::SeqCst), 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_of_the_systems_roots_is_accepted_for_its_host_only() {
    let server = Server::start().await;
    let cli = Cli::new().trusting(&server.certificate);
    let status = |host| [format!("https://{host}:{}", server.port), "status".to_owned()];
    let [origin, command] = status("localhost");
    assert!(cli.run(&["--server", &origin, &command]).await.succeeded().contains("is up"));
    let [origin, command] = status("127.0.0.1");
    assert!(cli.run(&["--server", &origin, &command]).await.failed(7).contains("cannot be trusted"));
    assert_eq!(server.spoken_to.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn https_at_a_plain_http_server_is_explained() {
    let app = TestApp::start().await;
    let cli = Cli::at(app.origin().replace("http://", "https://")).with_a_root();
    for words in [&["status"][..], &["share"]] {
        let stderr = cli.run_with("x", words).await.failed(7);
        assert!(stderr.contains("does not speak TLS there; is it http://?"), "{stderr}");
        assert!(stderr.contains("Nothing was sent."), "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_refusal_after_the_connection_is_not_taken_for_a_bad_certificate() {
    let server = Server::start_with(Clients::NeedCertificates).await;
    let cli = Cli::at(format!("https://localhost:{}", server.port)).trusting(&server.certificate);
    let stderr = cli.run(&["get", "--yes", "abc"]).await.failed(7);
    assert!(stderr.contains("may be used up") && !stderr.contains("Nothing was sent"), "{stderr}");
}
