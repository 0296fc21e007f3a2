//! Trusted root certificates.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

/// Amazon's five roots, to which the certificates of all AWS endpoints lead
/// (<https://www.amazontrust.com/repository/>). Parsing the system's 140 or so would
/// take 5 ms at each start of a function. They are in DER: decoding PEM takes longer
/// than everything after it.
const AMAZON_ROOTS: [&[u8]; 5] = [
    include_bytes!("../../amazon-roots/amazon-root-ca-1.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-2.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-3.der"),
    include_bytes!("../../amazon-roots/amazon-root-ca-4.der"),
    include_bytes!("../../amazon-roots/starfield-services-root-ca-g2.der"),
];

/// The root certificates that a client trusts.
#[derive(Clone, Copy, Debug)]
pub enum TrustedRoots {
    /// Amazon's roots only; every deployed function uses these.
    Amazon,
    /// The machine's roots, for an emulator behind TLS.
    System,
}

impl TrustedRoots {
    pub(crate) fn certificates(self) -> RootCertStore {
        let mut store = RootCertStore::empty();
        match self {
            Self::Amazon => {
                for root in AMAZON_ROOTS {
                    store.add(CertificateDer::from(root)).expect("the committed roots are certificates");
                }
            }
            Self::System => {
                let system = rustls_native_certs::load_native_certs();
                for error in system.errors {
                    tracing::warn!(%error, "some of the system's root certificates cannot be read");
                }
                store.add_parsable_certificates(system.certs);
                if store.is_empty() {
                    tracing::warn!(
                        "the system has no root certificates, so no TLS connection will be trusted"
                    );
                }
            }
        }
        store
    }
}
