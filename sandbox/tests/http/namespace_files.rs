//! Files: upload, revisions, directories, moves, and names that must not leave the namespace.

use reqwest::multipart::{Form, Part};
use serde_json::json;

use crate::kit::{Answer, Kit};

async fn upload(kit: &Kit, path: &str, content: &[u8]) -> Answer {
    let part = Part::bytes(content.to_vec()).file_name("f");
    let request = kit.request("POST", "namespaces/a.b/files").query(&[("path", path)]);
    Answer::of(request.multipart(Form::new().part("fileContent", part)).send().await.unwrap()).await
}

#[tokio::test]
async fn a_file_is_read_back_byte_for_byte_in_every_revision() {
    let kit = Kit::start().await;
    let bytes: Vec<u8> = (0..=255).collect();
    upload(&kit, "/dir/f.bin", b"first\r\n").await.done();
    upload(&kit, "dir/f.bin", &bytes).await.done();
    let get = async |query: &str| {
        let path = format!("namespaces/a.b/files?path=/dir/f.bin{query}");
        kit.request("GET", &path).send().await.unwrap().bytes().await.unwrap().to_vec()
    };
    assert_eq!(get("").await, bytes);
    assert_eq!(get("&revision=1").await, b"first\r\n");
    let revisions = kit.call("GET", "namespaces/a.b/files/revisions?path=/dir/f.bin").await.ok();
    assert_eq!(revisions, json!([{"revision": 1}, {"revision": 2}]));
    let stats = kit.call("GET", "namespaces/a.b/files/stats?path=/dir/f.bin").await.ok();
    assert_eq!(
        (&stats["type"], &stats["size"], &stats["fileName"]),
        (&json!("File"), &json!(256), &json!("f.bin"))
    );
}

#[tokio::test]
async fn directories_move_and_vanish_with_their_content() {
    let kit = Kit::start().await;
    upload(&kit, "/d/one.txt", b"1").await.done();
    upload(&kit, "/d/sub/two.txt", b"2").await.done();
    kit.call("POST", "namespaces/a.b/files/directory?path=/empty").await.done();
    kit.call("PUT", "namespaces/a.b/files?from=/d&to=/e/f").await.done();
    kit.call("PUT", "namespaces/a.b/files?from=/nope&to=/x").await.done();
    let found = kit.call("GET", "namespaces/a.b/files/search?q=txt").await.ok();
    assert_eq!(found, json!(["/e/f/one.txt", "/e/f/sub/two.txt"]));
    kit.call("DELETE", "namespaces/a.b/files?path=/e").await.done();
    kit.call("DELETE", "namespaces/a.b/files?path=/e").await.done();
    let root = kit.call("GET", "namespaces/a.b/files/directory").await.ok();
    assert_eq!(root.as_array().unwrap().len(), 1);
    assert_eq!(root[0]["fileName"], "empty");
    assert_eq!(kit.call("GET", "namespaces/a.b/files/directory?path=/e").await.status, 404);
}

#[tokio::test]
async fn refusals() {
    let kit = Kit::start().await;
    upload(&kit, "/d/f", b"1").await.done();
    assert_eq!(upload(&kit, "/../x", b"1").await.status, 422);
    assert_eq!(upload(&kit, "/d", b"1").await.status, 409);
    assert_eq!(upload(&kit, "/d/f/g", b"1").await.status, 409);
    let missing = kit.call("GET", "namespaces/a.b/files?path=/nope").await;
    assert_eq!(
        missing.refused(),
        (404, "Not Found: File '/nope' was not found in namespace 'a.b'.".to_owned())
    );
    assert_eq!(kit.call("GET", "namespaces/a.b/files?path=/d").await.status, 404);
    assert_eq!(kit.call("GET", "namespaces/a.b/files").await.status, 400);
    assert_eq!(kit.send("POST", "namespaces/a.b/files?path=/x", "text/plain", "x").await.status, 415);
    let broken =
        kit.send("POST", "namespaces/a.b/files?path=/x", "multipart/form-data; boundary=b", "--b\r\nx").await;
    assert_eq!(broken.status, 400);
}

#[tokio::test]
async fn an_exported_namespace_is_uploaded_elsewhere() {
    let (from, to) = (Kit::start().await, Kit::start().await);
    upload(&from, "/d/one.txt", b"1").await.done();
    upload(&from, "/two.bin", &[0, 255]).await.done();
    let archive = from.request("GET", "namespaces/a.b/files/export").send().await.unwrap();
    assert_eq!(archive.headers()["content-disposition"], "attachment; filename=\"a.b_files.zip\"");
    let part = Part::bytes(archive.bytes().await.unwrap().to_vec()).file_name("a.zip");
    let request = to.request("POST", "namespaces/a.b/files?path=/ignored.zip");
    Answer::of(request.multipart(Form::new().part("fileContent", part)).send().await.unwrap()).await.done();
    assert_eq!(to.call("GET", "namespaces/a.b/files?path=/d/one.txt").await.text, "1");
    assert_eq!(
        to.call("GET", "namespaces/a.b/files/search?q=.").await.ok(),
        json!(["/d/one.txt", "/two.bin"])
    );
}
