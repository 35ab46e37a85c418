//! Requests as bytes on a socket: no HTTP client would send them.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use super::request::Request;

/// Whoever takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came back; the status is 0 where nothing did.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request to `host:port`; `None` when the server hangs up without an answer.
///
/// # Errors
/// The server does neither.
pub(super) fn ask(address: &str, request: &Request) -> Result<Option<Answer>, String> {
    let mut socket = TcpStream::connect(address).map_err(|error| error.to_string())?;
    socket.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
    // The server may answer and hang up before everything is sent.
    let _ = socket.write_all(&request.bytes());
    if request.is_cut_short() {
        let _ = socket.shutdown(Shutdown::Write);
    }
    let mut received = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match socket.read(&mut chunk) {
            Ok(0) => return Ok(answer(&received)),
            Ok(read) => received.extend_from_slice(&chunk[..read]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Err(format!("no answer in {PATIENCE:?}"));
            }
            // Reset, because unread bytes of the request were left.
            Err(_) => return Ok(answer(&received)),
        }
        if is_whole(&received, request) {
            return Ok(answer(&received));
        }
    }
}

/// The head and the rest of an answer, past those that only say to go on.
fn split(received: &[u8]) -> Option<(String, &[u8])> {
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, rest) = (String::from_utf8_lossy(&received[..end]).into_owned(), &received[end + 4..]);
    if head.starts_with("HTTP/1.1 100") { split(rest) } else { Some((head, rest)) }
}

fn answer(received: &[u8]) -> Option<Answer> {
    let (head, body) = split(received)?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, body: body.to_vec() })
}

/// Whether nothing more has to come. The events of an execution have no end.
fn is_whole(received: &[u8], request: &Request) -> bool {
    let Some((head, body)) = split(received) else { return false };
    let head = head.to_lowercase();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    request.method == b"HEAD"
        || head.contains("text/event-stream")
        || length.is_some_and(|length| body.len() >= length)
}
