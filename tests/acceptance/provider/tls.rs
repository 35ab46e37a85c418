//! A server behind TLS: it is trusted when the provider block says by which certificate, and not otherwise.

use std::sync::Arc;

use harness::{Server, Workspace, for_each_host};
use rustls::ServerConfig;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};
use tokio_rustls::TlsAcceptor;

use super::with_block;

/// Takes TLS connections and passes what they say to a sandbox.
struct Front {
    url: String,
    /// The server's own certificate, which nobody else vouches for.
    certificate: String,
    _runtime: Runtime,
}

impl Front {
    fn of(server: &Server) -> Self {
        let runtime = Runtime::new().expect("threads can be started");
        let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let acceptor = acceptor(&signed);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let address = server.url().strip_prefix("http://").expect("a plain URL").to_owned();
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (acceptor, address) = (acceptor.clone(), address.clone());
                tokio::spawn(async move {
                    let mut client = acceptor.accept(client).await?;
                    copy_bidirectional(&mut client, &mut TcpStream::connect(address).await?).await
                });
            }
        });
        Self { url: format!("https://localhost:{port}"), certificate: signed.cert.pem(), _runtime: runtime }
    }

    /// A project whose provider block names this server.
    fn project(&self, host: &cli::host::Host, settings: &str) -> Workspace {
        with_block(host, &format!("  url = \"{}\"\n{settings}", self.url))
    }
}

fn acceptor(signed: &rcgen::CertifiedKey<rcgen::KeyPair>) -> TlsAcceptor {
    let cryptography = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(cryptography).with_safe_default_protocol_versions();
    let key = signed.signing_key.serialize_der().try_into().expect("a private key");
    let config = builder.expect("versions of TLS").with_no_client_auth();
    let config = config.with_single_cert(vec![signed.cert.der().clone()], key);
    TlsAcceptor::from(Arc::new(config.expect("a certificate with its key")))
}

#[test]
fn a_certificate_is_trusted_by_file_by_text_or_not_at_all() {
    for_each_host(|host| {
        let server = Server::start();
        let front = Front::of(&server);

        let stranger = front.project(host, "");
        stranger
            .apply()
            .fails_with("cannot connect to localhost")
            .says("certificate")
            .says("`ca_certificate`");

        let by_file = front.project(host, "  ca_certificate = \"ca.pem\"\n");
        by_file.file("ca.pem", &front.certificate);
        by_file.apply_and_settle();
        by_file.destroy();

        let by_text = front.project(host, "").env("KESTRA_CA_CERTIFICATE", &*front.certificate);
        by_text.apply_and_settle();
        by_text.destroy();

        let careless = front.project(host, "  insecure = true\n");
        careless.apply_and_settle();
    });
}
