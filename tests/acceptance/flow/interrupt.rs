//! Ctrl-C while a server keeps an apply waiting: it ends at once, with an error, and not when the time-out is over.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use harness::{Server, for_each_host};

use super::{ADDRESS, CONFIGURATION, FLOW, project};

/// What the provider would wait for one answer, in seconds. Far more than the test takes.
const TIMEOUT: &str = "300";
/// Within this the apply has ended. Only a machine under great load needs seconds.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn an_interrupted_creation_ends_at_once_and_is_not_in_the_state() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION).env("KESTRA_TIMEOUT", TIMEOUT);
        workspace.file("flow.yaml", FLOW);
        let (silent, creations) = silent_on_creation();
        let workspace = workspace.env("KESTRA_URL", silent);

        let apply = workspace.start(&["apply", "-no-color", "-auto-approve"]);
        let held = creations.recv_timeout(SOON).expect("the flow is being created");
        let interrupted = Instant::now();
        apply.interrupt();
        let ended = apply.end().fails_with("stopped on request");
        assert!(interrupted.elapsed() < SOON, "{ended}");
        drop(held);
        assert_eq!(workspace.attributes(ADDRESS), serde_json::Value::Null);
    });
}

/// A server that offers nothing and, asked to create a flow, never answers. Hands over its address and the connections
/// that wait for a creation.
fn silent_on_creation() -> (String, mpsc::Receiver<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (waiting, creations) = mpsc::channel();
    thread::spawn(move || {
        while let Ok((mut connection, _)) = listener.accept() {
            let mut request = [0; 4096];
            let length = connection.read(&mut request).unwrap_or_default();
            if request[..length].starts_with(b"POST /api/v1/main/flows HTTP") {
                if waiting.send(connection).is_err() {
                    return;
                }
            } else {
                let _ = connection.write_all(
                    b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                );
            }
        }
    });
    (url, creations)
}
