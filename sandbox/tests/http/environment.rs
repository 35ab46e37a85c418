//! Environments as archives: out of one sandbox, into another, and what is refused on the way.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use sandbox::{
    Data, Edition, Options,
    environment::{self, Mode},
};
use serde_json::{Value, json};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::kit::Kit;

const FLOW: &str =
    "id: f\nnamespace: a.b\ninputs: [{id: file, type: FILE, required: false}]\ntasks: [{id: t, type: a.B}]\n";
const TRIGGER: &str = "triggers: [{id: s, type: io.kestra.plugin.core.trigger.Schedule, cron: 0 0 1 1 *}]\n";

/// A folder for data files and archives.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    async fn start(&self, name: &str) -> Kit {
        let data = Data::File(self.path(name));
        Kit::with(Options { data, edition: Edition::Ee, ..Options::default() }).await
    }

    /// Exports data, and gives the archive's bytes.
    fn export(&self, data: &str, archive: &str) -> Vec<u8> {
        let file = File::create(self.path(archive)).unwrap();
        environment::export(&self.path(data), file, true).unwrap();
        fs::read(self.path(archive)).unwrap()
    }

    fn import(&self, archive: &str, data: &str, mode: Mode) -> Result<environment::Imported, String> {
        environment::import(&self.path(data), &self.path(archive), mode).map_err(|error| error.to_string())
    }
}

/// Something of every kind that the API can write.
async fn fill(kit: &Kit) {
    let yaml = async |method, path, body: &str| kit.send(method, path, "application/x-yaml", body).await.ok();
    let send = async |method, path, body: &str| kit.send(method, path, "application/json", body).await.ok();
    yaml("POST", "flows", FLOW).await;
    yaml("PUT", "flows/a.b/f", &format!("{FLOW}# ü\n{TRIGGER}")).await;
    yaml("POST", "flows", "id: gone\nnamespace: a.b\ntasks: [{id: t, type: a.B}]\n").await;
    assert_eq!(kit.call("DELETE", "flows/a.b/gone").await.status, 204);
    yaml("POST", "dashboards", "id: d\ntitle: A dashboard\n").await;
    send("POST", "namespaces", r#"{"id":"a.b","description":"ours","variables":{"x":[1.50,null]}}"#).await;
    let with_ttl = kit.request("PUT", "namespaces/a.b/kv/k").header("ttl", "P1D").header("description", "d");
    assert_eq!(with_ttl.body(r#"{"a":[1.0,1e3,"\n"]}"#).send().await.unwrap().status(), 200);
    kit.send("PUT", "namespaces/a.b/kv/gone", "text/plain", "1").await.done();
    kit.call("DELETE", "namespaces/a.b/kv/gone").await.ok();
    for (path, content) in [("/d/one.txt", "1"), ("/d/one.txt", "2"), ("/d/a@2%25.b.c", ""), ("/plain", "x")]
    {
        let form = format!(
            "--b\r\ncontent-disposition: form-data; name=\"fileContent\"; filename=\"f\"\r\n\r\n{content}\r\n--b--\r\n"
        );
        let path = format!("namespaces/a.b/files?path={path}");
        kit.send("POST", &path, "multipart/form-data; boundary=b", &form).await.done();
    }
    let form =
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\ncontent\r\n--b--\r\n";
    for _ in 0..2 {
        kit.send("POST", "executions/a.b/f?labels=a:b", "multipart/form-data; boundary=b", form).await.ok();
    }
    let off = json!({"namespace": "a.b", "flowId": "f", "triggerId": "s", "disabled": true});
    send("PUT", "triggers", &off.to_string()).await;
}

/// What the API tells about all that.
async fn told(kit: &Kit) -> Vec<Value> {
    let executions = kit.call("GET", "executions/search?sort=state.startDate:asc").await.ok();
    let id = executions["results"][0]["id"].as_str().unwrap().to_owned();
    let mut told = vec![executions, kit.call("GET", "/api/v1/configs").await.ok()["uuid"].take()];
    for path in [
        "flows/a.b/f/revisions?allowDelete=true",
        "flows/a.b/gone/revisions?allowDelete=true",
        "dashboards/d",
        "namespaces/a.b",
        "kv",
        "namespaces/a.b/kv/k",
        "namespaces/a.b/files/directory?path=/d",
        "namespaces/a.b/files/revisions?path=/d/one.txt",
        "triggers/a.b/f",
        &format!("logs/{id}"),
    ] {
        told.push(kit.call("GET", path).await.ok());
    }
    for path in ["/d/one.txt&revision=1", "/d/one.txt", "/d/a@2%25.b.c"] {
        let answer = kit.call("GET", &format!("namespaces/a.b/files?path={path}")).await;
        told.push(json!([answer.status, answer.text]));
    }
    let file = format!("executions/{id}/file?path=kestra:///a/b/f/executions/{id}/inputs/file/f");
    told.push(json!([kit.call("GET", &file).await.text]));
    told
}

#[tokio::test]
async fn an_environment_comes_back_exactly() {
    let place = Place::new();
    let kit = place.start("one.db").await;
    fill(&kit).await;
    let before = told(&kit).await;
    // Beside a running sandbox: what it has acknowledged is there.
    let exported = place.export("one.db", "one.zip");
    kit.sandbox.stop().await.unwrap();
    assert!(place.export("one.db", "again.zip") == exported, "stopping changed something");

    let imported = place.import("one.zip", "two.db", Mode::Fill).unwrap();
    assert!(imported.kept.iter().all(|(_, count)| *count == 0), "{imported:?}");
    assert!(imported.added.iter().all(|(_, count)| *count > 0), "{imported:?}");
    assert!(place.export("two.db", "two.zip") == exported, "the round trip changed something");
    let kit = place.start("two.db").await;
    assert_eq!(told(&kit).await, before);
    // Numbers go on.
    let flow = format!("{FLOW}{TRIGGER}");
    assert_eq!(kit.send("PUT", "flows/a.b/f", "application/x-yaml", &flow).await.ok()["revision"], 3);
    kit.call("POST", "executions/a.b/f").await.ok();
}

#[tokio::test]
async fn people_can_read_an_archive() {
    let place = Place::new();
    let kit = place.start("one.db").await;
    fill(&kit).await;
    place.export("one.db", "one.zip");
    let entries = entries(&place.path("one.zip"));
    let text = |name: &str| {
        let found = entries.iter().find(|(entry, _)| entry == name);
        String::from_utf8(found.unwrap_or_else(|| panic!("no {name} in {entries:?}")).1.clone()).unwrap()
    };
    assert_eq!(entries[0].0, "manifest.json");
    let manifest: Value = serde_json::from_str(&text("manifest.json")).unwrap();
    assert_eq!((&manifest["version"], &manifest["rows"]["flows"]), (&json!(1), &json!(4)));
    assert_eq!(text("flows/a.b/f@1.yaml"), FLOW);
    assert_eq!(text("flows/a.b/f@2.yaml"), format!("{FLOW}# ü\n{TRIGGER}"));
    assert_eq!(text("namespace_files/a.b/d/one@1.txt"), "1");
    assert_eq!(text("namespace_files/a.b/d/a%402%25.b@1.c"), "");
    assert_eq!(text("dashboards/d.yaml"), "id: d\ntitle: A dashboard\n");
    let entry: Value = serde_json::from_str(text("kv.jsonl").lines().last().unwrap()).unwrap();
    assert_eq!(
        (&entry["key"], &entry["type"], &entry["value"]["a"][1]),
        (&json!("k"), &json!("JSON"), &json!(1000.0))
    );
    assert!(entry["expires"].is_string());

    let file = File::create(place.path("small.zip")).unwrap();
    let counts = environment::export(&place.path("one.db"), file, false).unwrap();
    let without_history = counts.iter().map(|(label, _)| *label).collect::<Vec<_>>();
    assert!(!without_history.contains(&"executions") && !without_history.contains(&"log lines"));
    place.import("small.zip", "small.db", Mode::Fill).unwrap();
}

#[tokio::test]
async fn a_merge_adds_what_is_missing_and_keeps_what_is_there() {
    let place = Place::new();
    let kit = place.start("one.db").await;
    fill(&kit).await;
    place.export("one.db", "one.zip");
    let kit = place.start("two.db").await;
    let other = FLOW.replace("id: f\n", "id: f\ndescription: mine\n");
    kit.send("POST", "flows", "application/x-yaml", &other).await.ok();
    let mine = kit.call("POST", "executions/a.b/f").await.ok()["id"].as_str().unwrap().to_owned();
    kit.send("PUT", "namespaces/c/kv/mine", "text/plain", "1").await.done();
    assert!(place.import("one.zip", "two.db", Mode::Merge).unwrap_err().contains("is in use by process"));
    kit.sandbox.stop().await.unwrap();

    let refused = place.import("one.zip", "two.db", Mode::Fill).unwrap_err();
    assert!(
        refused.ends_with(
            "two.db holds flow revisions already; import into new data, or add to it with a merge"
        )
    );
    let merged = place.import("one.zip", "two.db", Mode::Merge).unwrap();
    let count = |counts: &environment::Counts, label| counts.iter().find(|(l, _)| *l == label).unwrap().1;
    assert_eq!((count(&merged.added, "flow revisions"), count(&merged.kept, "flow revisions")), (2, 2));
    assert_eq!((count(&merged.added, "executions"), count(&merged.added, "KV entries")), (2, 2));
    let again = place.import("one.zip", "two.db", Mode::Merge).unwrap();
    assert!(again.added.iter().all(|(_, count)| *count == 0), "{again:?}");

    let kit = place.start("two.db").await;
    let flow = kit.call("GET", "flows/a.b/f").await.ok();
    assert_eq!((&flow["revision"], &flow["description"]), (&json!(1), &json!("mine")));
    let executions = kit.call("GET", "executions/search").await.ok();
    assert_eq!(executions["total"], 3);
    assert_eq!(kit.call("GET", &format!("logs/{mine}")).await.ok().as_array().unwrap().len(), 1);
    assert_eq!(kit.call("GET", "namespaces/a.b/kv/k").await.status, 200);
    assert_eq!(kit.call("GET", "namespaces/c/kv/mine").await.ok()["value"], 1);
    assert_eq!(kit.call("GET", "namespaces/a.b/files?path=/plain").await.text, "x");
    kit.sandbox.stop().await.unwrap();
}

type Entries = Vec<(String, Vec<u8>)>;

fn entries(path: &Path) -> Entries {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut entries = Entries::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        entries.push((file.name().unwrap().into_owned(), content));
    }
    entries
}

fn pack(path: &Path, entries: &Entries) {
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    for (name, content) in entries {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
}

/// An archive whose file `name` had `from` replaced; without a `from` the file is gone.
fn altered(entries: &Entries, name: &str, from: &str, to: &str) -> Entries {
    let mut entries = entries.clone();
    let position = entries.iter().position(|(entry, _)| entry == name).unwrap();
    if from.is_empty() {
        entries.remove(position);
        return entries;
    }
    let text = String::from_utf8(entries[position].1.clone()).unwrap();
    assert!(text.contains(from), "{name}: {text}");
    entries[position].1 = text.replacen(from, to, 1).into_bytes();
    entries
}

#[tokio::test]
async fn damaged_and_newer_archives_are_refused_and_nothing_is_written() {
    let place = Place::new();
    let kit = place.start("one.db").await;
    fill(&kit).await;
    let whole = place.export("one.db", "one.zip");
    let good = entries(&place.path("one.zip"));
    let check = |what: &str, expected: &str| {
        let refused = place.import("bad.zip", "new.db", Mode::Fill).unwrap_err();
        assert!(refused.contains(expected), "{what}: {refused}");
    };
    for (name, from, to, expected) in [
        ("manifest.json", "", "", "manifest.json: it is missing"),
        (
            "manifest.json",
            "flowsmith environment",
            "something",
            "manifest.json: this is no flowsmith environment",
        ),
        (
            "manifest.json",
            "\"version\": 1",
            "\"version\": 2",
            "version 2, this program reads versions up to 1",
        ),
        ("manifest.json", "\"flows\": 4", "\"flows\": 5", "flows.jsonl: 4 lines, where the manifest says 5"),
        ("manifest.json", "\"kv\": 2", "\"vk\": 2", "manifest.json: there is no table vk"),
        ("manifest.json", "    \"kv\": 2,\n", "", "manifest.json: there are files that nothing names"),
        ("kv.jsonl", "", "", "kv.jsonl: it is missing"),
        ("kv.jsonl", "{", "[", "kv.jsonl, line 1: "),
        ("kv.jsonl", "\"key\"", "\"yek\"", "kv.jsonl, line 1: there is no column yek"),
        ("kv.jsonl", "\"version\":1", "\"version\":1.5", "kv.jsonl, line 1: version is neither"),
        ("kv.jsonl", "\"version\":1,", "", "kv.jsonl, line 1: NOT NULL constraint failed"),
        ("kv.jsonl", "\"key\":\"gone\"", "\"key\":\"k\"", "kv.jsonl, line 2: UNIQUE constraint failed"),
        ("flows.jsonl", "\"current\":0", "\"current\":1", "flows.jsonl, line 2: UNIQUE constraint failed"),
        ("flows.jsonl", "\"revision\":1", "\"revision\":9", "flows/a.b/f@9.yaml: it is missing"),
        ("logs.jsonl", "\"body\":{", "\"body\":7,\"x\":{", "logs.jsonl, line 1: "),
        ("namespace_files/a.b/plain@1", "", "", "namespace_files/a.b/plain@1: it is missing"),
        ("namespace_files.jsonl", "\"path\":\"/d\"", "\"path\":\"/plain/d\"", "would lie below a file"),
    ] {
        pack(&place.path("bad.zip"), &altered(&good, name, from, to));
        check(&format!("{name} {from} {to}"), expected);
    }
    // Half a file, no file of this kind, and a bit that has changed its mind.
    for (bytes, expected) in [
        (whole[..whole.len() / 2].to_vec(), "the archive: "),
        (b"no archive".to_vec(), "the archive: "),
        (flipped(&whole), "damaged: flows/a.b/f@1.yaml"),
    ] {
        fs::write(place.path("bad.zip"), bytes).unwrap();
        check("bytes", expected);
    }
    // All of that left data in which the right archive finds its place.
    place.import("one.zip", "new.db", Mode::Fill).unwrap();
    assert!(place.export("new.db", "new.zip") == whole);
}

/// A byte of the first flow's compressed text is changed.
fn flipped(archive: &[u8]) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let name = b"flows/a.b/f@1.yaml";
    let at = archive.windows(name.len()).position(|bytes| bytes == name).unwrap();
    archive[at + name.len() + 20] ^= 0x10;
    archive
}

#[test]
fn data_that_is_not_there_or_not_ours_is_not_exported() {
    let place = Place::new();
    let export = |name: &str| {
        let archive = std::io::Cursor::new(Vec::new());
        environment::export(&place.path(name), archive, true).unwrap_err().to_string()
    };
    assert!(export("nowhere.db").starts_with("there is no data of a sandbox at "));
    let foreign = rusqlite::Connection::open(place.path("people.db")).unwrap();
    foreign.execute_batch("CREATE TABLE people (name TEXT)").unwrap();
    assert!(export("people.db").ends_with("people.db is no data file of a sandbox"));
    let older = rusqlite::Connection::open(place.path("older.db")).unwrap();
    older.execute_batch(include_str!("../layouts/1.sql")).unwrap();
    assert!(
        export("older.db")
            .contains("older.db was written by an older flowsmith; start this sandbox on it once")
    );
}
