//! Logs of executions, as JSON and as a file.

use serde_json::json;

use crate::kit::Kit;

/// A sandbox with one execution, and its id.
async fn started() -> (Kit, String) {
    let kit = Kit::start().await;
    let flow = "id: f\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\n";
    kit.send("POST", "flows", "application/x-yaml", flow).await.ok();
    let created = kit.call("POST", "executions/a.b/f").await.ok();
    (kit, created["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn lines_are_found() {
    let (kit, id) = started().await;
    for (query, total) in [
        (String::new(), 1),
        ("filters[namespace][EQUALS]=a.b&sort=timestamp:desc".into(), 1),
        ("namespace=a&flowId=f".into(), 1),
        (format!("filters[executionId][EQUALS]={id}"), 1),
        ("minLevel=ERROR".into(), 0),
        ("filters[level][EQUALS]=INFO".into(), 1),
        ("startDate=2999-01-01T00:00:00Z".into(), 0),
        ("filters[triggerId][EQUALS]=s".into(), 0),
        ("q=ENGINE".into(), 1),
    ] {
        let page = kit.call("GET", &format!("logs/search?{query}")).await.ok();
        assert_eq!(page["total"], total, "{query}");
    }
    assert_eq!(kit.call("GET", "logs/search?minLevel=LOUD").await.status, 422);
    assert_eq!(kit.call("GET", &format!("logs/{id}?taskId=t")).await.ok(), json!([]));
}

#[tokio::test]
async fn lines_are_downloaded_and_deleted() {
    let (kit, id) = started().await;
    let response = kit.request("GET", &format!("logs/{id}/download")).header("accept", "text/plain");
    let response = response.send().await.unwrap();
    let name = format!("attachment; filename=\"{id}.log\"; filename*=utf-8''{id}.log");
    assert_eq!(response.headers()["content-disposition"], name.as_str());
    let text = response.text().await.unwrap();
    assert!(text.contains("Z WARN No engine is attached") && text.ends_with("runs."), "{text}");
    assert_eq!(kit.call("GET", "logs/nope/download").await.status, 404);

    kit.call("DELETE", &format!("logs/{id}?minLevel=ERROR")).await.done();
    assert_eq!(kit.call("GET", &format!("logs/{id}")).await.ok().as_array().unwrap().len(), 1);
    kit.call("DELETE", &format!("logs/{id}")).await.done();
    assert_eq!(kit.call("GET", &format!("logs/{id}")).await.ok(), json!([]));
    kit.call("DELETE", "logs/a.b/f?triggerId=s").await.done();
    assert_eq!(kit.call("DELETE", "logs/a.b/f").await.status, 400);
}
