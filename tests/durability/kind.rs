//! Every kind of write, in numbers: how the first and the next ones are made, and how many are found to be there whole.

use std::io::{Cursor, Write as _};

use reqwest::Method;
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::api::{Api, Body, Write};

/// How many flows one call writes.
const MANY: u32 = 4;
/// How many files one archive holds.
const FILES: [&str; 3] = ["one.txt", "two.txt", "three.txt"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Revisions of a flow.
    Flow,
    /// A flow that comes and goes; its deletions are revisions too.
    Deletion,
    Entry,
    File,
    /// An archive of files, which come all or not at all.
    Archive,
    /// An execution with its first log line and the file it was started with.
    Execution,
    Trigger,
    /// Many flows in one call. As in Kestra nothing is rolled back: each of them is whole, and the acknowledged ones are there.
    Bulk,
    /// The same from a file.
    Import,
    Dashboard,
    Namespace,
}

/// What is there of the writes of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The last number of which everything is there.
    pub(super) whole: u32,
    /// The last number of which anything is there; the same for writes that come all or not at all.
    pub(super) begun: u32,
}

impl Kind {
    pub(super) const ALL: [Kind; 11] = [
        Kind::Flow,
        Kind::Deletion,
        Kind::Entry,
        Kind::File,
        Kind::Archive,
        Kind::Execution,
        Kind::Trigger,
        Kind::Bulk,
        Kind::Import,
        Kind::Dashboard,
        Kind::Namespace,
    ];

    /// The call that writes a number.
    pub(super) fn call(self, round: u32, number: u32) -> Write {
        let ns = namespace(round);
        let first = number == 1;
        match self {
            Kind::Flow if first => create(flow(&ns, "flow", number)),
            Kind::Flow => (Method::PUT, format!("flows/{ns}/flow"), Body::Yaml(flow(&ns, "flow", number))),
            Kind::Deletion if number % 2 == 1 => create(flow(&ns, "deletion", number)),
            Kind::Deletion => (Method::DELETE, format!("flows/{ns}/deletion"), Body::Nothing),
            Kind::Entry => (Method::PUT, format!("namespaces/{ns}/kv/entry"), Body::Text(number.to_string())),
            Kind::File => upload(&ns, "a/file.txt", "file.txt", content(number)),
            Kind::Archive => upload(&ns, "archive.zip", "archive.zip", archive(number)),
            Kind::Execution if first => create(flow(&ns, "execution", number)),
            Kind::Execution => {
                let path = format!("executions/{ns}/execution?labels=number:{number}");
                (Method::POST, path, Body::File("file", "file.txt", content(number)))
            }
            Kind::Trigger if first => create(flow(&ns, "trigger", number)),
            Kind::Trigger => (Method::PUT, "triggers".into(), Body::Json(backfill(&ns, number))),
            Kind::Bulk => {
                let body = many(&ns, "bulk", number).join("---\n");
                (Method::POST, "flows/bulk?delete=false".into(), Body::Yaml(body))
            }
            Kind::Import => {
                let body = many(&ns, "import", number).join("---\n").into_bytes();
                (Method::POST, "flows/import".into(), Body::File("fileUpload", "flows.yaml", body))
            }
            Kind::Dashboard if first => (Method::POST, "dashboards".into(), dashboard(&ns, number)),
            Kind::Dashboard => (Method::PUT, format!("dashboards/{ns}"), dashboard(&ns, number)),
            Kind::Namespace if first => (Method::POST, "namespaces".into(), object(&ns, number)),
            Kind::Namespace => (Method::PUT, format!("namespaces/{ns}"), object(&ns, number)),
        }
    }

    /// What is there, each part of it compared with what was written.
    pub(super) async fn found(self, api: &Api, round: u32) -> Found {
        let ns = namespace(round);
        let number = match self {
            Kind::Flow => revisions(api, &ns, "flow").await,
            Kind::Deletion => revisions(api, &ns, "deletion").await,
            Kind::Bulk => return of_many(api, &ns, "bulk").await,
            Kind::Import => return of_many(api, &ns, "import").await,
            Kind::Entry => entry(api, &ns).await,
            Kind::File => file_revisions(api, &ns, "/a/file.txt").await,
            Kind::Archive => files_of_archive(api, &ns).await,
            Kind::Execution => executions(api, &ns).await,
            Kind::Trigger => trigger(api, &ns).await,
            Kind::Dashboard => described(api, &format!("dashboards/{ns}")).await,
            Kind::Namespace => described(api, &format!("namespaces/{ns}")).await,
        };
        Found { whole: number, begun: number }
    }
}

fn namespace(round: u32) -> String {
    format!("company.round{round}")
}

fn number_of(value: &Value) -> u32 {
    value.as_u64().and_then(|number| number.try_into().ok()).unwrap_or_else(|| panic!("no number: {value}"))
}

fn array(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        other => panic!("no list: {other}"),
    }
}

fn create(source: String) -> Write {
    (Method::POST, "flows".into(), Body::Yaml(source))
}

fn flow(ns: &str, id: &str, number: u32) -> String {
    format!(
        "id: {id}\nnamespace: {ns}\ninputs:\n  - {{id: file, type: FILE, required: false}}\ntasks:\n  - id: log\n    type: \
         io.kestra.plugin.core.log.Log\n    message: \"{number}\"\ntriggers:\n  - {{id: s, type: \
         io.kestra.plugin.core.trigger.Schedule, cron: 0 0 1 1 *}}\n"
    )
}

fn many(ns: &str, id: &str, number: u32) -> Vec<String> {
    (0..MANY).map(|part| flow(ns, &format!("{id}{part}"), number)).collect()
}

/// The number of revisions, each with the text it was written with.
async fn revisions(api: &Api, ns: &str, id: &str) -> u32 {
    let found = array(api.get(&format!("flows/{ns}/{id}/revisions?allowDelete=true")).await);
    for (number, revision) in (1..).zip(&found) {
        // A deletion keeps the text of the revision before it.
        let is_deletion = id == "deletion" && number % 2 == 0;
        let written = if is_deletion { number - 1 } else { number };
        assert_eq!(number_of(&revision["revision"]), number, "{ns} {id}");
        assert_eq!(revision["deleted"], is_deletion, "{ns} {id} {number}");
        let source = revision["source"].as_str().unwrap_or_default();
        assert_eq!(source.trim(), flow(ns, id, written).trim(), "{ns} {id} {number}");
    }
    found.len().try_into().expect("a small number")
}

async fn of_many(api: &Api, ns: &str, id: &str) -> Found {
    let (mut whole, mut begun) = (u32::MAX, 0);
    for part in 0..MANY {
        let found = revisions(api, ns, &format!("{id}{part}")).await;
        assert!(found <= whole, "{ns}: {id}{part} was written before what precedes it");
        (whole, begun) = (whole.min(found), begun.max(found));
    }
    Found { whole, begun }
}

async fn entry(api: &Api, ns: &str) -> u32 {
    let Some(entry) = api.find(&format!("namespaces/{ns}/kv/entry")).await else { return 0 };
    assert_eq!(entry["value"], entry["revision"], "{ns}");
    number_of(&entry["value"])
}

/// Longer than a page of the data file, so that half of it could be missing.
fn content(number: u32) -> Vec<u8> {
    format!("{number} ").repeat(3_000).into_bytes()
}

fn upload(ns: &str, path: &str, name: &'static str, content: Vec<u8>) -> Write {
    let path = format!("namespaces/{ns}/files?path=/{path}");
    (Method::POST, path, Body::File("fileContent", name, content))
}

fn archive(number: u32) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in FILES {
        archive.start_file(name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(&content(number)).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}

async fn file_revisions(api: &Api, ns: &str, path: &str) -> u32 {
    let found = array(api.get(&format!("namespaces/{ns}/files/revisions?path={path}")).await);
    for (number, revision) in (1..).zip(&found) {
        assert_eq!(number_of(&revision["revision"]), number, "{ns} {path}");
        let query = format!("namespaces/{ns}/files?path={path}&revision={number}");
        assert!(
            api.read(&query).await == Some(content(number)),
            "{ns} {path}: revision {number} is not whole"
        );
    }
    found.len().try_into().expect("a small number")
}

async fn files_of_archive(api: &Api, ns: &str) -> u32 {
    let first = file_revisions(api, ns, "/one.txt").await;
    for name in FILES {
        assert_eq!(file_revisions(api, ns, &format!("/{name}")).await, first, "{ns}: half an archive");
    }
    first
}

/// The flow counts as the first write.
async fn executions(api: &Api, ns: &str) -> u32 {
    let flows = revisions(api, ns, "execution").await;
    let query = format!("executions?namespace={ns}&flowId=execution&size=1000");
    let mut found = array(api.get(&query).await["results"].take());
    found.sort_by_key(label);
    for (number, execution) in (2..).zip(&found) {
        assert_eq!(label(execution), number, "{ns}");
        assert_eq!(execution["state"]["current"], "CREATED");
        let id = execution["id"].as_str().expect("an id");
        let logs = array(api.get(&format!("logs/{id}")).await);
        assert_eq!(logs.len(), 1, "{ns} {id}");
        let file = execution["inputs"]["file"].as_str().expect("an address");
        let read = api.read(&format!("executions/{id}/file?path={file}")).await;
        assert!(read == Some(content(number)), "{ns} {id}: its file is not whole");
    }
    flows + u32::try_from(found.len()).expect("a small number")
}

/// The number of an execution.
fn label(execution: &Value) -> u32 {
    let labels = execution["labels"].as_array().into_iter().flatten();
    let mut numbers = labels.filter(|label| label["key"] == "number");
    let number = numbers.next().and_then(|label| label["value"].as_str()).expect("a label");
    number.parse().expect("a number")
}

/// The number travels in the inputs of a backfill.
fn backfill(ns: &str, number: u32) -> Value {
    json!({
        "namespace": ns, "flowId": "trigger", "triggerId": "s",
        "backfill": {"start": "2026-01-01T00:00:00Z", "inputs": {"number": number}},
    })
}

/// The flow counts as the first write.
async fn trigger(api: &Api, ns: &str) -> u32 {
    let flows = revisions(api, ns, "trigger").await;
    let found = api.get(&format!("triggers/{ns}/trigger")).await;
    match &found["results"][0]["backfill"]["inputs"]["number"] {
        Value::Null => flows,
        number => number_of(number),
    }
}

fn dashboard(id: &str, number: u32) -> Body {
    Body::Yaml(format!("id: {id}\ntitle: A dashboard\ndescription: \"{number}\"\n"))
}

fn object(id: &str, number: u32) -> Body {
    Body::Json(json!({"id": id, "description": number.to_string()}))
}

/// The number travels in the description.
async fn described(api: &Api, path: &str) -> u32 {
    let Some(found) = api.find(path).await else { return 0 };
    found["description"].as_str().and_then(|text| text.parse().ok()).expect("a number")
}
