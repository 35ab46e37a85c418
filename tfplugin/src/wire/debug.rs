//! Debug mode: a developer starts the process, under a debugger perhaps, and hosts attach to it, one command after
//! another or several at once. None of them ends it; the developer does.

use std::fmt;
use std::io::{self, Write as _};
use std::process;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::environment::{PROTOCOL_VERSION, SocketSettings};
use super::grpc::{self, Listening};
use super::listener::{Address, Connections, Socket};
use super::proto::tfplugin6::provider_server::Provider;
use super::serve::ServeError;

/// Serves every host that attaches, until the process is interrupted or terminated.
///
/// There is no TLS: hosts know of no certificate here. The socket lies where only its owner gets.
pub(super) async fn serve<P: Provider>(
    settings: &SocketSettings,
    provider_address: &str,
    provider: P,
) -> Result<(), ServeError> {
    let interrupted = interrupted().map_err(ServeError::Interrupts)?;
    let socket = Socket::bind(settings)?;
    let reattach = Reattach { provider: provider_address, process: process::id(), socket: socket.address() };
    reattach.announce().map_err(ServeError::Announcement)?;
    let listening = Listening { socket, tls: None, connections: Connections::default() };
    // Nobody heeds this: a client is not asked whether its provider may end.
    let shutdown = CancellationToken::new();
    Ok(grpc::serve(provider, listening, shutdown, interrupted).await?)
}

/// Listens for signals at once; the future waits for the first of them.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// How a host finds a provider that it has not started, as lines for a shell.
struct Reattach<'a> {
    provider: &'a str,
    process: u32,
    socket: &'a Address,
}

impl Reattach<'_> {
    fn announce(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(self.to_string().as_bytes())?;
        stdout.flush()
    }
}

impl fmt::Display for Reattach<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reattach = json!({
            self.provider: {
                "Protocol": "grpc",
                "ProtocolVersion": PROTOCOL_VERSION,
                "Pid": self.process,
                // Hosts leave the process of a test alone when they are done.
                "Test": true,
                "Addr": { "Network": self.socket.network, "String": self.socket.address },
            },
        });
        // Within single quotes a shell knows no way to write one.
        let quoted = reattach.to_string().replace('\'', r"'\''");
        writeln!(
            f,
            "# Set this where you run terraform or tofu. The provider serves until it is interrupted."
        )?;
        writeln!(f, "TF_REATTACH_PROVIDERS='{quoted}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_can_read_what_is_printed() {
        let socket = &Address { network: "unix", address: "/tmp/it's here/socket".to_owned() };
        let text = Reattach { provider: "example/process", process: 7, socket }.to_string();
        let script = format!("{text}printf %s \"$TF_REATTACH_PROVIDERS\"");
        let output = process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(output.stderr.is_empty());
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            r#"{"example/process":{"Protocol":"grpc","ProtocolVersion":6,"Pid":7,"Test":true,"Addr":{"Network":"unix","String":"/tmp/it's here/socket"}}}"#
        );
    }
}
