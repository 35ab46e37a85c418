//! Kestra's own engine as an executor, on both lines: what it is asked for happens, and what happens is heard.

mod watch;

use std::process::Command;

use engine::{Error, Event, Request, Start};
use schema::KestraLine;
use serde_json::{Map, Value, json};

use watch::Watch;

const CHILD: &str = r#"
id: child
namespace: team.a
inputs:
  - id: who
    type: STRING
tasks:
  - id: sync
    type: io.kestra.plugin.core.debug.Return
    format: "42"
outputs:
  - id: greeting
    type: STRING
    value: "hello {{ inputs.who }}, job {{ outputs.sync.value }}"
"#;

/// Calls `child` with its input, reads a namespace file and sets a KV entry from another.
pub(crate) const PARENT: &str = r#"
id: parent
namespace: team.a
inputs:
  - id: who
    type: STRING
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "for {{ inputs.who }}"
  - id: choose
    type: io.kestra.plugin.core.flow.If
    condition: "{{ inputs.who == 'Ann' }}"
    then:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - id: set
            type: io.kestra.plugin.core.kv.Set
            key: changed
            value: "{{ kv('given') }} and more"
          - id: read
            type: io.kestra.plugin.core.debug.Return
            format: "{{ read('nsfile:///notes/one.txt') }}"
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: team.a
    flowId: child
    wait: true
    transmitFailed: true
    inputs:
      who: "{{ inputs.who }}"
  - id: answer
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.call.outputs.greeting }}"
"#;

const FLAKY: &str = r#"
id: flaky
namespace: team.a
tasks:
  - id: first
    type: io.kestra.plugin.core.debug.Return
    format: done
  - id: fail
    type: io.kestra.plugin.core.execution.Fail
    retry:
      type: constant
      interval: PT0.3S
      maxAttempts: 2
errors:
  - id: regret
    type: io.kestra.plugin.core.log.Log
    message: it has failed
finally:
  - id: tidy
    type: io.kestra.plugin.core.log.Log
    message: it is over
"#;

/// Pauses, and then sleeps for longer than any test waits.
pub(crate) const WAITING: &str = r#"
id: waiting
namespace: team.a
tasks:
  - id: pause
    type: io.kestra.plugin.core.flow.Pause
  - id: sleep
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT10M
"#;

const TICKING: &str = r#"
id: ticking
namespace: team.a
tasks:
  - id: tick
    type: io.kestra.plugin.core.log.Log
    message: tick
triggers:
  - id: every_second
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "* * * * * *"
    withSeconds: true
"#;

const UNKNOWN: &str = r#"
id: unknown
namespace: team.a
tasks:
  - id: nope
    type: io.kestra.plugin.nope.Nope
"#;

fn start(flow_id: &str, inputs: Value) -> Start {
    let inputs = inputs.as_object().cloned().unwrap_or_default();
    Start { namespace: "team.a".into(), flow_id: flow_id.into(), inputs, ..Start::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_is_executed_with_all_that_it_needs() {
    for line in KestraLine::ALL {
        let Some(mut watch) = Watch::start(line).await else { return };
        watch.ask(kv("given", "STRING", json!("a value"))).await;
        watch.ask(kv("day", "DATE", json!("2026-02-28"))).await;
        let (namespace, path) = ("team.a".to_owned(), "/notes/one.txt".to_owned());
        watch.ask(Request::PutFile { namespace, path, content: "YSBmaWxl".into() }).await;
        watch.put([CHILD, PARENT]).await;

        let mut wanted = start("parent", json!({"who": "Ann"}));
        wanted.id = Some("3mFnrXcF7Vb0yqXkU9aZ1c".into());
        let made = watch.ask(Request::Start(wanted)).await;
        assert_eq!(
            (&made["id"], &made["originalId"]),
            (&json!("3mFnrXcF7Vb0yqXkU9aZ1c"), &made["id"]),
            "{made}"
        );
        assert_eq!((&made["state"]["current"], &made["inputs"]), (&json!("CREATED"), &json!({"who": "Ann"})));

        let done = watch.until("3mFnrXcF7Vb0yqXkU9aZ1c", "SUCCESS").await;
        let mut tasks = watch::tasks(&done.execution);
        tasks.sort();
        let all = ["answer", "both", "call", "choose", "read", "say", "set"]
            .map(|id| (id.to_owned(), "SUCCESS".to_owned()));
        assert_eq!(tasks, all, "{line}: {done:?}");
        assert_eq!(watch::histories(&done.execution), ["CREATED", "RUNNING", "SUCCESS"], "{line}");
        assert_eq!(watch::output(&done, "read")["value"], "a file", "{line}");
        assert_eq!(watch::output(&done, "call")["outputs"]["greeting"], "hello Ann, job 42", "{line}");

        let (says, answers) = ("for Ann".to_owned(), "hello Ann, job 42".to_owned());
        watch.until_logged("3mFnrXcF7Vb0yqXkU9aZ1c", &[says, answers]).await;
        let entries = watch.ask(Request::ListKv {}).await;
        let entries: Vec<_> = entries
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| (entry["key"].as_str(), entry["type"].as_str(), entry["value"].as_str()))
            .collect();
        let expected = [
            ("changed", "STRING", "a value and more"),
            ("day", "DATE", "2026-02-28"),
            ("given", "STRING", "a value"),
        ];
        assert_eq!(
            entries,
            expected.map(|(key, kind, value)| (Some(key), Some(kind), Some(value))),
            "{line}"
        );
        watch.stops().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_is_retried_and_an_execution_is_restarted_and_replayed() {
    for line in KestraLine::ALL {
        let Some(mut watch) = Watch::start(line).await else { return };
        watch.put([FLAKY]).await;
        let id = watch.starts(start("flaky", json!({}))).await;
        let failed = watch.until(&id, "FAILED").await;
        assert!(watch::histories(&failed.execution).contains(&"RETRYING".to_owned()), "{line}: {failed:?}");
        assert_eq!(
            watch::task(&failed.execution, "fail")["attempts"].as_array().map(Vec::len),
            Some(2),
            "{line}"
        );
        watch.until_logged(&id, &["it has failed".into(), "it is over".into()]).await;

        watch.ask(Request::Restart { execution_id: id.clone(), revision: None }).await;
        watch.until(&id, "RUNNING").await;
        let again = watch.until(&id, "FAILED").await;
        assert!(watch::histories(&again.execution).contains(&"RESTARTED".to_owned()), "{line}: {again:?}");

        let request = Request::Replay {
            execution_id: id.clone(),
            task_run_id: None,
            revision: None,
            breakpoints: None,
        };
        let replay = watch.ask(request).await["executionId"].as_str().expect("an id").to_owned();
        assert_ne!(replay, id);
        assert_eq!(watch.until(&replay, "FAILED").await.execution["flowId"], "flaky", "{line}");
        watch.stops().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_execution_is_resumed_and_killed_and_refusals_are_kestras() {
    for line in KestraLine::ALL {
        let Some(mut watch) = Watch::start(line).await else { return };
        watch.put([WAITING, PARENT]).await;
        let id = watch.starts(start("waiting", json!({}))).await;
        watch.until(&id, "PAUSED").await;
        watch.ask(Request::Resume { execution_id: id.clone(), inputs: Map::new() }).await;
        watch.until_task(&id, "sleep", "RUNNING").await;
        watch.ask(Request::Kill { execution_id: id.clone(), cascade: true }).await;
        let killed = watch.until(&id, "KILLED").await;
        assert!(watch::histories(&killed.execution).contains(&"KILLING".to_owned()), "{line}: {killed:?}");

        for (request, words) in [
            (Request::Start(start("parent", json!({}))), "Missing required input:who"),
            (Request::Start(start("nowhere", json!({}))), "Requested Flow is not found."),
            (
                Request::PutFlow { source: UNKNOWN.into(), revision: None },
                "Invalid type: io.kestra.plugin.nope.Nope",
            ),
            (Request::Kill { execution_id: "nobody".into(), cascade: true }, "there is no execution nobody"),
        ] {
            let refused = watch.engine.ask(&request).await;
            assert!(
                matches!(&refused, Err(Error::Refused(said)) if said.contains(words)),
                "{line}: {refused:?}"
            );
        }
        let (namespace, flow_id) = ("team.a".to_owned(), "parent".to_owned());
        watch.ask(Request::DeleteFlow { namespace, flow_id }).await;
        let refused = watch.engine.ask(&Request::Start(start("parent", json!({"who": "Ann"})))).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{line}: a deleted flow does not start");
        watch.stops().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_fires_and_revisions_are_those_of_the_owner() {
    for line in KestraLine::ALL {
        let Some(mut watch) = Watch::start(line).await else { return };
        for (revision, message) in [(7, "seventh"), (3, "third"), (8, "eighth"), (20, "twentieth")] {
            let source = TICKING.split("triggers:").next().unwrap_or_default();
            let source = source
                .replace("ticking", "numbered")
                .replace("message: tick", &format!("message: {message}"));
            let saved = watch.ask(Request::PutFlow { source, revision: Some(revision) }).await;
            assert_eq!(saved, json!({"revision": revision}), "{line}");
        }
        for (revision, message) in [(3, "third"), (7, "seventh"), (20, "twentieth")] {
            let id = format!("execution{revision}");
            watch.ask(Request::Execute { execution: made(&id, "numbered", revision) }).await;
            let done = watch.until(&id, "SUCCESS").await;
            assert_eq!(done.execution["flowRevision"], revision, "{line}: {done:?}");
            assert_eq!(
                done.execution["labels"],
                json!([{"key": "system.correlationId", "value": id}]),
                "{line}"
            );
            watch.until_logged(&id, &[message.into()]).await;
        }
        let newest = watch.ask(Request::Start(start("numbered", json!({})))).await;
        assert_eq!(newest["flowRevision"], 20, "{line}");

        watch.put([TICKING]).await;
        let fired = watch.until_flow("ticking", "SUCCESS").await;
        assert_eq!(fired.execution["trigger"]["id"], "every_second", "{line}: {fired:?}");
        watch.stops().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_death_of_the_engine_is_told_and_a_new_one_starts() {
    let line = KestraLine::V2_0;
    let Some(mut watch) = Watch::start(line).await else { return };
    watch.put([WAITING]).await;
    let id = watch.starts(start("waiting", json!({}))).await;
    watch.until(&id, "PAUSED").await;

    let process = watch.engine.process_id().expect("a process").to_string();
    assert!(Command::new("kill").args(["-KILL", &process]).status().expect("kill").success());
    let ended = loop {
        match watch.events.recv().await.expect("the end is told") {
            Event::Ended(ended) => break ended,
            Event::Execution(_) | Event::Log(_) => {}
        }
    };
    assert!(ended.status.contains("signal: 9"), "{ended:?}");
    assert_eq!(watch.events.recv().await, None, "nothing follows");
    let asked = watch.engine.ask(&Request::ListKv {}).await;
    assert!(matches!(&asked, Err(Error::Ended { status, .. }) if *status == ended.status), "{asked:?}");

    let mut next = Watch::start(line).await.expect("what has started once");
    next.put([WAITING]).await;
    let id = next.starts(start("waiting", json!({}))).await;
    next.until(&id, "PAUSED").await;
    next.stops().await;
}

/// An execution as a server makes it.
fn made(id: &str, flow_id: &str, revision: i64) -> Value {
    let now = "2026-01-02T03:04:05.678Z";
    json!({
        "id": id, "namespace": "team.a", "flowId": flow_id, "flowRevision": revision, "originalId": id,
        "labels": [{"key": "system.correlationId", "value": id}], "deleted": false,
        "state": {"current": "CREATED", "histories": [{"state": "CREATED", "date": now}], "startDate": now},
        "metadata": {"attemptNumber": 1, "originalCreatedDate": now},
    })
}

fn kv(key: &str, kind: &str, value: Value) -> Request {
    let (namespace, key, r#type) = ("team.a".to_owned(), key.to_owned(), kind.to_owned());
    Request::PutKv { namespace, key, r#type, value, description: None, expiration_date: None }
}
