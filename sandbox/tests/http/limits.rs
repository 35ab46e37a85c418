//! What clients may not do to a sandbox: keep it waiting, fill it up, or call it for another site.

use std::io::{Cursor, Write};

use sandbox::{BasicAuth, Options, Release};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Duration, timeout},
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::kit::{Answer, Kit};

async fn connect(kit: &Kit, sent: &str) -> TcpStream {
    let address = kit.sandbox.url().replace("http://", "");
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(sent.as_bytes()).await.unwrap();
    connection
}

const PING: &str = "GET /ping HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Time passes as soon as nobody does anything.
#[tokio::test(start_paused = true)]
async fn who_sends_no_whole_request_is_not_waited_for() {
    let kit = Kit::start().await;
    let mut rest = String::new();
    connect(&kit, "GET /ping HTTP/1.1\r\nhost: loc").await.read_to_string(&mut rest).await.unwrap();
    assert!(!rest.contains("200"), "{rest}");
    let upload =
        "PUT /api/v1/main/namespaces/a/kv/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n123";
    connect(&kit, upload).await.read_to_string(&mut rest).await.unwrap();
    assert!(rest.starts_with("HTTP/1.1 400") && rest.contains("the body took too long to come"), "{rest}");
}

#[tokio::test(start_paused = true)]
async fn connections_beyond_the_limit_wait_for_a_place() {
    let kit = Kit::start().await;
    let mut answer = [0; 12];
    let mut connections = Vec::new();
    for _ in 0..256 {
        let mut connection = connect(&kit, PING).await;
        connection.read_exact(&mut answer).await.unwrap();
        connections.push(connection);
    }
    let mut waiting = connect(&kit, PING).await;
    timeout(Duration::from_secs(1), waiting.read_exact(&mut answer)).await.unwrap_err();
    connections.pop();
    waiting.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[tokio::test]
async fn pages_of_other_sites_and_names_are_refused() {
    let auth = BasicAuth { username: "ann".into(), password: "Kestra1234".into() };
    let open = Kit::start().await;
    let protected =
        Kit::with(Options { auth: Some(auth), emulate: Release::V2_0, ..Options::default() }).await;
    for (header, value) in [("origin", "https://evil.example"), ("host", "evil.example")] {
        let call =
            open.request("DELETE", "flows/delete/by-query").header(header, value).send().await.unwrap();
        let (status, message) = Answer::of(call).await.refused();
        assert!(status == 403 && message.contains("evil.example"), "{status} {message}");
    }
    let cookie = "BASIC_AUTH=YW5uOktlc3RyYTEyMzQ=";
    let call = || protected.request("GET", "secrets").header("host", "kestra.example");
    let answer = call().header("cookie", cookie).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let answer =
        call().header("cookie", cookie).header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let problem: serde_json::Value = serde_json::from_str(&Answer::of(answer).await.text).unwrap();
    assert_eq!(problem["type"], "https://kestra.io/docs/api-reference/problems/forbidden");
}

async fn upload(kit: &Kit, body: Vec<u8>) -> Answer {
    let request = kit.request("POST", "namespaces/a/files?path=/x");
    let request = request.header("content-type", "multipart/form-data; boundary=b").body(body);
    Answer::of(request.send().await.unwrap()).await
}

fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"x.zip\"\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

#[tokio::test]
async fn a_form_of_countless_parts_is_refused() {
    let kit = Kit::start().await;
    let parts = part("p", b"").repeat(1_001);
    let (status, message) = upload(&kit, [&parts[..], b"--b--\r\n"].concat()).await.refused();
    assert_eq!(
        (status, message.as_str()),
        (400, "Bad Request: the sandbox takes forms of at most 1000 parts")
    );
}

#[tokio::test]
async fn an_archive_leaves_nothing_outside_of_its_namespace() {
    let kit = Kit::start().await;
    for (name, stored) in [("../../etc/x", None), ("a/../../x", None), ("/etc/x", Some("/etc/x"))] {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("first", SimpleFileOptions::default()).unwrap();
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(b"content").unwrap();
        archive.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let archive = archive.finish().unwrap().into_inner();
        let answer = upload(&kit, [&part("fileContent", &archive)[..], b"--b--\r\n"].concat()).await;
        let files = kit.call("GET", "namespaces/a/files/search?q=x").await.ok();
        match stored {
            None => assert_eq!((answer.status, files), (422, serde_json::json!([])), "{name}"),
            Some(path) => assert_eq!((answer.status, files), (200, serde_json::json!([path])), "{name}"),
        }
    }
    // What was a link is a file whose content is the address.
    assert_eq!(kit.call("GET", "namespaces/a/files?path=/link").await.text, "/etc/passwd");
    assert_eq!(kit.call("GET", "namespaces/b/files/directory").await.ok(), serde_json::json!([]));
}
