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
        (
            "GET",
            "/api/v1/other/secrets",
            400,
            "Bad Request: Tenant must be 'main' for OSS version",
        ),
        (
            "PUT",
            "/api/v1/configs",
            405,
            "Method Not Allowed: Method [PUT] not allowed for URI [/api/v1/configs]. Allowed methods: [HEAD, GET]",
        ),
    ] {
        assert_eq!(
            kit.call(method, path).await.refused(),
            (status, message.to_owned()),
            "{method} {path}"
        );
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
    assert_eq!(
        body["_links"]["self"]["href"],
        "/api/v1/main/namespaces/a/files?path=%2Fx%20y"
    );
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
