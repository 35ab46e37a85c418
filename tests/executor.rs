//! The sandbox with Kestra's own engine: flows are executed, and what comes of them is read through the API.

mod actions;
mod api;
mod applied;
mod fixtures;
mod outside;
mod quickstart;
mod stories;

use std::{fs, process::Command, time::Duration};

use harness::engine::prepared;
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
use api::{Api, good, spawned, started};

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
    for release in [Release::V1_3, Release::V2_0] {
        let Some((sandbox, api)) = started(release).await else { return };
        is_executed_and_read(&api, release == Release::V1_3).await;
        sandbox.stop().await.expect("a good end");
    }
}

async fn is_executed_and_read(api: &Api, has_outputs: bool) {
    good(api.call(Method::PUT, "namespaces/team.a/kv/given", "\"a value\"", "text/plain").await).await;
    let file = Form::new().part("fileContent", Part::text("a file").file_name("one.txt"));
    let url = format!("{}/namespaces/team.a/files?path=/notes/one.txt", api.url);
    good(api.http.post(url).multipart(file).send().await.expect("an answer")).await;
    api.put_flow(CHILD).await;
    let first = "id: parent\nnamespace: team.a\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: one\n";
    api.put_flow(first).await;
    good(api.call(Method::PUT, "flows/team.a/parent", PARENT, "application/x-yaml").await).await;

    let id = api.start("parent", &[("who", "Ann")]).await;
    let done = api.end(&id).await;
    assert_eq!((&done["state"]["current"], &done["flowRevision"]), (&json!("SUCCESS"), &json!(2)), "{done}");
    let run = |task: &str| {
        let mut runs = done["taskRunList"].as_array().into_iter().flatten();
        runs.find(|run| run["taskId"] == task).cloned().unwrap_or_default()
    };
    // 2.0 answers for outputs elsewhere.
    if has_outputs {
        assert_eq!(run("read")["outputs"]["value"], "a file", "{done}");
        assert_eq!(run("call")["outputs"]["outputs"]["greeting"], "hello Ann", "{done}");
        let child = run("call")["outputs"]["executionId"].as_str().expect("an id").to_owned();
        assert_eq!(api.end(&child).await["outputs"]["greeting"], "hello Ann");
    }
    let changed = api.get("namespaces/team.a/kv/changed").await;
    assert_eq!(changed["value"], "a value and more", "{changed}");

    let url = format!("{}/executions/team.a/child?wait=true", api.url);
    let waiting = api.http.post(url).multipart(Form::new().text("who", "Eve"));
    let waited = good(waiting.send().await.expect("an answer")).await;
    assert_eq!(waited["state"]["current"], "SUCCESS", "{waited}");

    api.logged(&id, "hello Ann").await;
    assert!(!api.messages(&id).await.iter().any(|message| message.contains("No engine")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_go_in_and_come_out() {
    let Some((sandbox, api)) = started(Release::V1_3).await else { return };
    api.put_flow(COPYING).await;
    let part = Part::text("a document").file_name("document.txt");
    let request = api.http.post(format!("{}/executions/team.a/copying", api.url));
    let request = request.multipart(Form::new().part("document", part));
    let made = good(request.send().await.expect("an answer")).await;
    let id = made["id"].as_str().expect("an id");
    let done = api.end(id).await;
    assert_eq!(done["state"]["current"], "SUCCESS", "{done}");
    let file = api.file(id, &done["taskRunList"][0]["outputs"]["uri"]).await;
    assert_eq!(file, "a document, copied");
    sandbox.stop().await.expect("a good end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_execution_is_resumed_and_killed_through_the_api() {
    let Some((sandbox, api)) = started(Release::V1_3).await else { return };
    api.put_flow(WAITING).await;
    let id = api.start("waiting", &[]).await;
    api.follow(&id, "\"PAUSED\"").await;
    let url = format!("{}/executions/{id}", api.url);
    let resumed = api.http.post(format!("{url}/resume")).send().await.expect("an answer");
    assert_eq!(resumed.status(), StatusCode::NO_CONTENT);
    api.follow(&id, "\"sleep\"").await;
    let killed = api.http.delete(format!("{url}/kill")).send().await.expect("an answer");
    assert_eq!(killed.status(), StatusCode::ACCEPTED);
    assert_eq!(api.end(&id).await["state"]["current"], "KILLED");
    sandbox.stop().await.expect("a good end");
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
    api.follow(&orphan, "\"PAUSED\"").await;

    let mut process = sandbox.into_process();
    let own = process.id().to_string();
    kill("-KILL", &child_of(&own));

    let id = api.start("child", &[("who", "Bob")]).await;
    assert_eq!(api.end(&id).await["outputs"]["greeting"], "hello Bob");
    assert_eq!(api.get(&format!("executions/{orphan}")).await["state"]["current"], "PAUSED");
    api.logged(&orphan, "Kestra's engine has ended before this execution").await;

    let url = format!("{}/executions/{orphan}", api.url);
    let resumed = api.http.post(format!("{url}/resume")).send().await.expect("an answer");
    assert_eq!(resumed.status(), StatusCode::NO_CONTENT, "the next engine goes on");
    api.follow(&orphan, "\"sleep\"").await;
    api.http.delete(format!("{url}/kill")).send().await.expect("an answer");
    assert_eq!(api.end(&orphan).await["state"]["current"], "KILLED");

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
    for release in [Release::V1_3, Release::V2_0] {
        let Some((sandbox, api)) = started(release).await else { return };
        for (namespace, path) in [("team.a", "/old.txt"), ("team.a", "/kept.txt"), ("team.b", "/other.txt")] {
            let file = Form::new().part("fileContent", Part::text("a file").file_name("file.txt"));
            let url = format!("{}/namespaces/{namespace}/files?path={path}", api.url);
            good(api.http.post(url).multipart(file).send().await.expect("an answer")).await;
        }
        let b = "id: other\nnamespace: team.b\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: one\n";
        api.put_flow(b).await;
        api.put_flow(WRITING).await;
        let id = api.start("writing", &[]).await;
        let done = api.end(&id).await;
        assert_eq!(done["state"]["current"], "SUCCESS", "{done} {:?}", api.messages(&id).await);
        assert_eq!(api.get("namespaces/team.b/kv/from_afar").await["value"], "a value");
        let made = format!("{}/namespaces/team.b/files?path=/made/one.txt", api.url);
        let made = api.http.get(made).send().await.expect("an answer").text().await.expect("a text");
        assert_eq!(made, "written by a flow", "{release:?}");
        let files = api.get("namespaces/team.a/files/directory").await;
        let names = files.as_array().into_iter().flatten().map(|file| file["fileName"].clone());
        assert_eq!(names.collect::<Vec<_>>(), [json!("kept.txt")], "{release:?}: {files}");
        sandbox.stop().await.expect("a good end");
    }
}
