//! Unknown paths, wrong methods, tenants, and requests no client should send.

use crate::kit::{Answer, Kit};

#[tokio::test]
async fn paths_and_methods() {
    let kit = Kit::start().await;
    for (method, path, status, message) in [
        ("GET", "nothere", 404, "Not Found"),
        ("GET", "/api/v2/x", 404, "Not Found"),
        ("GET", "/api/v1/version", 404, "Not Found"),
        ("GET", "/", 404, "Not Found"),
        ("GET", "/api/v1/other/secrets", 400, "Bad Request: Tenant must be 'main' for OSS version"),
        (
            "PUT",
            "/api/v1/configs",
            405,
            "Method Not Allowed: Method [PUT] not allowed for URI [/api/v1/configs]. Allowed methods: [HEAD, GET]",
        ),
    ] {
        assert_eq!(kit.call(method, path).await.refused(), (status, message.to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn a_path_without_tenant_means_main() {
    let kit = Kit::start().await;
    assert_eq!(kit.call("GET", "/api/v1/secrets").await.ok()["total"], 0);
}

#[tokio::test]
async fn a_fault_carries_the_request_as_it_came() {
    let kit = Kit::start().await;
    let answer = kit.call("GET", "namespaces/a/files?path=%2Fx%20y").await;
    let body: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(body["_links"]["self"]["href"], "/api/v1/main/namespaces/a/files?path=%2Fx%20y");
}

#[tokio::test]
async fn an_accept_header_that_fits_nothing_is_refused() {
    let kit = Kit::start().await;
    let request = kit.request("GET", "secrets").header("accept", "application/xml");
    let expected = "Not Acceptable: Specified Accept Types [application/xml] not supported. \
        Supported types: [application/json]";
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.refused(), (406, expected.to_owned()));
}

#[tokio::test]
async fn what_kestra_has_and_the_sandbox_has_not_says_so() {
    let kit = Kit::start().await;
    let expected = "Not Implemented: the sandbox does not serve GET /api/v1/pebble/functions \
        (nobody has recorded what Kestra 1.3 answers); use a Kestra server for it";
    assert_eq!(kit.call("GET", "/api/v1/pebble/functions").await.refused(), (501, expected.to_owned()));
    for (method, path, status) in [
        ("GET", "executions/nosuch", 404),
        ("GET", "executions/search", 200),
        ("GET", "dashboards?q=x", 200),
        ("GET", "triggers/search", 200),
        ("POST", "flows/search", 500),
        ("GET", "/api/v1/plugins/inputs", 200),
        ("GET", "/api/v1/plugins/schemas/apps", 501),
        ("GET", "/api/v1/plugins/schemas/zzz", 422),
        ("GET", "/api/v1/plugins/com.acme.Task", 501),
        ("GET", "/api/v1/plugins/icons", 501),
        ("GET", "/api/v1/plugins/io.kestra.nope", 404),
    ] {
        assert_eq!(kit.call(method, path).await.status, status, "{method} {path}");
    }
    assert_eq!(kit.send("POST", "dashboards", "application/json", "{}").await.status, 415);
    assert_eq!(kit.send("POST", "dashboards/validate", "application/x-yaml", "id: x").await.status, 501);
}

#[tokio::test]
async fn bodies_and_requests_beyond_reason_are_refused_and_the_server_lives_on() {
    let kit = Kit::start().await;
    let huge = "x".repeat(65 * 1024 * 1024);
    let refused = kit.request("PUT", "namespaces/a/kv/k").body(huge).send().await;
    // The server may close the connection before the whole body is sent.
    assert!(refused.map_or(true, |answer| answer.status() == 413));
    let header = kit.request("GET", "secrets").header("x-long", "x".repeat(1024 * 1024)).send().await;
    assert!(header.map_or(true, |answer| answer.status() == 431));
    for path in ["flows/%00/x", "flows/%FF/x", "flows/a/..%2f..%2fx", "flows/{}/x"] {
        assert_eq!(kit.call("GET", path).await.status, 404, "{path}");
    }
    kit.call("GET", "secrets").await.ok();
}

/// A client that keeps its connection open would otherwise find it closed under its next request.
#[tokio::test]
async fn a_body_nobody_asked_for_does_not_cost_the_connection() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let kit = Kit::start().await;
    let address = kit.sandbox.url().replace("http://", "");
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    for _ in 0..3 {
        let head = "PUT /api/v1/main/flows HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n";
        connection.write_all(head.as_bytes()).await.unwrap();
        connection.write_all(b"12345").await.unwrap();
        let mut answer = [0; 12];
        connection.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 405");
        let mut rest = String::new();
        while !rest.ends_with("}}") {
            let mut chunk = [0; 4096];
            let read = connection.read(&mut chunk).await.unwrap();
            assert_ne!(read, 0, "the connection stays open: {rest}");
            rest.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
        }
    }
}

#[tokio::test]
async fn of_many_creations_at_once_one_succeeds() {
    let kit = Kit::start().await;
    let flow = "id: f\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\n";
    let creations = (0..20).map(|_| kit.send("POST", "flows", "application/x-yaml", flow));
    let answers = futures_util::future::join_all(creations).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1], statuses[19]), (200, 422, 422));
}
