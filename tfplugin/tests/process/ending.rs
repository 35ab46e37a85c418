//! How the process ends: at the host's word and at once, or by itself when there is no host any more; and what does not
//! end it.

use std::time::{Duration, Instant};

use rustls::version::TLS13;
use tfplugin::wire::proto::goplugin::Empty;
use tfplugin::wire::proto::goplugin::grpc_broker_client::GrpcBrokerClient;
use tfplugin::wire::proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tfplugin::wire::proto::goplugin::grpc_stdio_client::GrpcStdioClient;
use tokio::process::Command;
use tonic::transport::Channel;

use crate::host::{Identity, Plugin, hosted, ping, signal, soon};

/// After this a host kills its plugin and reports it.
const HOST_PATIENCE: Duration = Duration::from_secs(2);

/// Proves: process/shutdown-at-once
#[tokio::test]
async fn shutdown_is_answered_and_then_obeyed_at_once() {
    let host = Identity::go_plugin();
    let mut plugin = Plugin::start(hosted(&[("PLUGIN_CLIENT_CERT", &host.pem)])).await;
    let channel = plugin.tls(Some(&host), &TLS13).await.unwrap();
    let mut streams = open_streams(&channel).await;

    let asked = Instant::now();
    soon(GrpcControllerClient::new(channel.clone()).shutdown(Empty {})).await.unwrap();
    assert!(plugin.exit().await.success());
    assert!(asked.elapsed() < HOST_PATIENCE, "took {:?}", asked.elapsed());
    assert!(!plugin.socket().exists());

    // Both were told of the end rather than cut off.
    assert!(soon(streams.0.message()).await.unwrap().is_none());
    assert!(soon(streams.1.message()).await.unwrap().is_none());
    assert_eq!(plugin.rest_of_stdout().await, "", "something was printed after the line");
}

type Streams = (
    tonic::Streaming<tfplugin::wire::proto::goplugin::StdioData>,
    tonic::Streaming<tfplugin::wire::proto::goplugin::ConnInfo>,
);

/// Opens what a host opens as soon as it has dialled.
async fn open_streams(channel: &Channel) -> Streams {
    let stdio = soon(GrpcStdioClient::new(channel.clone()).stream_stdio(())).await.unwrap();
    let broker =
        soon(GrpcBrokerClient::new(channel.clone()).start_stream(tokio_stream::pending())).await.unwrap();
    (stdio.into_inner(), broker.into_inner())
}

/// Proves: process/interrupts-left-to-the-host
#[tokio::test]
async fn interrupts_are_the_hosts_affair() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    for _ in 0..3 {
        signal("-INT", &plugin.child).await;
        ping(Ok(channel.clone())).await.unwrap();
    }
    plugin.shutdown(channel).await;
}

/// Proves: process/termination
#[tokio::test]
async fn termination_is_obeyed() {
    let mut plugin = Plugin::start(hosted(&[])).await;
    signal("-TERM", &plugin.child).await;
    assert_eq!(plugin.exit().await.code(), None);
}

/// Proves: process/standard-streams-closed
#[tokio::test]
async fn nobody_has_to_listen_after_the_line() {
    let host = Identity::go_plugin();
    let mut plugin = Plugin::start(hosted(&[("PLUGIN_CLIENT_CERT", &host.pem), ("TF_LOG", "trace")])).await;
    drop(plugin.stdout.take());
    drop(plugin.child.stderr.take());
    // The refusal is logged to a pipe that nobody holds.
    ping(plugin.plaintext().await).await.unwrap_err();
    let channel = plugin.tls(Some(&host), &TLS13).await.unwrap();
    ping(Ok(channel.clone())).await.unwrap();
    plugin.shutdown(channel).await;
}

/// Proves: process/end-with-a-host-that-vanishes
#[tokio::test]
async fn a_host_that_vanishes_leaves_no_provider_behind() {
    let mut plugin = Plugin::start(hosted(&[])).await;
    ping(plugin.plaintext().await).await.unwrap();
    assert!(plugin.exit().await.success());
    assert!(!plugin.socket().exists());
}

/// Proves: process/end-with-a-host-that-vanishes
#[tokio::test]
async fn a_provider_does_not_outlive_its_parent() {
    let mut command = Command::new("sh");
    // `wait` keeps the shell from becoming the provider itself.
    command.args(["-c", r#""$0" & wait"#, env!("CARGO_BIN_EXE_process_provider")]);
    let provider = hosted(&[]);
    for (name, value) in provider.as_std().get_envs() {
        command.env(name, value.unwrap());
    }
    command.stdout(std::process::Stdio::piped()).kill_on_drop(true);
    let mut plugin = Plugin::start(command).await;
    let connected = plugin.plaintext().await.unwrap();
    plugin.child.kill().await.unwrap();
    // The provider holds the other end of its stdout for as long as it lives.
    plugin.rest_of_stdout().await;
    assert!(!plugin.socket().exists());
    drop(connected);
}
