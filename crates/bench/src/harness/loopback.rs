//! HTTP listeners on loopback, plain or behind TLS.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A certificate for `localhost`, which only clients with its PEM trust.
pub struct Certificate {
    /// The certificate as PEM, for a client that should trust it.
    pub pem: String,
    acceptor: TlsAcceptor,
}

impl Certificate {
    /// Generates a certificate with a P-256 key, as AWS's endpoints may have.
    ///
    /// # Errors
    /// Errors of the libraries; none are expected.
    pub fn new() -> crate::Result<Self> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        let key = PrivateKeyDer::try_from(made.key_pair.serialize_der())?;
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![made.cert.der().clone()], key)?;
        Ok(Self { pem: made.cert.pem(), acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// Serves `answer` on a free loopback port for as long as the runtime lives.
///
/// # Errors
/// No free port.
pub async fn listen<A, F>(certificate: Option<&Certificate>, answer: A) -> io::Result<SocketAddr>
where
    A: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Full<Bytes>>> + Send + 'static,
{
    let acceptor = certificate.map(|certificate| certificate.acceptor.clone());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Otherwise an answer in two writes would wait for the other side's delayed
            // acknowledgement.
            let _ = stream.set_nodelay(true);
            let (acceptor, answer) = (acceptor.clone(), answer.clone());
            tokio::spawn(async move {
                match acceptor {
                    None => serve(stream, answer).await,
                    Some(acceptor) => {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            serve(stream, answer).await;
                        }
                    }
                }
            });
        }
    });
    Ok(address)
}

async fn serve<S, A, F>(stream: S, answer: A)
where
    S: AsyncRead + AsyncWrite + Unpin,
    A: Fn(Request<Incoming>) -> F,
    F: Future<Output = Response<Full<Bytes>>>,
{
    let service = service_fn(|request| {
        let answer = answer(request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    // A killed function leaves its connections open.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
