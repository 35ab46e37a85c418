//! Keys and values over HTTP, as 1.3 and 2.0 answer.

use super::*;
use crate::testing::{answer, asked, client, server};

#[tokio::test]
async fn put_sends_the_text_and_its_options() {
    let server = server(vec![answer(200, "")]).await;
    let options = PutOptions { ttl: Some("PT24H".into()), description: Some("grün".into()) };
    client(server.uri()).kv().put("n", "a/b", "\"s3cret\"".into(), &options).await.unwrap();
    assert_eq!(asked(&server).await, ["PUT /api/v1/main/namespaces/n/kv/a%2Fb"]);
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.body, b"\"s3cret\"");
    assert_eq!(request.headers["content-type"], "text/plain");
    assert_eq!(request.headers["ttl"], "PT24H");
    assert_eq!(request.headers["description"].as_bytes(), b"gr\xfcn");
}

#[tokio::test]
async fn options_that_would_be_mangled_are_refused() {
    let server = server(vec![answer(200, "")]).await;
    for text in ["世", "two\nlines"] {
        let options = PutOptions { ttl: None, description: Some(text.into()) };
        let error = client(server.uri()).kv().put("n", "k", "1".into(), &options).await.unwrap_err();
        assert!(matches!(error, Error::Argument { argument: "description", .. }), "{error}");
    }
    assert!(asked(&server).await.is_empty());
}

#[tokio::test]
async fn values_of_every_type() {
    let cases = [
        (
            r#"{"type":"STRING","value":"s3cret","revision":3,"updated":"2026-11-21T08:33:23.704Z"}"#,
            "\"s3cret\"",
        ),
        (r#"{"type":"NUMBER","value":42}"#, "42"),
        (r#"{"type":"STRING"}"#, "null"),
        (r#"{"type":"JSON","value":{"b":1,"a":[2]}}"#, r#"{"b":1,"a":[2]}"#),
    ];
    for (body, expected) in cases {
        let server = server(vec![answer(200, body)]).await;
        let value = client(server.uri()).kv().get("n", "k").await.unwrap();
        assert_eq!(value.value.to_string(), expected);
        assert!(!format!("{value:?}").contains("s3cret"), "{value:?}");
    }
}

#[tokio::test]
async fn missing_and_expired_keys() {
    for (status, body) in
        [(404, ""), (410, r#"{"message":"Resource has expired: The requested value has expired"}"#)]
    {
        let server = server(vec![answer(status, body)]).await;
        let client = client(server.uri());
        assert!(client.kv().get("n", "k").await.unwrap_err().is_gone(), "{status}");
        assert_eq!(client.kv().current("n", "k", None).await.unwrap(), Read::Gone, "{status}");
    }
}

#[tokio::test]
async fn delete_says_whether_there_was_one() {
    for existed in [true, false] {
        let server = server(vec![answer(200, &existed.to_string())]).await;
        assert_eq!(client(server.uri()).kv().delete("n", "k").await.unwrap(), existed);
    }
}

#[tokio::test]
async fn lists_of_both_lines() {
    let page = |number: &str| {
        let dates = r#""creationDate":"2026-11-21T08:33:23Z","updateDate":"2026-11-21T08:33:24.5Z""#;
        format!(r#"{{"results":[{{"namespace":"n","key":"k","{number}":7,{dates}}}],"total":1}}"#)
    };
    for number in ["version", "revision"] {
        let server = server(vec![answer(200, &page(number))]).await;
        let client = client(server.uri());
        let entries = client.kv().list("n").await.unwrap();
        assert_eq!((entries[0].key.as_str(), entries[0].revision), ("k", 7));
        let known = Stamp::at(7, Some("2026-11-21T08:33:24.500Z")).unwrap();
        let read = client.kv().current("n", "k", Some(&known)).await.unwrap();
        assert_eq!(read, Read::Unchanged { stamp: known });
        let list = "GET /api/v1/main/kv?filters%5Bnamespace%5D%5BEQUALS%5D=n&sort=key%3Aasc&size=500&page=1";
        assert_eq!(asked(&server).await, [list, list]);
    }
}
