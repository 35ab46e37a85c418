//! What one provider process costs: until it answers by itself, as a host sees it from launch to exit, and from the
//! host's `Shutdown` to its end. All of it beside the smallest provider and a process that only prints a line.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cli::host::Host;
use harness::{Workspace, binaries, for_each_host};
use hyper_util::rt::TokioIo;
use tfplugin::wire::proto::goplugin::Empty;
use tfplugin::wire::proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tokio::net::UnixStream;
use tonic::transport::{Channel, Endpoint};

use crate::Row;
use crate::stopwatch::{medians, ms, time};

/// `validate` starts two processes: one for the schema, one for the walk.
const PROCESSES: u32 = 2;
/// How much more a whole provider may cost than the smallest.
const AIM: &str = "≤ 1.3 ×";

pub(crate) fn rows() -> Vec<Row> {
    let (kestra, example) = (binaries::provider(), binaries::example("kv"));
    let (kestra, example) = (kestra.as_path(), example.as_path());
    let mut rows = launches(kestra, example);
    for_each_host(|host| rows.extend(as_seen_by(host, example)));
    rows.push(shutdowns(kestra, example));
    rows
}

/// From exec to the first line.
fn launches(kestra: &Path, example: &Path) -> Vec<Row> {
    let mut bare = Command::new(env!("CARGO_BIN_EXE_bare"));
    let (mut kestra, mut example) = (with_tls(kestra), with_tls(example));
    let [kestra, example, bare] =
        medians(100, [&mut || launch(&mut kestra), &mut || launch(&mut example), &mut || launch(&mut bare)]);
    vec![
        ("launch to handshake line".to_owned(), ms(kestra), "about 1.5 ms".to_owned()),
        beside("the example provider", kestra, example, AIM),
        beside("a process that only prints a line", kestra, bare, "no aim"),
    ]
}

/// What a provider adds to a command of the host, for each process of it.
fn as_seen_by(host: &Host, example: &Path) -> Vec<Row> {
    let nothing = project(Workspace::new(host), "output \"nothing\" {\n  value = 1\n}\n");
    let kestra = project(Workspace::new(host), KESTRA);
    let example = project(Workspace::with_provider(host, example, &["example/kv"]), EXAMPLE);
    let validate = |workspace: &Workspace| time(|| drop(workspace.validate().succeeds()));
    let [kestra, example, nothing] =
        medians(25, [&mut || validate(&kestra), &mut || validate(&example), &mut || validate(&nothing)]);
    let [kestra_process, example_process] =
        [kestra, example].map(|command| command.saturating_sub(nothing) / PROCESSES);
    let commands = format!("about 13 ms; validate {} with, {} without", ms(kestra), ms(nothing));
    vec![
        (format!("one process as {host} sees it"), ms(kestra_process), commands),
        beside("the example provider", kestra_process, example_process, AIM),
    ]
}

/// A ratio with its two sides.
fn beside(what: &str, kestra: Duration, other: Duration, aim: &str) -> Row {
    let ratio = kestra.as_secs_f64() / other.as_secs_f64();
    (
        format!("… beside {what}"),
        format!("{ratio:.2} ×"),
        format!("{aim}; {} beside {}", ms(kestra), ms(other)),
    )
}

fn project(workspace: Workspace, configuration: &str) -> Workspace {
    workspace.file("main.tf", configuration);
    workspace.init();
    workspace
}

const KESTRA: &str = r#"
terraform {
  required_providers {
    kestra = { source = "flowsmith/kestra" }
  }
}

resource "kestra_kv" "this" {
  namespace = "company.team"
  key       = "a"
  value     = "b"
}
"#;

const EXAMPLE: &str = r#"
terraform {
  required_providers {
    kv = { source = "example/kv" }
  }
}

resource "kv_entry" "this" {
  key   = "a"
  value = "b"
}
"#;

/// From the host's `Shutdown` until the process is gone, which the host waits for.
fn shutdowns(kestra: &Path, example: &Path) -> Row {
    // Waiting for the process must not keep the client from closing its side, as a host does at once.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let shutdown = |provider: &Path| runtime.block_on(shutdown(&mut hosted(provider)));
    let [kestra, example] = medians(25, [&mut || shutdown(kestra), &mut || shutdown(example)]);
    let compared = format!("≤ 100 ms; {} for the example provider", ms(example));
    ("Shutdown to process gone".to_owned(), ms(kestra), compared)
}

async fn shutdown(command: &mut Command) -> Duration {
    let (mut child, line) = line(command);
    let socket = line.split('|').nth(3).expect("the line names a socket").to_owned();
    let mut stream = Some(TokioIo::new(UnixStream::connect(socket).await.expect("the provider listens")));
    let connector = tower::service_fn(move |_| std::future::ready(stream.take().ok_or("connected before")));
    let endpoint = Endpoint::from_static("http://localhost");
    let channel: Channel = endpoint.connect_with_connector(connector).await.expect("the provider answers");
    let start = Instant::now();
    GrpcControllerClient::new(channel).shutdown(Empty {}).await.expect("the provider obeys");
    child.wait().expect("the provider ends");
    start.elapsed()
}

/// The time to the first line. Nothing else is measured, so the process is not asked how it wants to end.
fn launch(command: &mut Command) -> Duration {
    let start = Instant::now();
    let (mut child, _) = line(command);
    let launched = start.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    launched
}

/// Starts a process and reads its first line.
fn line(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("stdout is a pipe");
    BufReader::new(stdout).read_line(&mut line).expect("the program speaks");
    assert!(line.ends_with('\n'), "{line}");
    (child, line)
}

/// As a host starts it.
fn hosted(provider: &Path) -> Command {
    let mut command = Command::new(provider);
    command.env("TF_PLUGIN_MAGIC_COOKIE", COOKIE).env("PLUGIN_PROTOCOL_VERSIONS", "5,6");
    command
}

/// With mutual TLS, as hosts ask for it.
fn with_tls(provider: &Path) -> Command {
    let mut command = hosted(provider);
    command.env("PLUGIN_CLIENT_CERT", certificate());
    command
}

const COOKIE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// A P-521 certificate such as hosts make; made once, for making it is the host's cost.
fn certificate() -> &'static str {
    static PEM: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    PEM.get_or_init(|| {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).expect("a P-521 key");
        let parameters = rcgen::CertificateParams::new(["localhost".to_owned()]).expect("a name");
        parameters.self_signed(&key).expect("a certificate").pem()
    })
}
