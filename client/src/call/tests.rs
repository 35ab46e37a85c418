//! Attempts and their repetition, against servers that misbehave.

use std::time::Duration;

use super::*;
use crate::testing::{Act, RawServer, answer, asked, client, config, server};
use crate::{Client, Config, PutOptions, Retry};

const FLOW: &str = r#"{"id":"f","namespace":"n","revision":1,"tasks":[],"source":"id: f"}"#;
const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 67\r\nContent-Type: application/json\r\n\r\n\
    {\"id\":\"f\",\"namespace\":\"n\",\"revision\":1,\"tasks\":[],\"source\":\"id: f\"}";
const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 67\r\n\r\n{\"id\":\"f\",";

/// A name for an outcome, to compare in tables.
fn name<T>(outcome: &Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(Error::NotFound { .. }) => "not found",
        Err(Error::AlreadyExists { .. }) => "already exists",
        Err(Error::Conflict { .. }) => "conflict",
        Err(Error::Unauthorized { .. }) => "unauthorized",
        Err(Error::Forbidden { .. }) => "forbidden",
        Err(Error::Invalid { .. }) => "invalid",
        Err(Error::Expired { .. }) => "expired",
        Err(Error::RateLimited { .. }) => "rate limited",
        Err(Error::Unsupported { .. }) => "unsupported",
        Err(Error::Redirected { .. }) => "redirected",
        Err(Error::Unreachable { .. }) => "unreachable",
        Err(Error::Interrupted { .. }) => "interrupted",
        Err(Error::Timeout { .. }) => "timeout",
        Err(Error::Cancelled { .. }) => "cancelled",
        Err(Error::TooLarge { .. }) => "too large",
        Err(Error::Malformed { .. }) => "malformed",
        Err(Error::Unexpected { .. }) => "unexpected",
        Err(Error::Argument { .. }) => "argument",
        Err(Error::Config(_)) => "config",
    }
}

/// One call of each kind of repetition.
async fn outcome(client: &Client, call: &str) -> &'static str {
    match call {
        "get" => name(&client.flows().get("n", "f").await),
        "update" => name(&client.flows().update("n", "f", "id: f").await),
        "create" => name(&client.flows().create("id: f").await),
        "validate" => name(&client.flows().validate("id: f").await),
        "delete" => name(&client.flows().delete("n", "f").await),
        other => panic!("no such call: {other}"),
    }
}

#[tokio::test]
async fn every_status_has_its_error() {
    let cases = [
        (200, "ok"),
        (201, "ok"),
        (301, "unexpected"),
        (400, "invalid"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "not found"),
        (405, "unsupported"),
        (406, "unexpected"),
        (409, "conflict"),
        (410, "expired"),
        (413, "invalid"),
        (415, "invalid"),
        (418, "unexpected"),
        (422, "invalid"),
        (423, "conflict"),
        (429, "rate limited"),
        (500, "unexpected"),
        (501, "unsupported"),
        (502, "unexpected"),
        (503, "unexpected"),
    ];
    for (status, expected) in cases {
        let server = server(vec![answer(status, FLOW)]).await;
        assert_eq!(outcome(&client(server.uri()), "get").await, expected, "{status}");
    }
}

#[tokio::test]
async fn only_what_is_safe_is_sent_again() {
    // Answers of the server in turn, the outcome, and how many requests there were.
    let cases: [(&str, &[u16], &str, usize); 20] = [
        ("get", &[503, 200], "ok", 2),
        ("get", &[429, 502, 504, 200], "ok", 4),
        ("get", &[503], "unexpected", 4),
        ("get", &[500], "unexpected", 1),
        ("get", &[404], "not found", 1),
        ("update", &[502, 200], "ok", 2),
        ("update", &[422], "invalid", 1),
        ("create", &[429, 200], "rate limited", 1),
        ("create", &[502, 200], "unexpected", 1),
        ("create", &[503, 200], "unexpected", 1),
        ("create", &[504, 200], "unexpected", 1),
        ("validate", &[503, 200], "malformed", 2),
        ("delete", &[503, 200], "ok", 2),
        ("delete", &[502, 404], "ok", 2),
        ("delete", &[504, 503, 404], "ok", 3),
        // Nothing was lost on the way, so there was nothing to delete.
        ("delete", &[503, 404], "not found", 2),
        ("delete", &[429, 404], "not found", 2),
        ("delete", &[404], "not found", 1),
        ("delete", &[502, 409], "conflict", 2),
        ("delete", &[502], "unexpected", 4),
    ];
    for (call, statuses, expected, requests) in cases {
        let server = server(statuses.iter().map(|status| answer(*status, FLOW)).collect()).await;
        assert_eq!(outcome(&client(server.uri()), call).await, expected, "{call} {statuses:?}");
        assert_eq!(asked(&server).await.len(), requests, "{call} {statuses:?}");
    }
}

#[tokio::test]
async fn broken_connections() {
    use Act::Write;
    static RESET: &[Act] = &[Write(""), Write(OK)];
    static CUT: &[Act] = &[Write(HALF), Write(OK)];
    static ALWAYS_CUT: &[Act] = &[Write(HALF)];
    static GIBBERISH: &[Act] = &[Write("SSH-2.0-OpenSSH_9.9\r\n"), Write(OK)];
    static GONE: &[Act] = &[Write(""), Write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")];
    let cases = [
        ("get", RESET, "ok", 2),
        ("get", CUT, "ok", 2),
        ("get", ALWAYS_CUT, "interrupted", 4),
        ("update", RESET, "ok", 2),
        ("create", RESET, "interrupted", 1),
        ("create", CUT, "interrupted", 1),
        ("delete", RESET, "ok", 2),
        ("delete", GONE, "ok", 2),
        ("create", GIBBERISH, "interrupted", 1),
    ];
    for (index, (call, acts, expected, connections)) in cases.into_iter().enumerate() {
        let server = RawServer::start(acts).await;
        assert_eq!(outcome(&client(server.url()), call).await, expected, "case {index}: {call}");
        assert_eq!(*server.connections.borrow(), connections, "case {index}: {call}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for call in ["get", "create"] {
        assert_eq!(outcome(&client(format!("http://{address}")), call).await, "unreachable", "{call}");
    }
    let error = client(format!("http://{address}")).flows().create("id: f").await.unwrap_err();
    assert!(error.to_string().contains(&format!("cannot connect to {address}: ")), "{error}");
    assert!(!error.leaves_outcome_unknown());
}

#[tokio::test]
async fn slow_servers_time_out() {
    static SILENT: &[Act] = &[Act::Hold("")];
    static STALLED: &[Act] = &[Act::Hold(HALF)];
    for acts in [SILENT, STALLED] {
        let server = RawServer::start(acts).await;
        let timeout = Duration::from_millis(100);
        let client = Client::new(Config { timeout, ..config(server.url()) }).unwrap();
        let error = client.flows().get("n", "f").await.unwrap_err();
        let Error::Timeout { after, .. } = &error else { panic!("{error}") };
        assert_eq!(*after, timeout);
        assert!(error.leaves_outcome_unknown());
        // None at all on a machine so busy that the request was not read in time.
        assert!(*server.connections.borrow() <= 1, "a timed-out attempt is not repeated");
    }
}

#[tokio::test]
async fn the_deadline_bounds_the_attempt() {
    static SILENT: &[Act] = &[Act::Hold("")];
    let server = RawServer::start(SILENT).await;
    let retry = Retry { deadline: Duration::from_millis(100), ..Retry::default() };
    let client = Client::new(Config { retry, ..config(server.url()) }).unwrap();
    assert_eq!(outcome(&client, "get").await, "timeout");
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let server = server(vec![answer(429, "").insert_header("Retry-After", "3600")]).await;
    let error = client(server.uri()).flows().get("n", "f").await.unwrap_err();
    let Error::RateLimited { retry_after, .. } = error else { panic!("{error}") };
    assert_eq!(retry_after, Some(Duration::from_secs(3600)));
    assert_eq!(asked(&server).await.len(), 1);
}

#[tokio::test]
async fn stop_ends_calls_and_later_ones_work() {
    static HELD: &[Act] = &[Act::Hold(""), Act::Write(OK)];
    let mut server = RawServer::start(HELD).await;
    let client = client(server.url());
    let held = tokio::spawn({
        let client = client.clone();
        async move { outcome(&client, "get").await }
    });
    server.connections.wait_for(|count| *count == 1).await.unwrap();
    let token = client.stop_token();
    client.stop();
    assert!(token.is_cancelled());
    assert_eq!(held.await.unwrap(), "cancelled");
    assert_eq!(outcome(&client, "get").await, "ok");
}

#[tokio::test]
async fn stop_ends_waits() {
    static BUSY: &[Act] = &[Act::Write("HTTP/1.1 503 Busy\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n")];
    let mut server = RawServer::start(BUSY).await;
    let client = client(server.url());
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { outcome(&client, "get").await }
    });
    server.connections.wait_for(|count| *count == 1).await.unwrap();
    client.stop();
    assert_eq!(waiting.await.unwrap(), "cancelled");
}

#[tokio::test]
async fn long_answers_are_refused() {
    static CLAIMED: &[Act] = &[Act::Hold("HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n{")];
    let server = RawServer::start(CLAIMED).await;
    assert_eq!(outcome(&client(server.url()), "get").await, "too large");
}

#[tokio::test]
async fn chunks_are_counted() {
    static CHUNKED: &[Act] = &[Act::Hold(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n",
    )];
    for (limit, expected) in [(8, Some(b"abcdefgh".to_vec())), (7, None), (3, None)] {
        let server = RawServer::start(CHUNKED).await;
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let response = http.get(server.url()).send().await.unwrap();
        assert_eq!(read(response, limit).await.unwrap(), expected, "{limit}");
    }
}

#[tokio::test]
async fn redirects_are_reported_without_their_query() {
    let cases = [("https://sso.example/login?state=s3cret", "https://sso.example/login"), ("/ui/", "/ui/")];
    for (location, expected) in cases {
        let server = server(vec![answer(302, "").insert_header("Location", location)]).await;
        let error = client(server.uri()).flows().create("id: f").await.unwrap_err();
        let Error::Redirected { location, .. } = &error else { panic!("{error}") };
        assert!(location.ends_with(expected), "{location}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
        assert_eq!(asked(&server).await, ["POST /api/v1/main/flows"]);
    }
}

#[tokio::test]
async fn answers_that_are_not_kestras_are_not_shown() {
    let cases = ["<html><title>Sign in</title>", "", r#"{"id":"s3cret","revision":"s3cret"}"#, "[1,"];
    for body in cases {
        let server = server(vec![answer(200, body)]).await;
        let error = client(server.uri()).flows().get("n", "f").await.unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{body}: {error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
}

#[tokio::test]
async fn errors_never_repeat_secrets() {
    let echo = r#"{"message":"you sent s3cret-password, s3cret-header and s3cret value"}"#;
    let server = server(vec![answer(422, echo)]).await;
    let auth = crate::Auth::Basic { username: "u".into(), password: "s3cret-password".into() };
    let extra_headers = [("X-Key".to_owned(), Secret::new("s3cret-header"))].into();
    let client = Client::new(Config { auth, extra_headers, ..config(server.uri()) }).unwrap();
    let text = Secret::new("\"s3cret value\"");
    let error = client.kv().put("n", "k", text, &PutOptions::default()).await.unwrap_err();
    assert!(!format!("{error} {error:?} {client:?}").contains("s3cret"), "{error:?}");
    assert!(error.to_string().contains("you sent ***, *** and ***"), "{error}");
}
