//! The sandbox with Kestra's own engine: flows are executed, and what comes of them is read through the API.

mod actions;
mod api;
mod fixtures;
mod outside;
mod stage;
mod stories;

use std::{fs, process::Command, time::Duration};

use harness::{RELEASES, engine::prepared};
use reqwest::{
    Method, StatusCode,
    multipart::{Form, Part},
};
use sandbox::{Data, Options, Release, Sandbox};
use schema::KestraLine;
use serde_json::json;
use tokio::{
    task::block_in_place,
    time::{interval, timeout},
};

use crate::serve::{PARENT, WAITING};
use api::{Api, answered, good, id_of, spawned, started};

/// Longer than an engine takes to end.
const LONGEST_END: Duration = Duration::from_secs(60);

/// What [`PARENT`] calls, without a plugin that has to be stood in for.
const CHILD: &str = r#"
id: child
namespace: team.a
inputs:
  - id: who
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: "hello {{ inputs.who }}"
outputs:
  - id: greeting
    type: STRING
    value: "{{ outputs.greet.value }}"
"#;

const COPYING: &str = r#"
id: copying
namespace: team.a
inputs:
  - id: document
    type: FILE
tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    content: "{{ read(inputs.document) }}, copied"
    extension: .txt
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_is_executed_and_read_through_the_api() {
    for release in RELEASES {
        let Some((sandbox, api)) = started(release).await else { return };
        is_executed_and_read(&api).await;
        sandbox.stop().await.expect("a good end");
    }
}

async fn is_executed_and_read(api: &Api) {
    api.set_kv("team.a", "given", "a value").await;
    api.put_file("team.a", "/notes/one.txt", "a file").await;
    api.put_flow(CHILD).await;
    let first = "id: parent\nnamespace: team.a\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: one\n";
    api.put_flow(first).await;
    good(api.send(Method::PUT, "flows/team.a/parent", "application/x-yaml", PARENT)).await;

    let id = api.start("parent", &[("who", "Ann")]).await;
    let done = api.end(&id).await;
    assert_eq!((&done["state"]["current"], &done["flowRevision"]), (&json!("SUCCESS"), &json!(2)), "{done}");
    assert_eq!(api.outputs(&id, "read").await["value"], "a file", "{done}");
    let call = api.outputs(&id, "call").await;
    assert_eq!(call["outputs"]["greeting"], "hello Ann", "{call}");
    let child = call["executionId"].as_str().expect("an id");
    api.ends(child, "SUCCESS").await;
    assert_eq!(api.flow_outputs(child).await["greeting"], "hello Ann");
    let changed = api.get("namespaces/team.a/kv/changed").await;
    assert_eq!(changed["value"], "a value and more", "{changed}");

    let waiting = api.call(Method::POST, "executions/team.a/child?wait=true");
    let waited = good(waiting.multipart(Form::new().text("who", "Eve"))).await;
    assert_eq!(waited["state"]["current"], "SUCCESS", "{waited}");

    api.logged(&id, "hello Ann").await;
    assert!(!api.messages(&id).await.iter().any(|message| message.contains("No engine")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_go_in_and_come_out() {
    let Some((sandbox, api)) = started(Release::V1_3).await else { return };
    api.put_flow(COPYING).await;
    let part = Part::text("a document").file_name("document.txt");
    let call = api.call(Method::POST, "executions/team.a/copying");
    let id = id_of(&good(call.multipart(Form::new().part("document", part))).await);
    api.ends(&id, "SUCCESS").await;
    let file = api.file(&id, &api.outputs(&id, "write").await["uri"]).await;
    assert_eq!(file, "a document, copied");
    sandbox.stop().await.expect("a good end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_execution_is_resumed_and_killed_through_the_api() {
    let Some((sandbox, api)) = started(Release::V1_3).await else { return };
    api.put_flow(WAITING).await;
    let id = api.start("waiting", &[]).await;
    api.becomes(&id, "PAUSED").await;
    resumed_and_killed(&api, &id).await;
    sandbox.stop().await.expect("a good end");
}

/// What becomes of an execution of [`WAITING`] that is paused.
async fn resumed_and_killed(api: &Api, id: &str) {
    let resumed = answered(api.call(Method::POST, &format!("executions/{id}/resume"))).await;
    assert_eq!(resumed, (StatusCode::NO_CONTENT, String::new()));
    api.reaches(id, "sleep").await;
    let (killed, said) = answered(api.call(Method::DELETE, &format!("executions/{id}/kill"))).await;
    assert_eq!(killed, StatusCode::ACCEPTED, "{said}");
    api.ends(id, "KILLED").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sandbox_survives_the_death_of_its_engine() {
    if prepared(KestraLine::V1_3).is_none() {
        return;
    }
    let (sandbox, api) = spawned(&[], &[]);
    api.put_flow(WAITING).await;
    api.put_flow(CHILD).await;
    let orphan = api.start("waiting", &[]).await;
    api.becomes(&orphan, "PAUSED").await;

    let mut process = sandbox.into_process();
    let own = process.id().to_string();
    kill("-KILL", &child_of(&own));

    let id = api.start("child", &[("who", "Bob")]).await;
    assert_eq!(api.end(&id).await["outputs"]["greeting"], "hello Bob");
    assert_eq!(api.get(&format!("executions/{orphan}")).await["state"]["current"], "PAUSED");
    api.logged(&orphan, "Kestra's engine has ended before this execution").await;

    // The next engine goes on.
    resumed_and_killed(&api, &orphan).await;

    let engine = child_of(&own);
    kill("-TERM", &own);
    assert!(block_in_place(|| process.end()).success());
    timeout(LONGEST_END, ended(&engine)).await.expect("the engine ends with the sandbox");
}

/// Waits for the end of a process; one that nobody has asked how it ended has ended too.
async fn ended(process: &str) {
    let mut moments = interval(Duration::from_millis(200));
    let runs = || {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with('Z'))
    };
    while runs() {
        moments.tick().await;
    }
}

/// The one process that another has started.
fn child_of(process: &str) -> String {
    let children = Command::new("pgrep").args(["-P", process]).output().expect("pgrep");
    String::from_utf8(children.stdout).expect("numbers").trim().to_owned()
}

fn kill(signal: &str, process: &str) {
    assert!(Command::new("kill").args([signal, process]).status().expect("kill").success(), "{process}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_created_without_an_engine_is_executed_by_the_next() {
    let Some(engine) = prepared(KestraLine::V1_3) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = Data::File(folder.path().join("sandbox.sqlite"));
    let options = Options { data: data.clone(), ..Options::default() };
    let sandbox = Sandbox::start(options.clone()).await.expect("a sandbox");
    let api = Api::new(&sandbox.url());
    api.put_flow(CHILD).await;
    let id = api.start("child", &[("who", "Zoe")]).await;
    api.logged(&id, "No engine is attached").await;
    sandbox.stop().await.expect("a good end");

    let options = Options { engine: Some(engine.clone()), ..options };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let api = Api::new(&sandbox.url());
    let done = api.end(&id).await;
    assert_eq!(
        (&done["state"]["current"], &done["outputs"]["greeting"]),
        (&json!("SUCCESS"), &json!("hello Zoe"))
    );
    sandbox.stop().await.expect("a good end");
}

const WRITING: &str = r#"
id: writing
namespace: team.a
tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: from_afar
    value: a value
    namespace: team.b
  - id: make
    type: io.kestra.plugin.core.storage.Write
    content: written by a flow
    extension: .txt
  - id: upload
    type: io.kestra.plugin.core.namespace.UploadFiles
    namespace: team.b
    destination: /made/
    filesMap:
      one.txt: "{{ outputs.make.uri }}"
  - id: remove
    type: io.kestra.plugin.core.namespace.DeleteFiles
    namespace: team.a
    files: /old.txt
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_flows_write_to_namespaces_is_read_through_the_api() {
    for release in RELEASES {
        let Some((sandbox, api)) = started(release).await else { return };
        for (namespace, path) in [("team.a", "/old.txt"), ("team.a", "/kept.txt"), ("team.b", "/other.txt")] {
            api.put_file(namespace, path, "a file").await;
        }
        let b = "id: other\nnamespace: team.b\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: one\n";
        api.put_flow(b).await;
        api.put_flow(WRITING).await;
        let id = api.start("writing", &[]).await;
        api.ends(&id, "SUCCESS").await;
        assert_eq!(api.get("namespaces/team.b/kv/from_afar").await["value"], "a value");
        let made = answered(api.call(Method::GET, "namespaces/team.b/files?path=/made/one.txt")).await;
        assert_eq!(made, (StatusCode::OK, "written by a flow".to_owned()), "{release:?}");
        let files = api.get("namespaces/team.a/files/directory").await;
        let names = files.as_array().into_iter().flatten().map(|file| file["fileName"].clone());
        assert_eq!(names.collect::<Vec<_>>(), [json!("kept.txt")], "{release:?}: {files}");
        sandbox.stop().await.expect("a good end");
    }
}
