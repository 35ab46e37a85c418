//! The part of [`crate::fuzz`] that is about the host: what it puts into the environment, and what it is told about places.

use std::ffi::OsString;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::ClientCertVerifier as _;

use super::client_certificate::{PinnedClientCertificate, from_pem};
use super::convert;
use super::environment::{COOKIE, COOKIE_VALUE, Environment};
use super::handshake::Handshake;
use super::listener::Address;
use crate::value::{Path, Step};

/// Reads an environment, written as `NAME=value` with zero bytes between. The right cookie is added if it is missing.
///
/// An environment that can be used leads to a line of six or seven fields.
pub fn environment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let variables: Vec<_> = text.split('\0').filter_map(|variable| variable.split_once('=')).collect();
    let lookup = |name: &str| {
        let given = variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| *value);
        given.or((name == COOKIE).then_some(COOKIE_VALUE)).map(OsString::from)
    };
    match Environment::read(lookup) {
        Ok(environment) => check_line(&environment),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn check_line(environment: &Environment) {
    let line = Handshake {
        address: &Address { network: "unix", address: "/tmp/socket".to_owned() },
        certificate: environment.client_certificate.as_ref(),
        answers_multiplexing: environment.asks_for_multiplexing,
    }
    .to_string();
    assert_eq!(line.matches('|').count(), 5 + usize::from(environment.asks_for_multiplexing), "{line}");
    environment.client_certificate.as_ref().into_iter().for_each(is_let_in);
}

/// Reads the certificate of the one client, in PEM form. Whoever can be read is let in.
pub fn client_certificate(data: &[u8]) {
    match from_pem(String::from_utf8_lossy(data).into_owned().into()) {
        Ok(certificate) => is_let_in(&certificate),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn is_let_in(certificate: &CertificateDer<'static>) {
    let algorithms = rustls::crypto::aws_lc_rs::default_provider().signature_verification_algorithms;
    let pinned = PinnedClientCertificate::new(certificate.clone(), algorithms);
    let now = UnixTime::since_unix_epoch(Duration::from_secs(1 << 30));
    assert!(pinned.verify_client_cert(certificate, &[], now).is_ok());
}

/// Tells a host where something is. Zero bytes separate steps: `.name` is an attribute, `#7` an element of a list, anything
/// else a key.
pub fn attribute_path(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let path = text.split('\0').fold(Path::root(), |path, step| match step.split_at_checked(1) {
        Some((".", name)) => path.attribute(name),
        Some(("#", index)) => path.index(index.parse().unwrap_or_default()),
        _ => path.key(step),
    });
    assert_eq!(convert::attribute_path(&path).steps.len(), path.steps().len());
    let shown = path.to_string();
    let is_quoted = |step: &Step| !matches!(step, Step::Key(key) if !shown.contains(&format!("[{key:?}]")));
    assert!(path.steps().iter().all(is_quoted), "{shown}");
}
