//! Executions over HTTP: what is sent, and where each line keeps outputs.

use wiremock::Request;

use super::*;
use crate::testing::{answer, asked, client, responder, server};

const CREATED: &str =
    r#"{"id":"x","namespace":"a.b","flowId":"f","flowRevision":3,"state":{"current":"CREATED"}}"#;

#[tokio::test]
async fn a_flow_is_started_once_with_its_inputs_and_labels() {
    let server = server(vec![answer(200, CREATED)]).await;
    let client = client(server.uri());
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let start = Start {
        inputs: pairs(&[("day", "2030-01-01"), ("text", "a\r\nb")]),
        labels: pairs(&[("team", "a:b c")]),
        revision: Some(3),
    };
    let made = client.executions().start("a.b", "f", &start).await.unwrap();
    assert_eq!((made.state(), made.is_terminated(), made.task_runs().len()), ("CREATED", false, 0));
    client.executions().start("a.b", "f", &Start::default()).await.unwrap();
    assert_eq!(
        asked(&server).await,
        [
            "POST /api/v1/main/executions/a.b/f?labels=team%3Aa%3Ab%20c&revision=3",
            "POST /api/v1/main/executions/a.b/f"
        ]
    );
    let requests = server.received_requests().await.unwrap();
    let body = String::from_utf8_lossy(&requests[0].body);
    assert!(body.contains("name=\"day\"\r\n\r\n2030-01-01\r\n"), "{body}");
    assert!(body.contains("name=\"text\"\r\n\r\na\r\nb\r\n"), "{body}");
    assert!(requests[1].body.is_empty());
}

/// A server of a line with one execution that has ended.
fn answers(version: &'static str) -> impl Fn(&Request) -> wiremock::ResponseTemplate + Send + Sync {
    move |request| {
        let outputs = if version == "1.3.34" { r#","outputs":{"v":1}"# } else { "" };
        let own = if version == "1.3.34" { r#","outputs":{"o":2}"# } else { "" };
        match request.url.path().trim_start_matches("/api/v1/") {
            "configs" => answer(200, &format!(r#"{{"version":"{version}"}}"#)),
            "main/executions/x" => answer(
                200,
                &format!(
                    r#"{{"id":"x","namespace":"a","flowId":"f","state":{{"current":"WARNING"}}{own},"taskRunList":[
                    {{"id":"r1","taskId":"one","value":"1","state":{{"current":"FAILED"}},"attempts":[{{}},{{}}]{outputs}}},
                    {{"id":"r2","taskId":"two","state":{{"current":"CREATED"}}}}]}}"#
                ),
            ),
            "main/outputs/executions/x" => answer(200, r#"{"o":2}"#),
            "main/outputs/tasks/x" => answer(200, r#"[{"taskId":"one","taskRunId":"r1","inline":true}]"#),
            "main/outputs/tasks/x/r1" => answer(200, r#"{"v":1}"#),
            _ => answer(204, ""),
        }
    }
}

#[tokio::test]
async fn outputs_are_found_wherever_the_line_keeps_them() {
    for (version, requests) in [("1.3.34", 2), ("2.0.0", 5)] {
        let server = responder(answers(version)).await;
        let client = client(server.uri());
        let found = client.executions().with_outputs("x").await.unwrap();
        assert!(found.is_terminated());
        let json = |outputs: &Option<Map<String, Value>>| outputs.clone().map(Value::from);
        assert_eq!(json(&found.outputs), Some(serde_json::json!({"o": 2})), "{version}");
        let [one, two] = found.task_runs() else { panic!("two runs") };
        assert_eq!((one.state(), one.attempts(), one.value.as_deref()), ("FAILED", 2, Some("1")));
        assert_eq!(json(&one.outputs), Some(serde_json::json!({"v": 1})), "{version}");
        assert_eq!((two.attempts(), json(&two.outputs)), (0, None), "{version}");
        assert_eq!(asked(&server).await.len(), requests, "{version}");
    }
}

#[tokio::test]
async fn an_execution_is_killed_and_deleted_on_both_lines() {
    for (version, path) in [("1.3.34", "x/kill"), ("2.0.0", "x/actions/kill")] {
        let server = responder(answers(version)).await;
        let client = client(server.uri());
        client.executions().kill("x").await.unwrap();
        client.executions().delete("y").await.unwrap();
        let paths = [path, "y"].map(|path| format!("DELETE /api/v1/main/executions/{path}"));
        assert_eq!(asked(&server).await[1..], paths);
    }
}
