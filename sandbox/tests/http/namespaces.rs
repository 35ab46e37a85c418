//! Namespaces of both editions.

use sandbox::{Edition, Options};
use serde_json::json;

use crate::kit::Kit;

#[tokio::test]
async fn on_open_source_every_namespace_exists_and_none_is_written() {
    let kit = Kit::start().await;
    assert_eq!(kit.call("GET", "namespaces/any.thing").await.ok(), json!({"id": "any.thing"}));
    let all = kit.call("GET", "namespaces/search").await.ok();
    assert_eq!(all, json!({"results": [{"id": "system"}], "total": 1}));
    assert_eq!(kit.send("POST", "namespaces", "application/json", r#"{"id":"a"}"#).await.status, 404);
    assert_eq!(kit.call("DELETE", "namespaces/a").await.status, 405);
}

#[tokio::test]
async fn on_enterprise_a_namespace_is_an_object() {
    let kit = Kit::with(Options { edition: Edition::Ee, ..Options::default() }).await;
    let write = async |method, path, body: &str| kit.send(method, path, "application/json", body).await;
    assert_eq!(kit.call("GET", "namespaces/a.b").await.status, 404);
    let created =
        write("POST", "namespaces", r#"{"id":"a.b","description":"d","variables":null}"#).await.ok();
    assert_eq!(created, json!({"id": "a.b", "description": "d", "deleted": false}));
    assert_eq!(write("POST", "namespaces", r#"{"id":"a.b"}"#).await.status, 422);
    assert_eq!(write("POST", "namespaces", r#"{"id":"-"}"#).await.status, 422);
    assert_eq!(write("POST", "namespaces", "[]").await.status, 422);
    assert_eq!(write("PUT", "namespaces/a.b", r#"{"id":"a.c"}"#).await.status, 422);
    assert_eq!(write("PUT", "namespaces/x", r#"{"id":"x"}"#).await.status, 404);
    write("PUT", "namespaces/a.b", r#"{"variables":{"x":1}}"#).await.ok();
    let read = kit.call("GET", "namespaces/a.b").await.ok();
    assert_eq!(read, json!({"id": "a.b", "variables": {"x": 1}, "deleted": false}));
    let ids = write("POST", "namespaces/autocomplete", r#"{"q":"a."}"#).await.ok();
    assert_eq!(ids, json!(["a.b"]));
    assert_eq!(write("PUT", "namespaces/a.b/secrets", "{}").await.status, 501);
    assert_eq!(kit.call("DELETE", "namespaces/a.b").await.status, 204);
    assert_eq!(kit.call("DELETE", "namespaces/a.b").await.status, 404);
}
