//! Triggers: declared by flows, switched off and on beside them.

use sandbox::{Options, Release};
use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

const FLOW: &str = "id: tr
namespace: a.b
tasks: [{id: t, type: a.B}]
triggers:
  - {id: s, type: io.kestra.plugin.core.trigger.Schedule, cron: 0 0 1 1 *}
  - {id: w, type: io.kestra.plugin.core.trigger.Webhook, key: hush}
";

async fn kit() -> Kit {
    let kit = Kit::start().await;
    kit.send("POST", "flows", "application/x-yaml", FLOW).await.ok();
    kit
}

async fn send(kit: &Kit, method: &str, path: &str, body: Value) -> Answer {
    kit.send(method, &format!("triggers{path}"), "application/json", &body.to_string()).await
}

/// The one trigger with a state.
async fn schedule(kit: &Kit) -> Value {
    kit.call("GET", "triggers/a.b/tr").await.ok()["results"][0].clone()
}

fn named(trigger: &str) -> Value {
    json!({"namespace": "a.b", "flowId": "tr", "triggerId": trigger})
}

#[tokio::test]
async fn triggers_that_are_evaluated_are_found() {
    let kit = kit().await;
    let found = kit.call("GET", "triggers/search?filters[namespace][EQUALS]=a.b").await.ok();
    assert_eq!(found["total"], 1);
    assert_eq!(found["results"][0]["abstractTrigger"]["cron"], "0 0 1 1 *");
    let context = &found["results"][0]["triggerContext"];
    assert_eq!((&context["tenantId"], &context["disabled"]), (&json!("main"), &json!(false)));
    assert_eq!(context.get("nextExecutionDate"), None, "no engine will evaluate it");
    assert_eq!(schedule(&kit).await, *context);
    let table = kit.call("GET", "triggers/export/by-query/csv").await.text;
    assert!(
        table.starts_with("tenantId,namespace,flowId,triggerId,date,disabled\nmain,a.b,tr,s,"),
        "{table}"
    );
    for (query, total) in
        [("q=nope", 0), ("namespace=a", 1), ("filters[triggerId][EQUALS]=s", 1), ("workerId=x", 0)]
    {
        let page = kit.call("GET", &format!("triggers/search?{query}")).await.ok();
        assert_eq!(page["total"], total, "{query}");
    }
}

#[tokio::test]
async fn a_trigger_is_switched() {
    let kit = kit().await;
    let update = async |trigger: &str, disabled: bool| {
        let mut body = named(trigger);
        body["disabled"] = disabled.into();
        send(&kit, "PUT", "", body).await
    };
    assert_eq!(update("s", true).await.ok()["disabled"], true);
    assert!(schedule(&kit).await["updatedDate"].is_string());
    assert_eq!(update("s", false).await.ok()["disabled"], false);
    assert_eq!(update("zz", true).await.refused(), (404, "Not Found: Flow tr has no trigger zz".into()));
    let other = json!({"namespace": "a.b", "flowId": "nope", "triggerId": "s", "disabled": true});
    let refused = send(&kit, "PUT", "", other).await.refused();
    assert_eq!(refused, (404, "Not Found: Flow of trigger s not found".into()));

    let by_triggers = json!({"triggers": [named("s")], "disabled": true});
    let counted = send(&kit, "POST", "/set-disabled/by-triggers", by_triggers).await.ok();
    assert_eq!((counted, schedule(&kit).await["disabled"].clone()), (json!({"count": 1}), json!(false)));
    let by_query = kit.call("POST", "triggers/set-disabled/by-query?namespace=a.b").await.ok();
    assert_eq!((by_query, schedule(&kit).await["disabled"].clone()), (json!({"count": 1}), json!(true)));
    assert_eq!(kit.call("DELETE", "triggers/a.b/tr/s").await.status, 204);
    assert_eq!(schedule(&kit).await["disabled"], false, "the flow still declares it");
    assert_eq!(kit.call("DELETE", "triggers/a.b/tr/zz").await.status, 404);
}

#[tokio::test]
async fn a_backfill_is_kept() {
    let kit = kit().await;
    let begin = async |backfill: Value| {
        let mut body = named("s");
        body["backfill"] = backfill;
        send(&kit, "PUT", "", body).await
    };
    assert_eq!(send(&kit, "PUT", "/backfill/pause", named("s")).await.status, 400);
    assert_eq!(begin(json!({"end": "2026-01-01T00:00:00Z"})).await.status, 400);
    assert_eq!(begin(json!({"start": "soon"})).await.status, 400);
    let begun = begin(json!({"start": "2026-01-01T00:00:00Z", "inputs": {"n": 1}})).await.ok();
    let backfill = &begun["backfill"];
    assert_eq!(
        (&backfill["currentDate"], &backfill["paused"]),
        (&json!("2026-01-01T00:00:00Z"), &json!(false))
    );
    assert!(backfill["end"].is_string());
    let paused = send(&kit, "PUT", "/backfill/pause", named("s")).await.ok();
    assert_eq!(paused["backfill"]["paused"], true);
    let unpaused =
        send(&kit, "POST", "/backfill/unpause/by-triggers", json!([named("s"), named("zz")])).await.ok();
    assert_eq!(
        (unpaused, schedule(&kit).await["backfill"]["paused"].clone()),
        (json!({"count": 1}), json!(false))
    );
    let deleted = kit.call("POST", "triggers/backfill/delete/by-query?q=s").await.ok();
    assert_eq!((deleted, schedule(&kit).await.get("backfill").cloned()), (json!({"count": 1}), None));
}

#[tokio::test]
async fn locks_and_restarts() {
    let kit = kit().await;
    let unlock = kit.call("POST", "triggers/a.b/tr/s/unlock").await.refused();
    assert_eq!(unlock, (409, "Illegal state: Trigger is not locked".into()));
    assert_eq!(kit.call("POST", "triggers/a.b/tr/zz/unlock").await.status, 404);
    let none = json!({"count": 0});
    assert_eq!(send(&kit, "POST", "/unlock/by-triggers", json!([named("s")])).await.ok(), none);
    assert_eq!(kit.call("POST", "triggers/unlock/by-query").await.ok(), none);
    assert!(schedule(&kit).await["date"].is_string());
    assert_eq!(kit.call("POST", "triggers/a.b/tr/s/restart").await.ok().get("date"), None);
    let all = json!([named("s"), named("zz")]);
    assert_eq!(send(&kit, "DELETE", "/delete/by-triggers", all).await.ok(), json!({"count": 1}));
    assert!(schedule(&kit).await["date"].is_string(), "it starts anew");
    assert_eq!(kit.call("DELETE", "triggers/delete/by-query").await.ok(), json!({"count": 1}));
}

#[tokio::test]
async fn triggers_of_2_0_have_other_names() {
    let kit = Kit::with(Options { emulate: Release::V2_0, ..Options::default() }).await;
    kit.send("POST", "flows", "application/x-yaml", FLOW).await.ok();
    let found = kit.call("GET", "triggers/search").await.ok()["results"][0].clone();
    assert_eq!((&found["trigger"]["id"], &found["state"]["locked"]), (&json!("s"), &json!(false)));
    assert!(found["state"]["evaluatedAt"].is_string(), "{found}");
    assert_eq!(send(&kit, "PUT", "", named("s")).await.status, 404, "2.0 took it away");
    let mut off = named("s");
    off["disabled"] = true.into();
    let state = send(&kit, "PUT", "/set-disabled", off).await.ok();
    assert_eq!((&state["disabled"], state["updatedAt"].is_string()), (&json!(true), true));
    let mut caught_up = named("s");
    caught_up["backfill"] = json!({"start": "2026-01-01T00:00:00Z"});
    let state = send(&kit, "PUT", "/backfill/create", caught_up).await.ok();
    assert_eq!(state["backfill"]["paused"], false);
    let on = json!({"triggers": [named("s")], "disabled": false});
    assert_eq!(send(&kit, "POST", "/set-disabled/by-triggers", on).await.status, 202);
    assert_eq!(schedule(&kit).await["disabled"], false);
}
