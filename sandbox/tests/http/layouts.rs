//! Data files of older sandboxes are brought to the newest layout; what is no data file of this program is refused and kept.
//!
//! The older layouts lie in `tests/layouts/` as text. They are not made from the code, which must not change what it once was.

use std::{fs, path::Path};

use rusqlite::Connection;
use sandbox::{Data, Edition, Options, Sandbox};
use serde_json::json;

use crate::kit::Kit;

/// Each adds to the one before.
const LAYOUTS: [&str; 4] = [
    include_str!("../layouts/1.sql"),
    include_str!("../layouts/2.sql"),
    include_str!("../layouts/3.sql"),
    include_str!("../layouts/4.sql"),
];
const EXECUTION: &str = "2Zb1kJ9d0aB3cD4eF5gH6i";

fn on(path: &Path) -> Options {
    Options { data: Data::File(path.into()), edition: Edition::Ee, ..Options::default() }
}

/// What the file's schema says, statement by statement, however its lines are broken.
fn schema(path: &Path) -> Vec<String> {
    let file = Connection::open(path).unwrap();
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = file.prepare(sql).unwrap();
    let texts = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    texts.map(|text| text.unwrap().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[tokio::test]
async fn a_file_of_an_older_layout_is_migrated_with_all_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.db");
    Kit::with(on(&new)).await.sandbox.stop().await.unwrap();
    for layout in 1..=LAYOUTS.len() {
        let path = folder.path().join(format!("{layout}.db"));
        let file = Connection::open(&path).unwrap();
        LAYOUTS[..layout].iter().for_each(|sql| file.execute_batch(sql).unwrap());
        drop(file);
        // The second start finds a file that has been migrated.
        for _ in 0..2 {
            let kit = Kit::with(on(&path)).await;
            holds_what_the_first_layout_held(&kit).await;
            if layout >= 2 {
                holds_what_the_second_layout_added(&kit).await;
            }
            let dashboard = kit.call("GET", "dashboards/d").await;
            assert_eq!(dashboard.status, if layout >= 3 { 200 } else { 404 });
            kit.sandbox.stop().await.unwrap();
        }
        assert_eq!(schema(&path), schema(&new), "layout {layout}");
    }
}

async fn holds_what_the_first_layout_held(kit: &Kit) {
    let uuid = kit.call("GET", "/api/v1/configs").await.ok()["uuid"].take();
    assert_eq!(uuid, "2f6f1f0e-5a3c-4c43-9a43-5f2f6d1a9b10");
    let flow = kit.call("GET", "flows/a.b/f?source=true").await.ok();
    assert_eq!((&flow["revision"], &flow["updated"]), (&json!(2), &json!("2026-01-02T03:04:06Z")));
    assert!(flow["source"].as_str().unwrap().contains("# two"));
    assert_eq!(kit.call("GET", "flows/a.b/gone").await.status, 404);
    for flow in ["f", "gone"] {
        let revisions = kit.call("GET", &format!("flows/a.b/{flow}/revisions?allowDelete=true")).await.ok();
        assert_eq!(revisions.as_array().unwrap().len(), 2, "{flow}");
    }
    let entry = kit.call("GET", "namespaces/a.b/kv/k").await.ok();
    assert_eq!((&entry["value"], &entry["revision"]), (&json!(42), &json!(3)));
    assert_eq!(kit.call("GET", "namespaces/a.b/kv/gone").await.status, 404);
    for (query, content) in [("", "two"), ("&revision=1", "one")] {
        let read = kit.call("GET", &format!("namespaces/a.b/files?path=/d/one.txt{query}")).await;
        assert_eq!(read.text, content);
    }
    assert_eq!(kit.call("GET", "namespaces/a.b").await.ok()["description"], "ours");
}

async fn holds_what_the_second_layout_added(kit: &Kit) {
    let execution = kit.call("GET", &format!("executions/{EXECUTION}")).await.ok();
    assert_eq!(execution["state"]["current"], "CREATED");
    let logs = kit.call("GET", &format!("logs/{EXECUTION}")).await.ok();
    assert_eq!(logs[0]["message"], "nobody executes");
    let path = format!("kestra:///a/b/f/executions/{EXECUTION}/inputs/file/one.txt");
    let file = kit.call("GET", &format!("executions/{EXECUTION}/file?path={path}")).await;
    assert_eq!(file.text, "one");
}

async fn refusal(path: &Path) -> String {
    Sandbox::start(on(path)).await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_file_of_another_program_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let check = async |name: &str, expected: &str| {
        let path = folder.path().join(name);
        let before = fs::read(&path).unwrap();
        let refused = refusal(&path).await;
        assert_eq!(refused, format!("the sandbox's data: {} {expected}", path.display()));
        assert!(fs::read(&path).unwrap() == before, "{name} was changed");
    };
    fs::write(folder.path().join("text"), "no database, but longer than the header of one: ".repeat(9))
        .unwrap();
    check("text", "is no data file of a sandbox").await;
    for (name, sql) in [
        ("people", "CREATE TABLE people (name TEXT)"),
        ("numbered", "CREATE TABLE people (name TEXT); PRAGMA user_version = 1"),
        ("marked", "CREATE TABLE people (name TEXT); PRAGMA application_id = 252006674"),
    ] {
        Connection::open(folder.path().join(name)).unwrap().execute_batch(sql).unwrap();
        check(name, "is no data file of a sandbox").await;
    }
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    Kit::with(on(&path)).await.sandbox.stop().await.unwrap();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let refused = refusal(&path).await;
    assert!(refused.contains("has layout 99, this program knows layouts up to"), "{refused}");
    assert!(refused.ends_with("use a newer flowsmith"), "{refused}");
}

#[tokio::test]
async fn data_is_used_by_one_sandbox_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let kit = Kit::with(on(&path)).await;
    let refused = refusal(&path).await;
    let expected = format!("is in use by process {}; stop it, or use other data", std::process::id());
    assert!(refused.ends_with(&expected), "{refused}");
    kit.call("GET", "namespaces/search").await.ok();
    kit.sandbox.stop().await.unwrap();
    Kit::with(on(&path)).await.sandbox.stop().await.unwrap();
}
