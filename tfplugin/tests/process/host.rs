//! The host's side: starts a provider, reads its line and connects.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, SignatureAlgorithm};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tfplugin::wire::proto::goplugin::Empty;
use tfplugin::wire::proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tfplugin::wire::proto::health::HealthCheckRequest;
use tfplugin::wire::proto::health::health_client::HealthClient;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, BufReader};
use tokio::net::UnixStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio_rustls::TlsConnector;
use tonic::transport::{Channel, Endpoint};
use tower::service_fn;

/// The value Terraform and OpenTofu greet their plugins with.
const COOKIE: (&str, &str) =
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");
/// How long anything may take before the test fails.
const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// Fails the test if `future` does not come to an end.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.expect("nothing happened before the deadline")
}

/// The provider's program with nothing in its environment but what is given.
pub(crate) fn program(variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_process_provider"));
    command.env_clear().envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// The program with the host's cookie as well.
pub(crate) fn hosted(variables: &[(&str, &str)]) -> Command {
    let mut command = program(variables);
    command.envs([COOKIE]);
    command
}

/// A shell script in which `"$0"` is the provider's program, with the host's cookie and what is given.
pub(crate) fn script(script: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_process_provider")]);
    command.env_clear().envs([COOKIE]).envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Runs a program that ends by itself.
pub(crate) async fn output(mut command: Command) -> Output {
    soon(command.output()).await.unwrap()
}

/// Sends a signal, such as `-INT`.
pub(crate) async fn signal(name: &str, child: &Child) {
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args([name, &pid]).status().await.unwrap().success());
}

/// A provider that has printed its line.
pub(crate) struct Plugin {
    pub(crate) child: Child,
    /// Not read by the tests that take it away.
    pub(crate) stdout: Option<BufReader<ChildStdout>>,
    pub(crate) line: String,
}

impl Plugin {
    /// Starts a provider and reads its line.
    pub(crate) async fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        soon(stdout.read_line(&mut line)).await.unwrap();
        Self { child, stdout: Some(stdout), line }
    }

    /// What comes on stdout after the line, once the provider has closed it by ending.
    pub(crate) async fn rest_of_stdout(&mut self) -> String {
        let mut rest = String::new();
        let mut stdout = self.stdout.take().unwrap();
        soon(stdout.read_to_string(&mut rest)).await.unwrap();
        rest
    }

    /// A field of the line, counted from one.
    pub(crate) fn field(&self, number: usize) -> &str {
        self.line.strip_suffix('\n').unwrap().split('|').nth(number - 1).unwrap()
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.field(4).into()
    }

    /// Connects without TLS.
    pub(crate) async fn plaintext(&self) -> Result<Channel, Error> {
        channel(UnixStream::connect(self.socket()).await?).await
    }

    /// Connects as `client`, trusting only the certificate in the line.
    pub(crate) async fn tls(
        &self,
        client: Option<&Identity>,
        version: &'static SupportedProtocolVersion,
    ) -> Result<Channel, Error> {
        let connector = TlsConnector::from(Arc::new(self.client_config(client, version)));
        let socket = UnixStream::connect(self.socket()).await?;
        let stream = connector.connect(ServerName::try_from("localhost")?, socket).await?;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        channel(stream).await
    }

    fn client_config(
        &self,
        client: Option<&Identity>,
        version: &'static SupportedProtocolVersion,
    ) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(STANDARD_NO_PAD.decode(self.field(6)).unwrap())).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots);
        let mut config = match client {
            None => config.with_no_client_auth(),
            Some(Identity { certificate, key, .. }) => {
                let key = provider.key_provider.load_private_key(key.clone_key()).unwrap();
                // Built by hand, for the usual way checks that key and certificate belong together.
                let certified = rustls::sign::CertifiedKey::new(vec![certificate.clone()], key);
                config.with_client_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)))
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        config
    }

    /// Waits for the process to end.
    pub(crate) async fn exit(&mut self) -> ExitStatus {
        soon(self.child.wait()).await.unwrap()
    }

    /// Ends the provider as a host does, and checks that it leaves nothing behind.
    pub(crate) async fn shutdown(mut self, channel: Channel) {
        let directory = self.socket().parent().map(Path::to_owned).unwrap();
        assert!(directory.exists());
        soon(GrpcControllerClient::new(channel).shutdown(Empty {})).await.unwrap();
        assert!(self.exit().await.success());
        assert!(!directory.exists(), "{} is still there", directory.display());
    }
}

impl Drop for Plugin {
    /// Ends a provider that no host shut down, and sweeps up what that leaves behind.
    fn drop(&mut self) {
        let _ = self.child.start_kill();
        let socket = PathBuf::from(self.line.split('|').nth(3).unwrap_or_default());
        if let (Some(directory), Some("socket")) =
            (socket.parent(), socket.file_name().and_then(|name| name.to_str()))
        {
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

pub(crate) async fn channel(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> Result<Channel, Error> {
    let mut stream = Some(TokioIo::new(stream));
    let connector = service_fn(move |_| {
        std::future::ready(stream.take().ok_or_else(|| io::Error::other("this connection is used up")))
    });
    Ok(Endpoint::from_static("http://localhost").connect_with_connector(connector).await?)
}

/// Whether the provider at the other end answers.
pub(crate) async fn ping(channel: Result<Channel, Error>) -> Result<(), Error> {
    let request = HealthCheckRequest { service: "plugin".into() };
    soon(HealthClient::new(channel?).check(request)).await?;
    Ok(())
}

/// A certificate with a key.
pub(crate) struct Identity {
    pub(crate) pem: String,
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Identity {
    /// What go-plugin makes for each provider it starts: a self-signed P-521 certificate that calls itself a CA.
    pub(crate) fn go_plugin() -> Self {
        Self::generate(&rcgen::PKCS_ECDSA_P521_SHA512)
    }

    /// The same with another kind of key.
    pub(crate) fn generate(algorithm: &'static SignatureAlgorithm) -> Self {
        let key = KeyPair::generate_for(algorithm).unwrap();
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            pem: certificate.pem(),
            certificate: certificate.der().clone(),
            key: PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        }
    }
}
