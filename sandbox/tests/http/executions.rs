//! Executions without an engine: taken in, kept, found, refused what takes one, and removed.

use sandbox::{Options, Release};
use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

const FLOW: &str = "id: ex
namespace: a.b
labels: {team: data}
inputs:
  - {id: name, type: STRING, defaults: bob}
  - {id: n, type: INT, required: false, max: 10}
  - {id: file, type: FILE, required: false}
tasks:
  - {id: log, type: io.kestra.plugin.core.log.Log, message: hi}
";

async fn kit() -> Kit {
    let kit = Kit::start().await;
    store(&kit, FLOW).await;
    kit
}

async fn store(kit: &Kit, flow: &str) {
    kit.send("POST", "flows", "application/x-yaml", flow).await.ok();
}

/// The body and media type of a form with texts.
fn form(parts: &[(&str, &str)]) -> (String, String) {
    let part = |(name, text): &(&str, &str)| {
        format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let body = parts.iter().map(part).collect::<String>() + "--b--\r\n";
    (body, "multipart/form-data; boundary=b".into())
}

async fn start(kit: &Kit, path: &str, parts: &[(&str, &str)]) -> Answer {
    let (body, media_type) = form(parts);
    kit.send("POST", path, &media_type, &body).await
}

async fn id_of(answer: Answer) -> String {
    answer.ok()["id"].as_str().unwrap().to_owned()
}

async fn create(kit: &Kit) -> String {
    id_of(kit.call("POST", "executions/a.b/ex").await).await
}

#[tokio::test]
async fn an_execution_is_created_kept_and_told_about() {
    let kit = kit().await;
    let path = "executions/a.b/ex?labels=a:b&wait=true&scheduleDate=2099-01-01T00:00:00Z&kind=test";
    let mut created = start(&kit, path, &[("n", "5"), ("unknown", "x")]).await.ok();
    let id = created["id"].as_str().unwrap().to_owned();
    assert_eq!(created["inputs"], json!({"file": null, "n": 5, "name": "bob"}));
    assert_eq!((&created["state"]["current"], &created["flowRevision"]), (&json!("CREATED"), &json!(1)));
    assert_eq!(
        (&created["scheduleDate"], &created["kind"]),
        (&json!("2099-01-01T00:00:00Z"), &json!("TEST"))
    );
    let labels = json!([
        {"key": "team", "value": "data"}, {"key": "a", "value": "b"}, {"key": "system.from", "value": "api"},
        {"key": "system.correlationId", "value": id},
    ]);
    assert_eq!(created["labels"], labels);
    let url = format!("{}/ui/main/executions/a.b/ex/{id}", kit.sandbox.url());
    assert_eq!(created.as_object_mut().unwrap().shift_remove("url"), Some(json!(url)));
    assert_eq!(kit.call("GET", &format!("executions/{id}")).await.ok(), created);

    let logs = kit.call("GET", &format!("logs/{id}?minLevel=WARN")).await.ok();
    assert_eq!((&logs[0]["level"], &logs[0]["executionId"]), (&json!("WARN"), &json!(id)));
    assert!(logs[0]["message"].as_str().unwrap().starts_with("No engine is attached"));
    assert_eq!(kit.call("GET", &format!("logs/{id}?minLevel=ERROR")).await.ok(), json!([]));

    assert_eq!(kit.call("DELETE", &format!("executions/{id}")).await.status, 204);
    assert_eq!(kit.call("DELETE", &format!("executions/{id}")).await.status, 404);
    assert_eq!(kit.call("GET", &format!("logs/{id}")).await.ok(), json!([]));
}

#[tokio::test]
async fn starts_that_are_refused_create_nothing() {
    let kit = kit().await;
    store(&kit, &FLOW.replace("id: ex", "id: idle\ndisabled: true")).await;
    for (path, parts, expected) in [
        ("executions/a.b/none", vec![], (404, "Not Found: Requested Flow is not found.")),
        ("executions/a.b/ex?revision=9", vec![], (404, "Not Found: Requested Flow is not found.")),
        ("executions/a.b/idle", vec![], (409, "Illegal state: Requested Flow is disabled.")),
        (
            "executions/a.b/ex?labels=a",
            vec![],
            (422, "Unprocessable Entity: Can't split the queryString parameter by ':'"),
        ),
        (
            "executions/a.b/ex",
            vec![("n", "abc")],
            (422, "Invalid entity: Invalid value for input `n`. Cause: For input string: \"abc\""),
        ),
        (
            "executions/a.b/ex",
            vec![("n", "11")],
            (422, "Invalid entity: Invalid value for input `n`. Cause: it must be less than `10`"),
        ),
    ] {
        let (status, message) = expected;
        assert_eq!(start(&kit, path, &parts).await.refused(), (status, message.to_owned()), "{path}");
    }
    let json = kit.send("POST", "executions/a.b/ex", "application/json", "{}").await;
    assert_eq!(json.status, 415);
    assert_eq!(kit.call("GET", "executions/search").await.ok(), json!({"results": [], "total": 0}));
}

#[tokio::test]
async fn inputs_are_checked_without_a_start() {
    let kit = kit().await;
    let report = start(&kit, "executions/a.b/ex/validate", &[("n", "abc")]).await.ok();
    let name = &report["inputs"][0];
    assert_eq!(
        (&name["value"], &name["isDefault"], &name["errors"]),
        (&json!("bob"), &json!(true), &json!([]))
    );
    let n = &report["inputs"][1];
    assert_eq!((&n["input"]["id"], &n["value"], &n["enabled"]), (&json!("n"), &json!("abc"), &json!(true)));
    let message = "Invalid value for input `n`. Cause: For input string: \"abc\"";
    assert_eq!(n["errors"], json!([{"message": message, "renderError": false}]));
    assert_eq!(kit.call("GET", "executions/search").await.ok()["total"], 0);
}

#[tokio::test]
async fn a_file_is_kept_with_its_execution() {
    let kit = kit().await;
    let (body, media_type) = form(&[("file", "1;2")]);
    let body = body.replace("name=\"file\"", "name=\"file\"; filename=\"rows.csv\"");
    let created = kit.send("POST", "executions/a.b/ex", &media_type, &body).await.ok();
    let id = created["id"].as_str().unwrap();
    let uri = format!("kestra:///a/b/ex/executions/{id}/inputs/file/rows.csv");
    assert_eq!(created["inputs"]["file"], json!(uri));
    let file = kit.call("GET", &format!("executions/{id}/file?path={uri}")).await;
    assert_eq!((file.status, file.text.as_str()), (200, "1;2"));
    let metas = kit.call("GET", &format!("executions/{id}/file/metas?path={uri}")).await.ok();
    assert_eq!(metas, json!({"size": 3}));
    let other = create(&kit).await;
    for (path, status) in [
        (format!("executions/{other}/file?path={uri}"), 422),
        (format!("executions/{id}/file?path=kestra:///a/b/ex/executions/{id}/nope"), 404),
        (format!("executions/nope/file?path={uri}"), 404),
        (format!("executions/{id}/file"), 400),
    ] {
        assert_eq!(kit.call("GET", &path).await.status, status, "{path}");
    }
    kit.call("DELETE", &format!("executions/{id}")).await;
    assert_eq!(kit.call("GET", &format!("executions/{id}/file?path={uri}")).await.status, 404);
}

#[tokio::test]
async fn executions_are_found() {
    let kit = kit().await;
    store(&kit, &FLOW.replace("id: ex", "id: other").replace("a.b", "a.b.c").replace("data", "web")).await;
    let first = create(&kit).await;
    let second = id_of(kit.call("POST", "executions/a.b.c/other?labels=x:y").await).await;
    let (one, two) = (first.as_str(), second.as_str());
    for (query, expected) in [
        ("", vec![one, two]),
        ("sort=state.startDate:desc", vec![two, one]),
        ("sort=id:asc&size=1&page=3", vec![]),
        ("filters[namespace][EQUALS]=a.b", vec![one]),
        ("namespace=a.b", vec![one, two]),
        ("filters[flowId][IN]=other,nope", vec![two]),
        ("filters[state][EQUALS]=FAILED", vec![]),
        ("state=CREATED&state=RUNNING", vec![one, two]),
        ("filters[labels][EQUALS][x]=y", vec![two]),
        ("labels=team:data", vec![one]),
        ("filters[startDate][GREATER_THAN]=2026-01-01T00:00:00%2B01:00&size=9", vec![one, two]),
        ("endDate=2999-01-01T00:00:00Z", vec![]),
        ("timeRange=PT1H", vec![one, two]),
        ("filters[childFilter][EQUALS]=CHILD", vec![]),
        ("q=OTHER", vec![two]),
    ] {
        let page = kit.call("GET", &format!("executions/search?{query}")).await.ok();
        let results = page["results"].as_array().unwrap().clone();
        let ids: Vec<&str> = results.iter().map(|found| found["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    for (query, status) in [("sort=id", 422), ("sort=nope:asc", 500), ("timeRange=x", 422), ("page=0", 422)] {
        assert_eq!(kit.call("GET", &format!("executions/search?{query}")).await.status, status, "{query}");
    }
    let of_flow = kit.call("GET", "executions?namespace=a.b&flowId=ex").await.ok();
    assert_eq!((&of_flow["total"], &of_flow["results"][0]["id"]), (&json!(1), &json!(one)));
    assert_eq!(kit.call("GET", "executions").await.status, 400);
    let newest = create(&kit).await;
    let flows = r#"[{"namespace":"a.b","id":"ex"},{"namespace":"a.b","id":"nope"}]"#;
    let latest = kit.send("POST", "executions/latest", "application/json", flows).await.ok();
    assert_eq!((latest.as_array().unwrap().len(), &latest[0]["id"]), (1, &json!(newest)));
    assert_eq!(latest[0]["status"], "CREATED");
}

#[tokio::test]
async fn what_takes_an_engine_says_what_is_missing() {
    let kit = kit().await;
    let id = create(&kit).await;
    let (_, form) = form(&[]);
    for (method, action, expected) in [
        (
            "POST",
            "restart",
            (
                409,
                "Illegal state: Execution must be terminated to be restarted, current state is 'CREATED' !",
            ),
        ),
        ("POST", "restart?revision=7", (404, "Not Found: Unable to find revision 7 on flow a.b.ex")),
        ("POST", "pause", (422, "Illegal argument: The execution is not running")),
        ("POST", "resume-from-breakpoint", (409, "Illegal state: Execution is not suspended")),
        (
            "POST",
            "change-status?status=FAILED",
            (422, "Illegal argument: You can only change the state of a terminated execution."),
        ),
        (
            "POST",
            "change-status?status=RUNNING",
            (422, "Illegal argument: You can only change the state of an execution to a terminal state."),
        ),
        ("POST", "change-status", (400, "Bad Request: Required QueryValue [status] not specified")),
        ("POST", "unqueue", (422, "Illegal argument: Only QUEUED execution can be unqueued")),
        (
            "POST",
            "force-run",
            (
                501,
                "Not Implemented: no engine is attached to the sandbox, and it takes one to run this execution",
            ),
        ),
        ("POST", "replay?taskRunId=x", (422, "Illegal argument: No task found to restart execution from!")),
    ] {
        let (status, message) = expected;
        let answer = kit.call(method, &format!("executions/{id}/{action}")).await;
        assert_eq!(answer.refused(), (status, message.to_owned()), "{action}");
        let missing = kit.call(method, &format!("executions/nope/{action}")).await;
        assert_eq!(missing.refused().0, 404, "{action}");
    }
    for action in ["resume", "resume/validate"] {
        let answer = kit.send("POST", &format!("executions/{id}/{action}"), &form, "--b--\r\n").await;
        let expected = format!("Illegal state: Execution '{id}' is not paused, can't resume it");
        assert_eq!(answer.refused(), (409, expected));
    }
    let labels = kit.send("POST", &format!("executions/{id}/labels"), "application/json", "[]").await;
    assert_eq!((labels.status, labels.text.as_str()), (400, "The execution is not terminated"));
    let run = r#"{"taskRunId":"x","state":"SUCCESS"}"#;
    let state = kit.send("POST", &format!("executions/{id}/state"), "application/json", run).await;
    assert_eq!(state.status, 422);
    assert_eq!(kit.call("GET", &format!("executions/{id}")).await.ok()["state"]["current"], "CREATED");
}

#[tokio::test]
async fn a_kill_is_taken_in_and_no_state_is_invented() {
    let kit = kit().await;
    let id = create(&kit).await;
    assert_eq!(kit.call("DELETE", &format!("executions/{id}/kill")).await.status, 202);
    assert_eq!(kit.call("DELETE", "executions/nope/kill").await.status, 404);
    assert_eq!(kit.call("GET", &format!("executions/{id}")).await.ok()["state"]["current"], "CREATED");
    let logs = kit.call("GET", &format!("logs/{id}")).await.ok();
    assert!(logs[1]["message"].as_str().unwrap().contains("no engine is attached"), "{logs}");
}

#[tokio::test]
async fn a_replay_is_a_new_execution() {
    let kit = kit().await;
    let id = create(&kit).await;
    let replayed = kit.call("POST", &format!("executions/{id}/replay")).await.ok();
    assert_eq!((&replayed["parentId"], &replayed["originalId"]), (&json!(id), &json!(id)));
    assert_eq!((&replayed["taskRunList"], &replayed["metadata"]["attemptNumber"]), (&json!([]), &json!(2)));
    let with_inputs =
        start(&kit, &format!("executions/{id}/replay-with-inputs"), &[("name", "eve")]).await.ok();
    assert_eq!(with_inputs["inputs"]["name"], "eve");
    let original = kit.call("GET", &format!("executions/{id}")).await.ok();
    let replays = json!({"key": "system.replayed", "value": "true"});
    assert_eq!(original["labels"].as_array().unwrap().iter().filter(|label| **label == replays).count(), 1);
    assert_eq!(kit.call("GET", "executions/search").await.ok()["total"], 3);
}

#[tokio::test]
async fn many_executions_at_once() {
    let kit = kit().await;
    let id = create(&kit).await;
    let ids = json!([id]).to_string();
    let send = async |method: &str, path: &str, body: &str| {
        kit.send(method, &format!("executions/{path}"), "application/json", body).await
    };
    for (method, path, name, message) in [
        ("DELETE", "by-ids", "delete", "execution not found"),
        ("POST", "restart/by-ids", "restart", "execution not in state FAILED"),
        ("POST", "resume/by-ids", "resume", "execution not in state PAUSED"),
        ("POST", "pause/by-ids", "pause", "execution not in state RUNNING"),
        ("POST", "unqueue/by-ids", "unqueue", "execution not in state QUEUED"),
        (
            "POST",
            "change-status/by-ids?newStatus=FAILED",
            "change executions state",
            "execution not in a terminated state",
        ),
    ] {
        let refused = send(method, path, &ids).await;
        let body: Value = serde_json::from_str(&refused.text).unwrap();
        assert_eq!((refused.status, &body["message"]), (400, &json!(format!("invalid bulk {name}"))));
        assert_eq!(
            (&body["invalids"][0]["message"], &body["invalids"][0]["rootBean"]),
            (&json!(message), &json!(id))
        );
    }
    let labels = json!({"executionsId": [id], "executionLabels": [{"key": "a", "value": "b"}]}).to_string();
    assert_eq!(send("POST", "labels/by-ids", &labels).await.status, 400);
    assert_eq!(send("POST", "force-run/by-ids", &ids).await.status, 501);
    assert_eq!(send("DELETE", "kill/by-ids", &json!([id, "nope"]).to_string()).await.status, 400);
    assert_eq!(send("DELETE", "kill/by-ids", &ids).await.ok(), json!({"count": 1}));
    assert_eq!(send("POST", "replay/by-ids?latestRevision=true", &ids).await.ok(), json!({"count": 1}));
    assert_eq!(kit.call("POST", "executions/replay/by-query?flowId=ex").await.ok(), json!({"count": 2}));
    let removed =
        kit.call("DELETE", "executions/by-query?namespace=a.b&includeNonTerminated=true").await.ok();
    assert_eq!(removed, json!({"count": 4}));
    assert_eq!(kit.call("GET", "executions/search").await.ok()["total"], 0);
}

#[tokio::test]
async fn flows_are_reduced_for_those_who_start_them() {
    let kit = kit().await;
    let id = create(&kit).await;
    let of_execution = kit.call("GET", &format!("executions/{id}/flow")).await.ok();
    assert_eq!(of_execution["tasks"], json!([{"id": "log", "type": "io.kestra.plugin.core.log.Log"}]));
    assert_eq!((&of_execution["inputs"][0]["id"], &of_execution["sla"]), (&json!("name"), &json!([])));
    assert_eq!(of_execution.get("source"), None);
    assert_eq!(kit.call("GET", "executions/flows/a.b/ex").await.ok(), of_execution);
    assert_eq!(kit.call("GET", "executions/namespaces/a.b/flows").await.ok(), json!([of_execution]));
    assert_eq!(kit.call("GET", "executions/namespaces").await.ok(), json!(["a.b"]));
    for path in ["executions/nope/flow", "executions/flows/a.b/nope", "executions/flows/a.b/ex?revision=2"] {
        assert_eq!(
            kit.call("GET", path).await.refused(),
            (404, "Not Found: No value present".into()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn executions_are_drawn_and_exported() {
    let kit = kit().await;
    let id = create(&kit).await;
    let graph = kit.call("GET", &format!("executions/{id}/graph")).await.ok();
    assert_eq!(graph, kit.call("GET", "flows/a.b/ex/graph").await.ok());
    assert_eq!(kit.call("GET", "executions/nope/graph").await.status, 404);
    let request =
        kit.request("GET", "executions/export/by-query/csv?namespace=a.b").header("accept", "text/csv");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=executions.csv");
    let table = response.text().await.unwrap();
    let head = "id,namespace,flowId,flowRevision,inputs,labels,state,originalId,deleted,metadata\n";
    assert!(
        table.starts_with(&format!("{head}{id},a.b,ex,1,\"{{file=null, n=null, name=bob}}\",")),
        "{table}"
    );
}

#[tokio::test]
async fn an_execution_and_its_log_are_followed() {
    let kit = kit().await;
    let id = create(&kit).await;
    for (path, texts) in [
        (format!("executions/{id}/follow"), ["id: start", "id: progress", "\"current\":\"CREATED\""]),
        (format!("logs/{id}/follow"), ["id: start", "id: progress", "No engine is attached"]),
    ] {
        let request = kit.request("GET", &path).header("accept", "text/event-stream");
        let mut response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut seen = String::new();
        while !texts.iter().all(|text| seen.contains(text)) {
            let chunk = response.chunk().await.unwrap().expect("the stream stays open");
            seen.push_str(&String::from_utf8_lossy(&chunk));
        }
        // What happens later is seen as well.
        kit.call("DELETE", &format!("executions/{id}/kill")).await;
        if path.starts_with("logs") {
            let chunk = response.chunk().await.unwrap().expect("the stream stays open");
            assert!(String::from_utf8_lossy(&chunk).contains("kill"));
        }
    }
    assert_eq!(kit.call("GET", "executions/nope/follow").await.status, 404);
    let json =
        kit.request("GET", "executions/search").header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(json.status(), 406);
}

#[tokio::test]
async fn followers_do_not_hold_up_a_stop() {
    let kit = kit().await;
    let id = create(&kit).await;
    let mut response = kit.request("GET", &format!("executions/{id}/follow")).send().await.unwrap();
    response.chunk().await.unwrap().unwrap();
    let stopped = tokio::time::timeout(std::time::Duration::from_secs(4), kit.sandbox.stop());
    stopped.await.expect("the stream ends with the sandbox").unwrap();
}

#[tokio::test]
async fn a_webhook_starts_its_flow() {
    let kit = Kit::start().await;
    let hook = "id: wh\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\ntriggers:\n  - {id: w, type: io.kestra.plugin.core.trigger.Webhook, key: hush}\n";
    store(&kit, hook).await;
    let path = "executions/webhook/a.b/wh/hush";
    let posted = kit.send("POST", path, "application/json", r#"{"a": 1}"#).await.ok();
    assert_eq!((&posted["tenantId"], &posted["trigger"]["id"]), (&json!("main"), &json!("w")));
    let variables = &posted["trigger"]["variables"];
    assert_eq!((&variables["body"], &variables["parameters"]), (&json!({"a": 1}), &json!({})));
    assert_eq!(variables["headers"]["content-type"], json!(["application/json"]));
    assert_eq!(posted["labels"][0], json!({"key": "system.from", "value": "trigger"}));
    let got = kit.call("GET", &format!("{path}/more?q=1&q=2")).await.ok();
    let variables = &got["trigger"]["variables"];
    assert_eq!((variables.get("body"), &variables["parameters"]), (None, &json!({"q": ["1", "2"]})));
    let put = kit.send("PUT", path, "text/plain", "plain text").await.ok();
    assert_eq!(put["trigger"]["variables"]["body"], "plain text");
    let kept = kit.call("GET", &format!("executions/{}", put["id"].as_str().unwrap())).await.ok();
    assert_eq!(kept["trigger"], put["trigger"]);

    let refused = kit.call("GET", "executions/webhook/a.b/wh/bad").await.refused();
    assert_eq!(refused, (404, "Not Found: Webhook not found".into()));
    let refused = kit.call("GET", "executions/webhook/a.b/none/x").await.refused();
    assert_eq!(refused, (404, "Not Found: Flow not found".into()));
    store(&kit, &hook.replace("id: wh", "id: idle\ndisabled: true")).await;
    assert_eq!(kit.call("GET", "executions/webhook/a.b/idle/hush").await.status, 409);
}

#[tokio::test]
async fn executions_of_2_0_have_actions_and_outputs_apart() {
    let kit = Kit::with(Options { emulate: Release::V2_0, ..Options::default() }).await;
    store(&kit, FLOW).await;
    let created = kit.call("POST", "executions/a.b/ex").await.ok();
    let id = created["id"].as_str().unwrap();
    assert_eq!((&created["state"]["current"], created.get("deleted")), (&json!("CREATED"), None));
    assert_eq!(kit.call("GET", "executions/search?namespace=other").await.ok()["total"], 1, "filters only");
    assert_eq!(kit.call("DELETE", &format!("executions/{id}/kill")).await.status, 405);
    let killed = kit.call("DELETE", &format!("executions/{id}/actions/kill")).await.ok();
    assert_eq!(killed["state"]["current"], "CREATED");
    assert_eq!(kit.call("POST", &format!("executions/{id}/actions/restart")).await.status, 409);
    let replayed = kit.call("POST", &format!("executions/{id}/actions/replay")).await.ok();
    assert_eq!(replayed["parentId"], id);
    assert_eq!(kit.call("GET", &format!("outputs/executions/{id}")).await.ok(), json!({}));
    assert_eq!(kit.call("GET", &format!("outputs/tasks/{id}")).await.ok(), json!([]));
    for path in [format!("outputs/tasks/{id}/x"), "outputs/executions/nope".into()] {
        assert_eq!(kit.call("GET", &path).await.status, 404, "{path}");
    }
    let flows = kit.call("GET", "executions/distinct-field-values?field=flowId").await.ok();
    assert_eq!(flows, json!(["ex"]));
    assert_eq!(kit.call("GET", "executions/distinct-field-values?field=x").await.status, 422);
    let logs =
        async |level: &str| kit.call("GET", &format!("logs/{id}?filters[level][EQUALS]={level}")).await.ok();
    assert_eq!((logs("WARN").await.as_array().unwrap().len(), logs("ERROR").await), (2, json!([])));

    let bulk = async |ids: Value| {
        kit.send("DELETE", "executions/kill/by-ids", "application/json", &ids.to_string()).await
    };
    let accepted = bulk(json!([id])).await;
    let operation: Value = serde_json::from_str(&accepted.text).unwrap();
    assert_eq!((accepted.status, &operation["totalItems"]), (202, &json!(1)));
    let refused = bulk(json!(["nope"])).await;
    let problem: Value = serde_json::from_str(&refused.text).unwrap();
    assert_eq!((refused.status, &problem["detail"]), (400, &json!("invalid bulk kill")));
    assert_eq!(problem["errors"], json!([{"detail": "execution not found", "path": "nope"}]));
}

#[tokio::test]
async fn no_body_is_too_odd() {
    let kit = kit().await;
    let hook = "id: wh\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\ntriggers:\n  - {id: w, type: io.kestra.plugin.core.trigger.Webhook, key: k}\n  - {id: s, type: io.kestra.plugin.core.trigger.Schedule, cron: 0 0 1 1 *}\n";
    store(&kit, hook).await;
    let id = create(&kit).await;
    let deep = "[".repeat(110) + &"]".repeat(110);
    let backfill = json!({"namespace": "a.b", "flowId": "wh", "triggerId": "s", "backfill": {"start": "X"}});
    let backfill =
        backfill.to_string().replace("\"X\"", &format!("\"2026-01-01T00:00:00Z\",\"inputs\":{deep}"));
    let unclosed = "[".repeat(9000);
    let bodies =
        ["", "null", "1", "\"x\"", "[null]", "{}", "[{}]", "[[", "\u{0}", &deep, &unclosed, &backfill];
    let of_one = ["labels", "state", "restart", "kill"].map(|action| format!("executions/{id}/{action}"));
    let paths = of_one.iter().map(String::as_str).chain([
        "executions/latest",
        "executions/by-ids",
        "executions/labels/by-ids",
        "executions/labels/by-query",
        "executions/webhook/a.b/wh/k",
        "triggers",
        "triggers/backfill/pause",
        "triggers/set-disabled/by-triggers",
        "triggers/delete/by-triggers",
    ]);
    for path in paths {
        for body in bodies {
            for method in ["POST", "PUT", "DELETE"] {
                let status = kit.send(method, path, "application/json", body).await.status;
                assert!(status < 500, "{method} {path} {body:.20}: {status}");
            }
        }
    }
    store(&kit, "id: j\nnamespace: a.b\ninputs: [{id: j, type: JSON}]\ntasks: [{id: t, type: a.B}]\n").await;
    assert_eq!(start(&kit, "executions/a.b/j", &[("j", &deep)]).await.status, 422);
    kit.call("GET", "executions/search?size=1000").await.ok();
    assert_eq!(kit.call("GET", "triggers/search").await.ok()["total"], 1);
}
