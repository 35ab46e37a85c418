//! The key-value store: types, versions, expiry, lists and inheritance.

use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

async fn put(kit: &Kit, path: &str, body: &str) {
    kit.send("PUT", path, "text/plain", body).await.done();
}

fn keys(list: &Value) -> Vec<(&str, &str)> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["namespace"].as_str().unwrap(), entry["key"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_value_is_typed_by_its_body() {
    let kit = Kit::start().await;
    for (body, kind, value) in [
        ("42", "NUMBER", json!(42)),
        ("\"42\"", "STRING", json!("42")),
        ("hello world", "STRING", json!("hello")),
        ("null", "STRING", Value::Null),
        ("P1D", "DURATION", json!("PT24H")),
        (r#"{"a":[1,null]}"#, "JSON", json!({"a": [1, null]})),
    ] {
        put(&kit, "namespaces/a/kv/k", body).await;
        let read = kit.call("GET", "namespaces/a/kv/k").await.ok();
        assert_eq!((&read["type"], &read["value"]), (&json!(kind), &value), "{body}");
        assert_eq!(read.get("value").is_none(), value.is_null(), "{body}: null is left out");
    }
    assert_eq!(kit.call("GET", "namespaces/a/kv/k").await.ok()["revision"], 6);
}

#[tokio::test]
async fn what_is_not_a_plain_text_body_is_refused() {
    let kit = Kit::start().await;
    for (media_type, body, key, status) in [
        ("application/json", "1", "k", 415),
        ("text/plain", "", "k", 422),
        ("text/plain", "1", "-k", 422),
        ("text/plain", "1", "a%20b", 422),
        ("text/plain; charset=utf-8", "1", "A.b_c-9", 200),
    ] {
        let answer = kit.send("PUT", &format!("namespaces/a/kv/{key}"), media_type, body).await;
        assert_eq!(answer.status, status, "{media_type} {key} {body}");
    }
    kit.request("PUT", "namespaces/a/kv/untyped").body("1").send().await.unwrap().error_for_status().unwrap();
    let missing = kit.call("GET", "namespaces/a/kv/none").await;
    assert_eq!(
        missing.refused(),
        (404, "Not Found: No value found for key 'none' in namespace 'a'".to_owned())
    );
}

#[tokio::test]
async fn a_ttl_ends_an_entry() {
    let kit = Kit::start().await;
    let with = async |ttl: &str| {
        let request = kit.request("PUT", "namespaces/a/kv/k").header("ttl", ttl).header("description", "d");
        Answer::of(request.body("1").send().await.unwrap()).await
    };
    with("P1D").await.done();
    let listed = kit.call("GET", "namespaces/a/kv").await.ok();
    assert_eq!(listed[0]["description"], "d");
    assert!(listed[0]["expirationDate"].as_str().unwrap() > listed[0]["updateDate"].as_str().unwrap());
    with("PT0S").await.done();
    assert_eq!(kit.call("GET", "namespaces/a/kv/k").await.status, 410);
    assert_eq!(kit.call("GET", "namespaces/a/kv").await.ok(), json!([]));
    assert_eq!(kit.call("DELETE", "namespaces/a/kv/k").await.ok(), json!(false));
    assert_eq!(with("xx").await.status, 500);
    assert_eq!(with("-PT1S").await.status, 422);
    assert_eq!(with("PT999999999999H").await.status, 500);
}

#[tokio::test]
async fn lists_pages_and_deletions() {
    let kit = Kit::start().await;
    for key in ["c", "a", "b"] {
        put(&kit, &format!("namespaces/a/kv/{key}"), "1").await;
    }
    put(&kit, "namespaces/z/kv/a", "1").await;
    let page = kit.call("GET", "kv?filters[namespace][EQUALS]=a&sort=key:desc&size=2").await.ok();
    assert_eq!(keys(&page["results"]), [("a", "c"), ("a", "b")]);
    assert_eq!(page["total"], 3);
    assert_eq!(kit.call("GET", "kv?filters[foo][EQUALS]=a").await.status, 422);
    assert_eq!(kit.call("GET", "kv?filters[level][EQUALS]=a").await.status, 400);
    let body = r#"{"keys":["a","nope","b"]}"#;
    let deleted = kit.send("DELETE", "namespaces/a/kv", "application/json", body).await.ok();
    assert_eq!(deleted, json!({"keys": ["a", "b"]}));
    assert_eq!(keys(&kit.call("GET", "namespaces/a/kv").await.ok()), [("a", "c")]);
    assert_eq!(kit.call("DELETE", "namespaces/a/kv/c").await.ok(), json!(true));
    assert_eq!(kit.call("DELETE", "namespaces/a/kv/c").await.ok(), json!(false));
}

#[tokio::test]
async fn inheritance_takes_the_nearest_parent() {
    let kit = Kit::start().await;
    for path in
        ["namespaces/a/kv/p", "namespaces/a/kv/both", "namespaces/a.b/kv/both", "namespaces/a.b.c/kv/own"]
    {
        put(&kit, path, "1").await;
    }
    let found = kit.call("GET", "namespaces/a.b.c/kv/inheritance").await.ok();
    assert_eq!(keys(&found), [("a.b", "both"), ("a", "p")]);
    assert_eq!(kit.call("GET", "namespaces/a.b.c/kv/p").await.status, 404);
}
