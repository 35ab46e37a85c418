//! TLS against a real server: who is trusted, who is not, and what each setting changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::testing::config;
use crate::{Client, Error, Secret};

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Issuer {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn issue(issuer: &Issuer, usage: ExtendedKeyUsagePurpose) -> (rcgen::Certificate, KeyPair) {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.extended_key_usages.push(usage);
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, issuer).unwrap(), key)
}

/// A server on `localhost` whose certificate `issuer` vouches for, and which asks clients for one of `clients`. Counts
/// connections.
async fn serve(issuer: &Issuer, clients: Option<&Issuer>) -> (String, Arc<AtomicUsize>) {
    let (certificate, key) = issue(issuer, ExtendedKeyUsagePurpose::ServerAuth);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.der().clone()).unwrap();
            let verifier =
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        }
    };
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut head = [0; 4096];
                if stream.read(&mut head).await.is_ok_and(|length| length > 0) {
                    let body = r#"{"version":"1.3.34","edition":"OSS"}"#;
                    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                    stream.write_all(answer.as_bytes()).await.ok();
                    stream.shutdown().await.ok();
                }
            });
        }
    });
    (format!("https://localhost:{port}"), connections)
}

async fn ask(url: &str, tls: Tls) -> Result<String, Error> {
    let client = Client::new(Config { tls, ..config(url.to_owned()) })?;
    client.server().await.map(|server| server.version)
}

#[tokio::test]
async fn who_is_trusted() {
    let (ours, theirs) = (authority("ours"), authority("theirs"));
    let (url, connections) = serve(&ours, None).await;
    let trusting = |authority: Option<&Issuer>, insecure| Tls {
        ca_certificate: authority.map(Issuer::pem),
        insecure,
        ..Tls::default()
    };
    assert_eq!(ask(&url, trusting(Some(&ours), false)).await.unwrap(), "1.3.34");
    assert_eq!(ask(&url, trusting(None, true)).await.unwrap(), "1.3.34");
    for tls in [trusting(None, false), trusting(Some(&theirs), false)] {
        let before = connections.load(Ordering::SeqCst);
        let error = ask(&url, tls).await.unwrap_err();
        let Error::Unreachable { cause, .. } = &error else { panic!("{error}") };
        assert!(cause.contains("certificate"), "{cause}");
        let made = connections.load(Ordering::SeqCst) - before;
        assert_eq!(made, 1, "distrust does not pass with time");
    }
}

/// Verifiers are built from the environment, so the machine without certificates is a process without them.
#[test]
fn a_machine_without_certificates_trusts_the_same() {
    let this = std::env::current_exe().unwrap();
    let mut command = std::process::Command::new(this);
    command.args(["--exact", "transport::tests::who_is_trusted"]);
    let output =
        command.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[tokio::test]
async fn the_client_certificate_is_shown() {
    let (ours, clients) = (authority("ours"), authority("clients"));
    let (url, _) = serve(&ours, Some(&clients)).await;
    let (certificate, key) = issue(&clients, ExtendedKeyUsagePurpose::ClientAuth);
    let without = Tls { ca_certificate: Some(ours.pem()), ..Tls::default() };
    let with = Tls {
        client_certificate: Some(certificate.pem()),
        client_key: Some(Secret::new(key.serialize_pem())),
        ..without.clone()
    };
    assert_eq!(ask(&url, with).await.unwrap(), "1.3.34");
    let error = ask(&url, without).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. } | Error::Interrupted { .. }), "{error}");
}

#[test]
fn settings_that_cannot_work_are_named() {
    let pem = authority("ours").pem();
    let text = |text: &str| Some(text.to_owned());
    let key = || Some(Secret::new("s3cret"));
    let tls = |tls| Config { tls, ..config("https://kestra".into()) };
    let header = |name: &str, value: &str| Config {
        extra_headers: [(name.to_owned(), Secret::new(value))].into(),
        ..config("https://kestra".into())
    };
    let cases = [
        (tls(Tls { ca_certificate: text("s3cret"), ..Tls::default() }), "`ca_certificate` must hold PEM"),
        (tls(Tls { client_certificate: text(&pem), ..Tls::default() }), "`client_key` is needed"),
        (tls(Tls { client_key: key(), ..Tls::default() }), "`client_certificate` is needed"),
        (
            tls(Tls { client_certificate: text(&pem), client_key: key(), ..Tls::default() }),
            "`client_certificate` and `client_key` must be",
        ),
        (header("a b", "s3cret"), "`extra_headers` has the name `a b`"),
        (header("X-Key", "s3cret\n"), "`extra_headers` has a value for `X-Key`"),
        (
            Config { auth: Auth::Bearer("s3cret\n".into()), ..config("https://kestra".into()) },
            "`api_token` has characters",
        ),
        (
            Config { timeout: std::time::Duration::ZERO, ..config("https://kestra".into()) },
            "`timeout` must be longer",
        ),
        (config("kestra".into()), "`url` is not a URL"),
    ];
    for (config, expected) in cases {
        let error = Client::new(config).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
}

#[test]
fn extra_headers_win_and_are_sensitive() {
    let config = Config {
        auth: Auth::Basic { username: "u".into(), password: "p".into() },
        extra_headers: [("authorization".to_owned(), Secret::new("Custom x"))].into(),
        ..config("https://kestra".into())
    };
    let headers = headers(&config).unwrap();
    assert_eq!(headers.get_all(AUTHORIZATION).iter().collect::<Vec<_>>(), ["Custom x"]);
    assert!(headers.values().all(HeaderValue::is_sensitive));
}

#[test]
fn credentials_become_headers() {
    let cases = [
        (Auth::Basic { username: "u".into(), password: "p:ü".into() }, "authorization", "Basic dTpwOsO8"),
        (Auth::Bearer("tok".into()), "authorization", "Bearer tok"),
        (Auth::JwtCookie("a.b.c".into()), "cookie", "JWT=a.b.c"),
    ];
    for (auth, name, value) in cases {
        let headers = headers(&Config { auth, ..Config::default() }).unwrap();
        assert_eq!((headers.len(), headers.get(name).unwrap().to_str().unwrap()), (1, value));
    }
    assert!(headers(&Config::default()).unwrap().is_empty());
}
