//! The certificate this process shows to its host, made anew at every start and known to nobody else.

use std::sync::Arc;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{NoServerSessionStorage, ServerConfig};
use rustls::version::{TLS12, TLS13};

use super::client_certificate::PinnedClientCertificate;

/// The name a go-plugin host looks for in the certificate, whatever the address.
const SERVER_NAME: &str = "localhost";

/// A self-signed P-256 certificate with its key.
pub(super) struct ServerCertificate {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl ServerCertificate {
    /// Makes a key and signs its certificate; well under a millisecond.
    pub(super) fn generate() -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new([SERVER_NAME.to_owned()])?;
        // Both ends far away: clocks differ, and a process may outlive any shorter promise.
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2120, 1, 1);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.self_signed(&key)?.der().clone();
        Ok(Self { certificate, key: PrivateKeyDer::Pkcs8(key.serialize_der().into()) })
    }

    /// The certificate in DER form, as the handshake line carries it.
    pub(super) fn der(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// The TLS settings that let in the holder of `client` alone.
    pub(super) fn server_config(
        self,
        client: CertificateDer<'static>,
    ) -> Result<ServerConfig, rustls::Error> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let pinned = PinnedClientCertificate::new(client, provider.signature_verification_algorithms);
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_client_cert_verifier(Arc::new(pinned))
            .with_single_cert(vec![self.certificate], self.key)?;
        // Newer gRPC clients refuse a server that does not settle on HTTP/2.
        config.alpn_protocols = vec![b"h2".to_vec()];
        // A host connects once; there is no session to resume.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(config)
    }
}
