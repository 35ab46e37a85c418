//! Flows whose tasks are fixtures, on Kestra's own engine: the other tasks see the outputs, and the states count.

use std::collections::BTreeMap;

use harness::RELEASES;
use reqwest::{Method, StatusCode};
use sandbox::{Options, Release, Sandbox};
use schema::fixtures::{Fixture, TYPE, with_fixtures};
use serde_json::{Value, json};

use super::api::{Api, answered, started, task_run};

const LOADING: &str = r#"
id: loading
namespace: team.a
inputs:
  - id: table
    type: STRING
tasks:
  - id: download
    type: com.acme.Download
    uri: http://acme.example/orders.csv
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: load
        type: com.acme.Load
        retry: {type: constant, interval: PT0.1S, maxAttempts: 2}
        allowFailure: true
      - id: unwanted
        type: com.acme.Delete
        runIf: "{{ inputs.table == 'none' }}"
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.download.size }} into {{ inputs.table }}: {{ outputs.download.names | join(' ') }}, {{ outputs.load.rows }}"
outputs:
  - id: said
    type: STRING
    value: "{{ outputs.say.value }}"
triggers:
  - id: every_second
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "* * * * * *"
    withSeconds: true
"#;

fn with(source: &str, documents: Value) -> String {
    let fixtures: BTreeMap<String, Fixture> = serde_json::from_value(documents).expect("fixtures");
    with_fixtures(source, &fixtures).unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_runs_with_the_outputs_and_states_of_its_fixtures() {
    for release in RELEASES {
        let Some((sandbox, api)) = started(release).await else { return };
        runs(&api).await;
        for (state, of_execution) in
            [("SUCCESS", "SUCCESS"), ("WARNING", "WARNING"), ("FAILED", "FAILED"), ("SKIPPED", "SUCCESS")]
        {
            ends(&api, state, of_execution).await;
        }
        sandbox.stop().await.expect("a good end");
    }
}

async fn runs(api: &Api) {
    let documents = json!({
        "download": {"outputs": {"size": 3, "names": ["a", "{{ b }}"]}},
        "load": {"outputs": {"rows": 2}, "state": "FAILED"},
        "unwanted": {"state": "FAILED"},
    });
    api.put_flow(&with(LOADING, documents)).await;
    let id = api.start("loading", &[("table", "orders")]).await;
    let done = api.end(&id).await;
    let messages = api.messages(&id).await;
    for (task, state, attempts) in [
        ("download", "SUCCESS", 1),
        ("load", "WARNING", 2),
        ("unwanted", "SKIPPED", 1),
        ("say", "SUCCESS", 1),
    ] {
        let run = task_run(&done, task);
        assert_eq!(run["state"]["current"], state, "{task}: {done} {messages:?}");
        assert_eq!(run["attempts"].as_array().map_or(0, Vec::len), attempts, "{task}: {done}");
    }
    assert_eq!(done["state"]["current"], "WARNING", "{done}");
    assert!(
        messages.iter().any(|message| message == "A fixture is in place of this task; it ends as FAILED"),
        "{messages:?}"
    );
    assert_eq!(api.flow_outputs(&id).await["said"], "3 into orders: a {{ b }}, 2", "{done}");
}

/// A flow whose only task ends in a state.
async fn ends(api: &Api, state: &str, of_execution: &str) {
    let id = state.to_lowercase();
    let flow = format!("id: {id}\nnamespace: team.a\ntasks: [{{id: one, type: com.acme.One}}]\n");
    api.put_flow(&with(&flow, json!({"one": {"state": state}}))).await;
    let done = api.end(&api.start(&id, &[]).await).await;
    assert_eq!(done["taskRunList"][0]["state"]["current"], state, "{done}");
    assert_eq!(done["state"]["current"], of_execution, "{done}");
}

/// As tests of flows do it: each deletes what it has made before the next one starts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_execution_after_a_deleted_one_is_executed() {
    let Some((sandbox, api)) = started(Release::V1_3).await else { return };
    api.put_flow(&with("id: one\nnamespace: team.a\ntasks: [{id: a, type: a.B}]\n", json!({"a": {}}))).await;
    for _ in 0..3 {
        let id = api.start("one", &[]).await;
        assert_eq!(api.end(&id).await["state"]["current"], "SUCCESS");
        let deleted = answered(api.call(Method::DELETE, &format!("executions/{id}"))).await;
        assert_eq!(deleted, (StatusCode::NO_CONTENT, String::new()));
    }
    sandbox.stop().await.expect("a good end");
}

#[tokio::test]
async fn without_an_engine_a_fixture_is_no_plugin() {
    let sandbox = Sandbox::start(Options::default()).await.expect("a sandbox");
    let api = Api::new(&sandbox.url());
    let flow = format!("id: a\nnamespace: team.a\ntasks: [{{id: one, type: {TYPE}}}]\n");
    for (method, path) in [(Method::POST, "flows"), (Method::POST, "flows/validate")] {
        let (status, said) = answered(api.send(method, path, "application/x-yaml", &flow)).await;
        assert_eq!(status == StatusCode::OK, path == "flows/validate", "{path}");
        assert!(said.contains(&format!("Invalid type: {TYPE}")), "{said}");
    }
    sandbox.stop().await.expect("a good end");
}
