//! A process that a developer started: it tells how to attach, serves whoever does, and ends at the developer's word.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tfplugin::wire::proto::goplugin::Empty;
use tfplugin::wire::proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::process::{Child, ChildStdout, Command};
use tonic::transport::Channel;

use crate::calls::validate;
use crate::host::{channel, output, ping, program, signal, soon};

/// Longer than a provider of a host waits for a host that has disconnected.
const LONGER_THAN_GRACE: Duration = Duration::from_secs(7);

/// A process in debug mode that has printed how to attach to it.
struct Debugged {
    child: Child,
    stdout: BufReader<ChildStdout>,
    reattach: Value,
}

impl Debugged {
    async fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut lines = [String::new(), String::new()];
        for line in &mut lines {
            soon(stdout.read_line(line)).await.unwrap();
        }
        let [instruction, value] = lines;
        assert!(instruction.starts_with("# Set this where you run terraform or tofu."), "{instruction}");
        let value = value.strip_prefix("TF_REATTACH_PROVIDERS='").and_then(|rest| rest.strip_suffix("'\n"));
        Self { child, stdout, reattach: serde_json::from_str(value.unwrap()).unwrap() }
    }

    fn socket(&self) -> PathBuf {
        self.reattach["example/process"]["Addr"]["String"].as_str().unwrap().into()
    }

    async fn connect(&self) -> Channel {
        channel(UnixStream::connect(self.socket()).await.unwrap()).await.unwrap()
    }

    /// Ends the process as a developer does, and checks that nothing is left and nothing more was said.
    async fn end(mut self, name: &str) {
        let directory = self.socket().parent().unwrap().to_owned();
        signal(name, &self.child).await;
        let status = soon(self.child.wait()).await.unwrap();
        assert!(status.success(), "{name}: {status}");
        assert!(!directory.exists(), "{name}: {} is still there", directory.display());
        let mut rest = String::new();
        soon(self.stdout.read_to_string(&mut rest)).await.unwrap();
        assert_eq!(rest, "");
    }
}

fn debugged(flag: &str) -> Command {
    let mut command = program(&[]);
    command.arg(flag);
    command
}

/// Proves: process/debug-mode
#[tokio::test]
async fn hosts_are_told_how_to_attach() {
    for flag in ["-debug", "--debug"] {
        let provider = Debugged::start(debugged(flag)).await;
        let expected = json!({"example/process": {
            "Protocol": "grpc",
            "ProtocolVersion": 6,
            "Pid": provider.child.id(),
            "Test": true,
            "Addr": {"Network": "unix", "String": provider.socket()},
        }});
        assert_eq!(provider.reattach, expected);
        ping(Ok(provider.connect().await)).await.unwrap();
        provider.end("-INT").await;
    }
}

#[tokio::test]
async fn interrupts_and_termination_end_it_whoever_is_connected() {
    for name in ["-INT", "-TERM"] {
        let provider = Debugged::start(debugged("-debug")).await;
        let connected = provider.connect().await;
        ping(Ok(connected.clone())).await.unwrap();
        provider.end(name).await;
    }
}

/// Proves: process/many-walks-in-one-process
#[tokio::test]
async fn clients_come_one_after_the_other_and_at_once() {
    let provider = Debugged::start(debugged("-debug")).await;
    for _ in 0..3 {
        assert_eq!(validate(&provider.connect().await, "text").await, []);
    }
    let channels = futures_util::future::join_all((0..10).map(|_| provider.connect())).await;
    let answers = channels.iter().map(|channel| validate(channel, "text"));
    assert!(futures_util::future::join_all(answers).await.iter().all(Vec::is_empty));
    provider.end("-INT").await;
}

#[tokio::test]
async fn no_client_can_end_it() {
    let mut provider = Debugged::start(debugged("-debug")).await;
    let channel = provider.connect().await;
    soon(GrpcControllerClient::new(channel.clone()).shutdown(Empty {})).await.unwrap();
    ping(Ok(channel)).await.unwrap();
    // The channel is gone by now, and with it the last connection.
    let ended = tokio::time::timeout(LONGER_THAN_GRACE, provider.child.wait()).await;
    assert!(ended.is_err(), "it ended with {ended:?}");
    ping(Ok(provider.connect().await)).await.unwrap();
    provider.end("-INT").await;
}

#[tokio::test]
async fn hosts_cookies_and_certificates_mean_nothing_to_it() {
    let mut command = debugged("-debug");
    command.envs([("TF_PLUGIN_MAGIC_COOKIE", "wrong"), ("PLUGIN_CLIENT_CERT", "hello")]);
    let provider = Debugged::start(command).await;
    ping(Ok(provider.connect().await)).await.unwrap();
    provider.end("-INT").await;
}

#[tokio::test]
async fn other_arguments_are_refused() {
    for arguments in [&["-x"][..], &["-debug", "-x"], &["-x", "-debug"]] {
        let mut command = program(&[]);
        command.args(arguments);
        let output = output(command).await;
        assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()), "{arguments:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        let expected = "this provider takes no arguments but -debug, which lets hosts attach to it; it was given \"-x\"\n";
        assert_eq!(stderr, expected);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_does_not_serve_if_nobody_can_be_told() {
    let mut command = debugged("-debug");
    command.stdout(Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap()));
    let output = soon(command.spawn().unwrap().wait_with_output()).await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("[ERROR] cannot tell the host on stdout where to connect: "), "{stderr}");
}
