//! Flows: revisions, the printed model, refusals, search, validation, and many at once.

use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

const YAML: &str = "application/x-yaml";

fn source(id: &str, message: &str) -> String {
    format!(
        "id: {id}\nnamespace: a.b\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: {message}\n"
    )
}

async fn create(kit: &Kit, source: &str) -> Answer {
    kit.send("POST", "flows", YAML, source).await
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_flow_lives_through_its_revisions() {
    let kit = Kit::start().await;
    let first = source("f", "hi");
    let created = create(&kit, &first).await.ok();
    assert_eq!(keys(&created), ["id", "namespace", "revision", "disabled", "deleted", "tasks", "source"]);
    assert_eq!((&created["revision"], &created["source"]), (&json!(1), &json!(first)));

    let again = create(&kit, &first).await.refused();
    assert_eq!(again, (422, "Invalid entity: flow.id: Flow id already exists".to_owned()));

    let same = kit.send("PUT", "flows/a.b/f", YAML, &first).await.ok();
    let read =
        ["id", "namespace", "revision", "updated", "disabled", "deleted", "tasks", "triggers", "source"];
    assert_eq!(keys(&same), read, "an unchanged flow is printed as it is read");
    assert_eq!(same["revision"], 1);

    let changed = kit.send("PUT", "flows/a.b/f", YAML, &format!("{first}# comment\n")).await.ok();
    assert_eq!(changed["revision"], 2);
    let old = kit.call("GET", "flows/a.b/f?revision=1&source=true").await.ok();
    assert_eq!(old["source"], json!(first));

    assert_eq!(kit.call("DELETE", "flows/a.b/f").await.status, 204);
    for path in ["flows/a.b/f", "flows/a.b/f?revision=3", "flows/a.b/f?revision=9"] {
        assert_eq!(kit.call("GET", path).await.status, 404, "{path}");
    }
    let gone = kit.call("GET", "flows/a.b/f?allowDeleted=true").await.ok();
    assert_eq!((&gone["revision"], &gone["deleted"]), (&json!(3), &json!(true)));
    assert_eq!(create(&kit, &first).await.ok()["revision"], 4);
    let history = kit.call("GET", "flows/a.b/f/revisions").await.ok();
    let numbers: Vec<&Value> = history.as_array().unwrap().iter().map(|flow| &flow["revision"]).collect();
    assert_eq!(numbers, [1, 2, 4]);
    assert_eq!(kit.call("DELETE", "flows/a.b/f/revisions?revisions=1,4").await.status, 204);
    assert_eq!(kit.send("PUT", "flows/a.b/f", YAML, &first).await.status, 404);
}

#[tokio::test]
async fn refused_texts() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    for (method, path, body, expected) in [
        ("POST", "flows", String::new(), "Invalid route params: Required Body [flow] not specified"),
        ("POST", "flows", "id: x\nnamespace: a.b\n".into(), "Invalid entity: tasks: must not be empty\n"),
        (
            "POST",
            "flows",
            source("x", "hi").replace("log.Log", "log.Nope"),
            "Invalid entity: Invalid type: io.kestra.plugin.core.log.Nope",
        ),
        (
            "POST",
            "flows",
            source("x", "hi").replace("    message: hi\n", ""),
            "Invalid entity: log.message: must not be null\n",
        ),
        ("PUT", "flows/a.b/f", source("g", "hi"), "Invalid entity: flow.id: Illegal flow id update"),
        (
            "PUT",
            "flows/a.b/f",
            source("f", "hi").replace("a.b", "a.c"),
            "Invalid entity: flow.namespace: Illegal namespace update",
        ),
    ] {
        assert_eq!(kit.send(method, path, YAML, &body).await.refused(), (422, expected.to_owned()));
    }
    let deep = format!("id: d\nnamespace: a.b\nvariables: {{x: {}1{}}}\n", "[".repeat(300), "]".repeat(300));
    assert_eq!(create(&kit, &deep).await.status, 422);
    let text = kit.send("POST", "flows", "text/plain", &source("x", "hi")).await;
    assert_eq!(text.status, 422);
    assert_eq!(kit.call("GET", "flows/a.b").await.ok().as_array().unwrap().len(), 1, "nothing was stored");
}

#[tokio::test]
async fn an_unknown_type_is_embedded_with_its_cause() {
    let kit = Kit::start().await;
    let answer = create(&kit, &source("x", "hi").replace("log.Log", "log.Nope")).await;
    let body: Value = serde_json::from_str(&answer.text).unwrap();
    let errors = body["_embedded"]["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    let path = "io.kestra.core.models.flows.FlowWithSource[\"tasks\"]->java.util.ArrayList[0]";
    assert!(errors.iter().all(|error| error["path"] == path), "{errors:?}");
}

#[tokio::test]
async fn plugin_defaults_supply_what_a_task_leaves_out() {
    let kit = Kit::start().await;
    let text = source("x", "hi").replace("    message: hi\n", "");
    let defaults = "pluginDefaults:\n  - type: io.kestra.plugin.core.log\n    values:\n      message: hi\n";
    create(&kit, &format!("{text}{defaults}")).await.ok();
}

#[tokio::test]
async fn a_task_is_read_by_id() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    assert_eq!(kit.call("GET", "flows/a.b/f/tasks/log").await.ok()["message"], "hi");
    assert_eq!(kit.call("GET", "flows/a.b/f/tasks/nope").await.status, 404);
}

#[tokio::test]
async fn flows_are_found() {
    let kit = Kit::start().await;
    for id in ["beta", "alpha", "gamma"] {
        let labelled =
            format!("{}labels: {{team: {}}}\n", source(id, "hi"), if id == "gamma" { "x" } else { "y" });
        create(&kit, &labelled).await.ok();
    }
    create(&kit, &source("kid", "hi").replace("a.b", "a.b.c")).await.ok();
    for (query, expected) in [
        ("sort=id:asc&filters[namespace][EQUALS]=a.b", vec!["alpha", "beta", "gamma"]),
        ("sort=id:desc&size=2", vec!["kid", "gamma"]),
        ("namespace=a.b&sort=id:asc&page=2&size=3", vec!["kid"]),
        ("filters[labels][EQUALS][team]=x", vec!["gamma"]),
        ("filters[labels][NOT_EQUALS][team]=y&sort=id:asc", vec!["gamma", "kid"]),
        ("labels=team:x", vec!["gamma"]),
        ("q=alp", vec!["alpha"]),
        ("filters[flowId][IN]=alpha,kid&sort=id:asc", vec!["alpha", "kid"]),
        ("scope=SYSTEM", vec![]),
    ] {
        let page = kit.call("GET", &format!("flows/search?{query}")).await.ok();
        let ids: Vec<&str> =
            page["results"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    for (query, status) in
        [("sort=id", 422), ("filters[foo][EQUALS]=x", 422), ("page=x", 422), ("labels=x", 422)]
    {
        assert_eq!(kit.call("GET", &format!("flows/search?{query}")).await.status, status, "{query}");
    }
    assert_eq!(kit.call("GET", "flows/distinct-namespaces").await.ok(), json!(["a.b", "a.b.c"]));
    let hits = kit.call("GET", "flows/source?q=alpha").await.ok();
    assert_eq!(hits["results"][0]["fragments"], json!(["id: [mark]alpha[/mark]\nnamespace: a.b"]));
}

#[tokio::test]
async fn validation_reports_each_document() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    let old = format!("{}revision: 1\n", source("f", "hi"));
    let call = source("g", "hi")
        .replace("log.Log\n    message: hi", "flow.Subflow\n    namespace: a.b\n    flowId: nope");
    let alias = source("h", "hi").replace("plugin.core.log", "core.tasks.log");
    let body = [old.as_str(), &call, &alias, "id: [x"].join("\n---\n");
    let reports = kit.send("POST", "flows/validate", YAML, &body).await.ok();
    assert_eq!(reports[0]["outdated"], true);
    assert_eq!(reports[1]["warnings"], json!(["The subflow 'nope' not found in namespace 'a.b'."]));
    let replaced = "io.kestra.core.tasks.log.Log is replaced by io.kestra.plugin.core.log.Log";
    assert_eq!(reports[2]["infos"], json!([replaced]));
    assert_eq!(keys(&reports[3]), ["index", "constraints", "outdated"]);
    let prefix = "Validation error: Illegal Flow source: YAML parsing error: ";
    assert!(reports[3]["constraints"].as_str().unwrap().starts_with(prefix));
    let twice = format!("{}  - id: log\n    type: a.B\n", source("x", "hi"));
    let report = kit.send("POST", "flows/validate", YAML, &twice).await.ok();
    let expected = "Validation error:  Invalid Flow: Duplicate task id with name [log]\n";
    assert_eq!(report[0]["constraints"], expected);
    assert_eq!(kit.call("GET", "flows/a.b/g").await.status, 404, "nothing is stored");
}

#[tokio::test]
async fn a_bulk_update_removes_what_was_not_sent() {
    let kit = Kit::start().await;
    let both = format!("{}---\n{}", source("f", "1"), source("g", "1"));
    kit.send("POST", "flows/bulk?delete=false", YAML, &both).await.ok();
    let done = kit.send("POST", "flows/a.b", YAML, &source("f", "2")).await.ok();
    let ids: Vec<&Value> = done.as_array().unwrap().iter().map(|flow| &flow["id"]).collect();
    assert_eq!(ids, ["g", "f"], "the removed ones come first");
    assert_eq!(done[1]["source"], source("f", "2").trim());
    let twice = format!("{}---\n{}", source("x", "1"), source("x", "1"));
    for (path, body, expected) in [
        ("flows/bulk", &twice, "Invalid entity: flow.id: Duplicate flow id"),
        ("flows/z", &twice, "Invalid entity: flow.namespace: main_a.b_x_-1 - flow namespace is invalid"),
    ] {
        assert_eq!(kit.send("POST", path, YAML, body).await.refused(), (422, expected.to_owned()));
    }
    let ids = r#"[{"namespace":"a.b","id":"f"},{"namespace":"a.b","id":"nope"}]"#;
    let answer = kit.send("DELETE", "flows/delete/by-ids", "application/json", ids).await;
    assert_eq!(answer.refused(), (404, "Not Found: No value present".to_owned()));
    assert_eq!(kit.call("GET", "flows/a.b/f").await.status, 404, "earlier ones stay deleted");
}

#[tokio::test]
async fn disabling_rewrites_the_text() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    let switch = async |what: &str| {
        let ids = r#"[{"namespace":"a.b","id":"f"}]"#;
        kit.send("POST", &format!("flows/{what}/by-ids"), "application/json", ids).await.ok()["count"].clone()
    };
    assert_eq!([switch("disable").await, switch("disable").await], [1, 0]);
    let flow = kit.call("GET", "flows/a.b/f?source=true").await.ok();
    assert_eq!((&flow["revision"], &flow["disabled"]), (&json!(2), &json!(true)));
    assert!(flow["source"].as_str().unwrap().ends_with("\ndisabled: true"));
    let count = kit.call("POST", "flows/enable/by-query?filters[namespace][EQUALS]=a.b").await.ok();
    assert_eq!(count, json!({"count": 1}));
}

#[tokio::test]
async fn exported_flows_are_imported_elsewhere() {
    use reqwest::multipart::{Form, Part};
    let (from, to) = (Kit::start().await, Kit::start().await);
    for id in ["f", "g"] {
        create(&from, &source(id, "hi")).await.ok();
    }
    let query = "flows/export/by-query?filters[namespace][EQUALS]=a.b";
    let archive = from.request("GET", query).send().await.unwrap();
    assert_eq!(archive.headers()["content-disposition"], "attachment; filename=\"flows.zip\"");
    let archive = archive.bytes().await.unwrap().to_vec();
    let import = async |name: &'static str, content: Vec<u8>| {
        let form = Form::new().part("fileUpload", Part::bytes(content).file_name(name));
        Answer::of(to.request("POST", "flows/import").multipart(form).send().await.unwrap()).await
    };
    assert_eq!(import("flows.zip", archive).await.ok(), json!([]));
    assert_eq!(to.call("GET", "flows/a.b/g?source=true").await.ok()["source"], source("g", "hi"));
    let mixed = format!("{}---\nid: broken\n", source("h", "hi")).into_bytes();
    assert_eq!(import("m.yaml", mixed).await.ok(), json!(["m.yaml(flow number: 1)"]));
    assert_eq!(import("m.txt", Vec::new()).await.status, 422);
    assert_eq!(import("m.zip", b"no archive".to_vec()).await.status, 422);
    let ids = r#"[{"namespace":"a.b","id":"nope"}]"#;
    assert_eq!(from.send("POST", "flows/export/by-ids", "application/json", ids).await.status, 404);
}

#[tokio::test]
async fn dependencies_are_the_calls_between_existing_flows() {
    let kit = Kit::start().await;
    let caller = |id: &str, callee: &str| {
        let call = format!("flow.Subflow\n    namespace: a.b\n    flowId: {callee}");
        source(id, "hi").replace("log.Log\n    message: hi", &call)
    };
    create(&kit, &source("child", "hi")).await.ok();
    create(&kit, &caller("parent", "child")).await.ok();
    create(&kit, &caller("grand", "parent")).await.ok();
    create(&kit, &caller("lost", "nowhere")).await.ok();
    let count = async |path: &str| {
        let graph = kit.call("GET", path).await.ok();
        (graph["nodes"].as_array().unwrap().len(), graph["edges"].as_array().unwrap().len())
    };
    assert_eq!(count("flows/a.b/child/dependencies").await, (2, 1));
    assert_eq!(count("flows/a.b/parent/dependencies").await, (3, 2));
    assert_eq!(count("flows/a.b/parent/dependencies?destinationOnly=true").await, (2, 1));
    assert_eq!(count("flows/a.b/nope/dependencies").await, (0, 0));
    assert_eq!(count("namespaces/a.b/dependencies").await, (4, 2));
}

#[tokio::test]
async fn a_flow_may_come_as_json() {
    let kit = Kit::start().await;
    let flow = |message: &str| {
        let task =
            json!({"id": "t", "type": "io.kestra.plugin.core.log.Log", "message": message, "level": null});
        json!({"id": "j", "namespace": "a.b", "tasks": [task]}).to_string()
    };
    let created = kit.send("POST", "flows", "application/json", &flow("x")).await.ok();
    assert_eq!((&created["revision"], created.get("source")), (&json!(1), None));
    let text = kit.call("GET", "flows/a.b/j?source=true").await.ok()["source"].clone();
    let expected =
        "id: j\nnamespace: a.b\ntasks:\n- id: t\n  type: io.kestra.plugin.core.log.Log\n  message: x\n";
    assert_eq!(text, expected);
    assert_eq!(kit.send("PUT", "flows/a.b/j", "application/json", &flow("y")).await.ok()["revision"], 2);
    let task = r#"{"id":"t","type":"io.kestra.plugin.core.log.Log","message":"z"}"#;
    let patched = kit.send("PATCH", "flows/a.b/j/t", "application/json", task).await.ok();
    assert_eq!((&patched["revision"], &patched["tasks"][0]["message"]), (&json!(3), &json!("z")));
    assert_eq!(kit.send("PATCH", "flows/a.b/j/nope", "application/json", task).await.status, 404);
    for body in ["{}", "[]", "{", "1", "\"x\""] {
        assert_eq!(kit.send("POST", "flows", "application/json", body).await.status, 422, "{body}");
    }
}

#[tokio::test]
async fn a_single_task_or_trigger_is_validated() {
    let kit = Kit::start().await;
    for (path, body, constraints) in [
        ("task?section=TASKS", "id: a\ntype: io.kestra.plugin.core.log.Log\nmessage: x\n", None),
        (
            "task?section=tasks",
            "id: a\ntype: io.kestra.plugin.core.log.Log\n",
            Some("message: must not be null\n"),
        ),
        (
            "task?section=TRIGGERS",
            "id: a\ntype: io.kestra.plugin.core.trigger.Schedule\n",
            Some("cron: must not be null\n"),
        ),
        (
            "task?section=TASKS",
            "id: a\ntype: io.kestra.plugin.core.log.Nope\n",
            Some("Invalid type: io.kestra.plugin.core.log.Nope"),
        ),
        ("trigger", r#"{"id":"a","type":"io.kestra.plugin.core.trigger.Webhook","key":"k"}"#, None),
    ] {
        let report = kit.send("POST", &format!("flows/validate/{path}"), YAML, body).await.ok();
        assert_eq!(report.get("constraints").and_then(Value::as_str), constraints, "{path}: {body}");
    }
    assert_eq!(kit.send("POST", "flows/validate/task", YAML, "id: a").await.status, 400);
    assert_eq!(kit.send("POST", "flows/validate/task?section=X", YAML, "id: a").await.status, 422);
}

#[tokio::test]
async fn the_topology_of_a_flow_is_drawn_from_the_store_and_from_a_text() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    let stored = kit.call("GET", "flows/a.b/f/graph").await.ok();
    let kinds: Vec<&str> =
        stored["nodes"].as_array().unwrap().iter().map(|n| n["type"].as_str().unwrap()).collect();
    let expected = ["GraphClusterRoot", "GraphClusterEnd", "GraphTask"];
    assert_eq!(kinds, expected.map(|kind| format!("io.kestra.core.models.hierarchies.{kind}")));
    assert_eq!(stored["edges"].as_array().unwrap().len(), 2);
    let text = kit.send("POST", "flows/graph", YAML, &source("f", "hi")).await.ok();
    assert_eq!(text, stored);
    let missing = kit.call("GET", "flows/a.b/g/graph").await.refused();
    assert_eq!(missing, (404, "Not Found: Unable to find flow main_a.b_g".to_owned()));
    assert_eq!(kit.call("GET", "flows/a.b/f/graph?subflows=root.s").await.status, 501);
}

#[tokio::test]
async fn flows_are_exported_as_a_table() {
    let kit = Kit::start().await;
    create(&kit, &source("f", "hi")).await.ok();
    let table = kit.call("GET", "flows/export/by-query/csv?filters[namespace][EQUALS]=a.b").await;
    let lines: Vec<&str> = table.text.lines().collect();
    assert_eq!(lines[0], "id,namespace,revision,updated,disabled,deleted,tasks,triggers");
    assert!(
        lines[1].ends_with(",\"[{id=log, type=io.kestra.plugin.core.log.Log, message=hi}]\",[]"),
        "{lines:?}"
    );
}

#[tokio::test]
async fn flows_with_former_names_of_types_are_listed() {
    let kit = Kit::start().await;
    create(&kit, &source("new", "hi")).await.ok();
    create(&kit, &source("old", "hi").replace("io.kestra.plugin.core.log", "io.kestra.core.tasks.log"))
        .await
        .ok();
    let found = kit.call("GET", "flows/deprecated").await.ok();
    let task = json!({
        "taskId": "log", "taskType": "io.kestra.core.tasks.log.Log", "replacement": "io.kestra.plugin.core.log.Log",
    });
    assert_eq!(found, json!([{"id": "old", "namespace": "a.b", "revision": 1, "deprecatedTasks": [task]}]));
    assert_eq!(kit.call("GET", "flows/deprecated?namespace=other").await.ok(), json!([]));
}

#[tokio::test]
async fn flows_of_a_list_in_json_are_checked_one_by_one() {
    let kit = Kit::start().await;
    let refused = kit.send("POST", "flows/validate", "application/json", r#"{"id": "w"}"#).await;
    let (status, message) = refused.refused();
    assert_eq!(status, 422);
    assert!(
        message.contains("updateFlowsInNamespaceFromJson.flows[0].namespace: must not be null"),
        "{message}"
    );
}
