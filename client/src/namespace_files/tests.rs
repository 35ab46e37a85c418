//! Files over HTTP: awkward names, and refreshes by directory.

use super::*;
use crate::testing::{answer, asked, client, responder, server};

fn attributes(name: &str, size: u64, modified: i64) -> String {
    format!(
        r#"{{"type":"File","size":{size},"fileName":"{name}","lastModifiedTime":{modified},"creationTime":1,"metadata":{{}}}}"#
    )
}

fn stamp(number: u64, updated: i64) -> Stamp {
    Stamp { number, updated, listed: true }
}

#[tokio::test]
async fn awkward_names_keep_their_place() {
    let cases = [
        ("f.txt", "%2Ff.txt"),
        ("/f.txt", "%2Ff.txt"),
        ("//f.txt", "%2Ff.txt"),
        ("dir/a b+c.txt", "%2Fdir%2Fa%20b%2Bc.txt"),
        ("/ü/世.txt", "%2F%C3%BC%2F%E4%B8%96.txt"),
        ("/a?b&c=d#e%20", "%2Fa%3Fb%26c%3Dd%23e%2520"),
        ("/x.zip", "%2Fx.zip"),
    ];
    for (path, encoded) in cases {
        let server = server(vec![answer(200, "")]).await;
        let client = client(server.uri());
        let files = client.namespace_files();
        files.put("company.team", path, b"content".to_vec()).await.unwrap();
        files.get("company.team", path).await.unwrap();
        files.delete("company.team", path).await.unwrap();
        let url = format!("/api/v1/main/namespaces/company.team/files?path={encoded}");
        assert_eq!(asked(&server).await, ["POST", "GET", "DELETE"].map(|method| format!("{method} {url}")));
    }
}

#[tokio::test]
async fn bytes_arrive_as_they_are_in_a_part_that_is_never_unpacked() {
    let server = server(vec![answer(502, ""), answer(200, "")]).await;
    client(server.uri()).namespace_files().put("n", "/x.zip", vec![0, 255, b'\r', b'\n', 0]).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 2, "a repeated upload sends everything again");
    for request in requests {
        let text = String::from_utf8_lossy(&request.body);
        assert!(text.contains(r#"name="fileContent"; filename="fileContent""#), "{text}");
        assert!(request.body.windows(9).any(|bytes| bytes == b"\r\n\r\n\x00\xff\r\n\x00"), "{text}");
    }
}

#[tokio::test]
async fn a_path_must_name_a_file() {
    let client = client("http://localhost:1");
    for path in ["", "/", "//"] {
        let error = client.namespace_files().get("n", path).await.unwrap_err();
        assert!(matches!(error, Error::Argument { argument: "path", .. }), "{error}");
    }
}

#[tokio::test]
async fn directories() {
    let server = server(vec![answer(200, "[]")]).await;
    let client = client(server.uri());
    for path in ["", "/", "dir", "/dir/", "/dir/sub"] {
        client.namespace_files().directory("n", path).await.unwrap();
    }
    let base = "GET /api/v1/main/namespaces/n/files/directory";
    let expected =
        ["", "", "?path=%2Fdir", "?path=%2Fdir", "?path=%2Fdir%2Fsub"].map(|query| format!("{base}{query}"));
    assert_eq!(asked(&server).await, expected);
}

#[tokio::test]
async fn a_first_read_learns_the_time_before_the_content() {
    let server = responder(|request| match request.url.path().rsplit('/').next() {
        Some("stats") => answer(200, &attributes("f.txt", 5, 77)),
        _ => answer(200, "hello"),
    })
    .await;
    let client = client(server.uri());
    let read = client.namespace_files().current("n", "/dir/f.txt", None).await.unwrap();
    assert_eq!(read, Read::Found { object: b"hello".as_slice().into(), stamp: Some(stamp(5, 77)) });
    let expected = [
        "GET /api/v1/main/namespaces/n/files/stats?path=%2Fdir%2Ff.txt",
        "GET /api/v1/main/namespaces/n/files?path=%2Fdir%2Ff.txt",
    ];
    assert_eq!(asked(&server).await, expected);
}

#[tokio::test]
async fn a_refresh_lists_each_directory_once() {
    let list =
        format!("[{},{},{}]", attributes("f.txt", 5, 77), attributes("a+b", 1, 3), attributes("g", 9, 9));
    let server = responder(move |request| match request.url.path().rsplit('/').next() {
        Some("directory") => answer(200, &list),
        Some("stats") => answer(404, ""),
        _ => answer(200, "changed"),
    })
    .await;
    let client = client(server.uri());
    let files = client.namespace_files();
    let current = async |path: &str, known: Stamp| files.current("n", path, Some(&known)).await.unwrap();
    assert_eq!(current("/f.txt", stamp(5, 77)).await, Read::Unchanged { stamp: stamp(5, 77) });
    assert_eq!(
        current("/a b", stamp(1, 3)).await,
        Read::Unchanged { stamp: stamp(1, 3) },
        "listed as 1.3 does"
    );
    assert_eq!(current("/dir/f.txt", stamp(5, 77)).await, Read::Unchanged { stamp: stamp(5, 77) });
    let changed = Read::Found { object: b"changed".as_slice().into(), stamp: Some(stamp(9, 9)) };
    assert_eq!(current("/g", stamp(9, 8)).await, changed);
    assert_eq!(current("/gone", stamp(1, 1)).await, Read::Gone);
    let base = "GET /api/v1/main/namespaces/n/files";
    let expected = ["/directory", "/directory?path=%2Fdir", "?path=%2Fg", "/stats?path=%2Fgone"]
        .map(|rest| format!("{base}{rest}"));
    assert_eq!(asked(&server).await, expected);
}

#[tokio::test]
async fn names_that_share_an_entry_are_read() {
    let list = format!("[{},{}]", attributes("a+b", 5, 77), attributes("a+b", 6, 78));
    let server = responder(move |request| match request.url.path().rsplit('/').next() {
        Some("directory") => answer(200, &list),
        Some("stats") => answer(200, &attributes("a+b", 5, 77)),
        _ => answer(200, "hello"),
    })
    .await;
    let read = client(server.uri()).namespace_files().current("n", "a b", Some(&stamp(5, 77))).await.unwrap();
    assert_eq!(read, Read::Found { object: b"hello".as_slice().into(), stamp: Some(stamp(5, 77)) });
}
