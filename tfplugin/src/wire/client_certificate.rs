//! Lets in exactly one client: the host that started this process, known by the certificate it put into the environment.
//!
//! Webpki's verifier cannot do this: the host's certificate is a self-signed P-521 one that calls itself a CA, which
//! webpki refuses as a client's. Comparing it byte for byte is stricter and needs no chain.

use std::ffi::OsString;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

/// Why a text is not the certificate of one client.
#[derive(Debug, thiserror::Error)]
pub(super) enum ClientCertificateError {
    #[error("it holds no certificate in PEM form")]
    Missing,
    #[error("it holds {0} certificates where one is expected")]
    Several(usize),
    #[error("its PEM form is broken: {0}")]
    Pem(pem::Error),
    #[error("it is not a certificate: {0}")]
    Certificate(Error),
}

/// Reads the one certificate in a PEM text.
pub(super) fn from_pem(text: OsString) -> Result<CertificateDer<'static>, ClientCertificateError> {
    let certificates = CertificateDer::pem_slice_iter(text.as_encoded_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(ClientCertificateError::Pem)?;
    match <[_; 1]>::try_from(certificates) {
        Ok([certificate]) => {
            ParsedCertificate::try_from(&certificate).map_err(ClientCertificateError::Certificate)?;
            Ok(certificate)
        }
        Err(none) if none.is_empty() => Err(ClientCertificateError::Missing),
        Err(several) => Err(ClientCertificateError::Several(several.len())),
    }
}

/// Accepts the pinned certificate and nothing else, from a client that holds its key.
#[derive(Debug)]
pub(super) struct PinnedClientCertificate {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl PinnedClientCertificate {
    /// `algorithms` must include P-521: a Go client that misses its own scheme in the list sends no certificate.
    pub(super) fn new(certificate: CertificateDer<'static>, algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self { certificate, algorithms }
    }
}

impl ClientCertVerifier for PinnedClientCertificate {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if *end_entity == self.certificate {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> rcgen::Certificate {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).unwrap();
        rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap()
    }

    #[test]
    fn one_certificate_is_read() {
        let certificate = certificate();
        assert_eq!(from_pem(certificate.pem().into()).unwrap(), *certificate.der());
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        let pem = certificate().pem();
        let endless = pem.replace("-----END CERTIFICATE-----", "");
        let binary = "-----BEGIN CERTIFICATE-----\n\u{1}\n-----END CERTIFICATE-----\n";
        let garbled = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        for (text, expected) in [
            ("hello", "it holds no certificate in PEM form"),
            (&format!("{pem}{pem}"), "it holds 2 certificates where one is expected"),
            (&endless, "its PEM form is broken: missing section end marker"),
            (binary, "its PEM form is broken: base64 decode error"),
            (garbled, "it is not a certificate: invalid peer certificate: BadEncoding"),
        ] {
            let error = from_pem(text.into()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn the_hosts_signature_scheme_is_offered() {
        let algorithms = rustls::crypto::aws_lc_rs::default_provider().signature_verification_algorithms;
        let pinned = PinnedClientCertificate::new(certificate().der().clone(), algorithms);
        assert!(pinned.supported_verify_schemes().contains(&SignatureScheme::ECDSA_NISTP521_SHA512));
        assert!(pinned.client_auth_mandatory());
    }
}
