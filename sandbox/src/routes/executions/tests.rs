//! Executions that an engine has run and left in the store, and what becomes of them without one.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use crate::{
    app::App,
    dispatch,
    fault::Fault,
    options::Options,
    store::executions::{self, Execution},
};

/// A sandbox whose store has an execution in a state.
async fn with(id: &str, state: &str) -> Arc<App> {
    let app = App::open(Options::default()).await.unwrap();
    let body = json!({
        "id": id, "namespace": "a.b", "flowId": "f", "flowRevision": 1,
        "taskRunList": [{
            "id": "r", "executionId": id, "namespace": "a.b", "flowId": "f", "taskId": "t",
            "outputs": {"value": 1}, "state": {"current": state},
        }],
        "inputs": {"n": null}, "outputs": {"o": 1},
        "labels": [
            {"key": "team", "value": "data"}, {"key": "system.from", "value": "api"},
            {"key": "system.correlationId", "value": id},
        ],
        "state": {
            "current": state, "startDate": "2026-01-01T00:00:00Z", "endDate": "2026-01-01T00:00:01.5Z",
        },
        "originalId": id, "deleted": false, "metadata": {"attemptNumber": 1},
    });
    let execution = Execution(body.as_object().unwrap().clone());
    app.store.write(move |c| Ok::<_, Fault>(executions::insert(c, &execution)?)).await.unwrap();
    app
}

/// The status and the body, as JSON where it is.
async fn call(app: &Arc<App>, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = Request::builder().method(method).uri(format!("/api/v1/main/executions/{path}"));
    let request =
        request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
    let answer = dispatch::answer(State(Arc::clone(app)), request).await;
    let status = answer.status().as_u16();
    let text = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&text).unwrap_or_else(|_| String::from_utf8_lossy(&text).into()))
}

#[tokio::test]
async fn an_ended_execution_takes_labels_and_nothing_that_only_runs() {
    let app = with("x", "SUCCESS").await;
    let given = json!([{"key": "x", "value": "y"}]);
    let (status, labelled) = call(&app, "POST", "x/labels", given).await;
    let expected = json!([
        {"key": "x", "value": "y"}, {"key": "system.correlationId", "value": "x"},
        {"key": "system.from", "value": "api"},
    ]);
    assert_eq!((status, &labelled["labels"]), (200, &expected));
    let system = json!([{"key": "system.x", "value": "y"}]);
    assert_eq!(call(&app, "POST", "x/labels", system).await.0, 422);
    let both = json!({"executionsId": ["x"], "executionLabels": [{"key": "x", "value": "z"}]});
    assert_eq!(call(&app, "POST", "labels/by-ids", both).await, (200, json!({"count": 1})));
    let (_, read) = call(&app, "GET", "x", Value::Null).await;
    assert_eq!(read["labels"].as_array().unwrap().last(), Some(&json!({"key": "x", "value": "z"})));

    for (method, action, status, message) in [
        ("POST", "x/restart", 422, "Illegal argument: No task found to restart execution from!"),
        ("POST", "x/pause", 422, "Illegal argument: The execution is not running"),
        ("POST", "x/force-run", 422, "Illegal argument: Only non terminated executions can be forced run."),
        (
            "DELETE",
            "x/kill?isOnKillCascade=false",
            409,
            "Illegal state: Execution is already finished, can't kill it",
        ),
        (
            "POST",
            "x/change-status?status=FAILED",
            501,
            "Not Implemented: no engine is attached to the sandbox, and it takes one to change the status of this execution",
        ),
        (
            "POST",
            "x/replay?taskRunId=r",
            501,
            "Not Implemented: no engine is attached to the sandbox, and it takes one to replay a part of this execution",
        ),
    ] {
        let (found, body) = call(&app, method, action, Value::Null).await;
        assert_eq!((found, body["message"].as_str().unwrap()), (status, message), "{action}");
    }
    assert_eq!(call(&app, "DELETE", "x/kill", Value::Null).await.0, StatusCode::ACCEPTED.as_u16());
    let (status, refused) = call(&app, "DELETE", "kill/by-ids", json!(["x", "zzz"])).await;
    let messages: Vec<&Value> =
        refused["invalids"].as_array().unwrap().iter().map(|one| &one["message"]).collect();
    assert_eq!(
        (status, messages),
        (400, vec![&json!("execution already finished"), &json!("execution not found")])
    );
    assert_eq!(call(&app, "DELETE", "by-ids", json!(["x"])).await, (200, json!({"count": 1})));
}

#[tokio::test]
async fn a_replay_starts_from_nothing_and_keeps_the_outputs() {
    let app = with("x", "FAILED").await;
    let (_, copy) = call(&app, "POST", "x/replay", Value::Null).await;
    assert_eq!((&copy["taskRunList"], &copy["outputs"]), (&json!([]), &json!({"o": 1})));
    assert_eq!((&copy["state"]["current"], &copy["parentId"]), (&json!("CREATED"), &json!("x")));
    assert_eq!(call(&app, "POST", "x/restart", Value::Null).await.0, 501);
    assert_eq!(call(&app, "POST", "restart/by-ids", json!(["x"])).await.0, 501);
    let (_, found) = call(&app, "GET", "search?state=FAILED&sort=state.duration:desc", Value::Null).await;
    assert_eq!((&found["total"], &found["results"][0]["id"]), (&json!(1), &json!("x")));
    let ended = "search?filters%5BendDate%5D%5BLESS_THAN%5D=2026-01-01T00:00:02Z";
    assert_eq!(call(&app, "GET", ended, Value::Null).await.1["total"], 1);
}

#[tokio::test]
async fn what_an_engine_left_behind_needs_one_to_go_on() {
    for (state, method, action) in [
        ("PAUSED", "POST", "x/restart"),
        ("RUNNING", "POST", "x/pause"),
        ("QUEUED", "POST", "x/unqueue"),
        ("BREAKPOINT", "POST", "x/resume-from-breakpoint"),
        ("PAUSED", "POST", "resume/by-ids"),
        ("RUNNING", "POST", "pause/by-ids"),
        ("QUEUED", "POST", "unqueue/by-ids"),
        ("KILLED", "POST", "change-status/by-ids?newStatus=FAILED"),
    ] {
        let app = with("x", state).await;
        assert_eq!(call(&app, method, action, json!(["x"])).await.0, 501, "{state} {action}");
        assert_eq!(call(&app, "GET", "x", Value::Null).await.1["state"]["current"], state);
    }
}

#[tokio::test]
async fn following_what_has_ended_ends() {
    let app = with("x", "SUCCESS").await;
    let (status, events) = call(&app, "GET", "x/follow", Value::Null).await;
    let events = events.as_str().unwrap();
    assert_eq!(status, 200);
    assert!(events.starts_with("id: start\ndata: {\"id\":\"x\""), "{events}");
    assert!(events.contains("\n\nid: end\ndata: {") && events.ends_with("\n\n"), "{events}");
    let (_, events) = call(&app, "GET", "x/follow-dependencies", Value::Null).await;
    let events: Vec<&str> = events.as_str().unwrap().split("\n\n").collect();
    assert_eq!(events[0], "id: start\ndata: {\"executionId\":\"x\"}");
    assert!(
        events[1].starts_with("id: end\ndata: {\"executionId\":\"x\",\"tenantId\":\"main\""),
        "{events:?}"
    );
    assert_eq!(events.len(), 3, "the last one is empty");
}
