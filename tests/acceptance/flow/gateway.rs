//! A gateway between the provider and the server that fails as gateways do, at the worst moment: while a flow is created.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
};

use harness::Server;

/// What happens to the creation of a flow. Every other request passes.
#[derive(Clone)]
pub(super) enum Failure {
    /// The server gets the request, and nobody ever gets the answer.
    AnswerLost,
    /// The request gets stuck, which is told once per request; nobody ever answers.
    Stuck(Sender<()>),
}

/// The URL of a gateway to `server`. It is there until the test's process ends.
pub(super) fn gateway(server: &Server, failure: Failure) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let address = server.url().strip_prefix("http://").expect("a plain URL").to_owned();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (address, failure) = (address.clone(), failure.clone());
            thread::spawn(move || pass(client, TcpStream::connect(address)?, &failure));
        }
    });
    url
}

/// Passes what the client says until it asks for a creation, or closes the connection.
fn pass(mut client: TcpStream, mut server: TcpStream, failure: &Failure) -> io::Result<()> {
    let lost = Arc::new(AtomicBool::new(false));
    let (answers, listening, swallow) = (server.try_clone()?, client.try_clone()?, Arc::clone(&lost));
    thread::spawn(move || answer(answers, listening, &swallow));
    let mut bytes = [0; 16 * 1024];
    loop {
        let length = client.read(&mut bytes)?;
        if length == 0 {
            return server.shutdown(Shutdown::Both);
        }
        let creates = bytes[..length].starts_with(b"POST /api/v1/main/flows HTTP");
        match failure {
            Failure::Stuck(told) if creates => {
                let _ = told.send(());
                return io::copy(&mut client, &mut io::sink()).map(drop);
            }
            Failure::AnswerLost => lost.store(creates || lost.load(Ordering::SeqCst), Ordering::SeqCst),
            Failure::Stuck(_) => {}
        }
        server.write_all(&bytes[..length])?;
    }
}

/// Passes answers back, up to the one that gets lost: the client's connection ends in its place.
fn answer(mut server: TcpStream, mut client: TcpStream, lost: &AtomicBool) -> io::Result<()> {
    let mut bytes = [0; 16 * 1024];
    loop {
        let length = server.read(&mut bytes)?;
        if length == 0 || lost.load(Ordering::SeqCst) {
            return client.shutdown(Shutdown::Both);
        }
        client.write_all(&bytes[..length])?;
    }
}
