//! What was acknowledged is on disk, whether the sandbox stops or dies.

use std::path::Path;

use futures_util::future::join_all;
use sandbox::{Data, Options};
use serde_json::json;

use crate::kit::Kit;

fn on(path: &Path) -> Options {
    Options { data: Data::File(path.into()), ..Options::default() }
}

/// Writes many things at once, all acknowledged when it returns.
async fn fill(kit: &Kit) {
    let writes = (0..40).map(async |n: usize| {
        let flow = format!("id: f{n}\nnamespace: a.b\ntasks: [{{id: t, type: a.B}}]\n");
        kit.send("POST", "flows", "application/x-yaml", &flow).await.ok();
        kit.send("PUT", &format!("namespaces/a.b/kv/k{n}"), "text/plain", "1").await.done();
        kit.call("POST", &format!("namespaces/a.b/files/directory?path=/d{n}")).await.done();
    });
    join_all(writes).await;
}

async fn counts(kit: &Kit) -> [usize; 3] {
    let mut counts = [0; 3];
    for (count, path) in
        counts.iter_mut().zip(["flows/a.b", "namespaces/a.b/kv", "namespaces/a.b/files/directory"])
    {
        *count = kit.call("GET", path).await.ok().as_array().unwrap().len();
    }
    counts
}

#[tokio::test]
async fn a_stopped_sandbox_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let kit = Kit::with(on(&file)).await;
    fill(&kit).await;
    kit.sandbox.stop().await.unwrap();
    let kit = Kit::with(on(&file)).await;
    assert_eq!(counts(&kit).await, [40, 40, 40]);
    let flow = kit.call("GET", "flows/a.b/f7").await.ok();
    assert_eq!((&flow["revision"], &flow["tasks"]), (&json!(1), &json!([{"id": "t", "type": "a.B"}])));
}

/// A process that dies leaves its files as they are at that moment; so does a copy taken while it lives.
#[tokio::test]
async fn a_killed_sandbox_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let kit = Kit::with(on(&folder.path().join("data.db"))).await;
    fill(&kit).await;
    let copy = tempfile::tempdir().unwrap();
    for name in ["data.db", "data.db-wal"] {
        std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let survivor = Kit::with(on(&copy.path().join("data.db"))).await;
    assert_eq!(counts(&survivor).await, [40, 40, 40]);
}

#[tokio::test]
async fn an_execution_survives_a_restart_with_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let kit = Kit::with(on(&file)).await;
    let flow = "id: f\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\n";
    kit.send("POST", "flows", "application/x-yaml", flow).await.ok();
    let created = kit.call("POST", "executions/a.b/f?labels=a:b").await.ok();
    let paths = ["executions", "logs"].map(|family| format!("{family}/{}", created["id"].as_str().unwrap()));
    let before = [kit.call("GET", &paths[0]).await.ok(), kit.call("GET", &paths[1]).await.ok()];
    kit.sandbox.stop().await.unwrap();
    let kit = Kit::with(on(&file)).await;
    let after = [kit.call("GET", &paths[0]).await.ok(), kit.call("GET", &paths[1]).await.ok()];
    assert_eq!(after, before);
    assert_eq!((&after[0]["state"]["current"], &after[1][0]["level"]), (&json!("CREATED"), &json!("WARN")));
}
