//! The scripts of the examples, run as a pipeline or a person runs them.

use std::process::Command;

use client::{Client, PutOptions, Secret};
use harness::{Server, Workspace, for_each_host, is_tofu, missing::skip};
use serde_json::json;

use crate::{
    acceptance::state_compat::{NOTHING, SCHEMA_VERSION_0, resource, state_with},
    examples::{copy, text},
};

const PIPELINE: &str = "examples/ci";
const MIGRATION: &str = "examples/migrate-from-official";

/// A flow that a pull request adds.
const ADDED: &str = "\
id: cleanup
namespace: company.sales

tasks:
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: Nothing is cleaned up yet.
";

fn flows(server: &Server) -> Vec<String> {
    let found = server.ask(async |kestra| kestra.flows().search(&[]).await).into_iter();
    let mut names: Vec<String> = found.map(|flow| format!("{}/{}", flow.namespace, flow.id)).collect();
    names.sort();
    names
}

fn lacks(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|name| Command::new(name).arg("--version").output().is_err());
    missing.inspect(|name| skip(format_args!("the scripts of the examples take {name} on PATH"))).is_some()
}

fn commit(workspace: &Workspace, words: &str) {
    let who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"];
    workspace.script("git", &["add", "."]).succeeds();
    workspace.script("git", &[&who[..], &["commit", "--quiet", "--message", words]].concat()).succeeds();
}

#[test]
fn a_pull_request_goes_through_its_pipeline() {
    if lacks(&["git", "bash"]) {
        return;
    }
    for_each_host(|host| {
        let server = Server::start();
        let workspace = Workspace::new(host).rooted_at(PIPELINE).env("KESTRA_URL", server.url());
        copy(&workspace, &[PIPELINE, "modules"]);
        let script = |name: &str, arguments: &[&str]| {
            workspace.script("bash", &[&[&*format!("scripts/{name}.sh")], arguments].concat())
        };
        workspace.script("git", &["init", "--quiet", "--initial-branch", "main"]).succeeds();
        commit(&workspace, "All flows");
        script("validate", &[]).succeeds();
        script("apply", &[]).succeeds();
        let live = ["company.sales.reports/report", "company.sales/orders"];
        assert_eq!(flows(&server), live);

        let orders = text(&format!("{PIPELINE}/flows/orders.yaml")).replace("defaults: 100", "defaults: 50");
        workspace.file(format!("{PIPELINE}/flows/orders.yaml"), &orders);
        workspace.file(format!("{PIPELINE}/flows/cleanup.yaml"), ADDED);
        script("validate", &[]).succeeds();
        script("sandbox-apply", &["pr-42"]).succeeds();
        let copied = ["company.sales.reports/report", "company.sales/cleanup", "company.sales/orders"]
            .map(|name| format!("sandbox.pr-42.{name}"));
        assert_eq!(flows(&server), [&live.map(String::from)[..], &copied].concat());
        let comment = script("comment", &["main"]).succeeds().text();
        for words in [
            "Plan: 1 to add, 1 to change, 0 to destroy.",
            "### cleanup.yaml is new",
            "### orders.yaml\n\n````text\ninput `limit`: defaults `100` → `50`",
            "````mermaid\nflowchart",
            "How flows call each other",
        ] {
            assert!(comment.contains(words), "no {words:?} in {comment}");
        }
        assert!(!comment.contains("### report.yaml"), "{comment}");

        workspace.file(format!("{PIPELINE}/flows/cleanup.yaml"), &ADDED.replace("message:", "massage:"));
        script("validate", &[]).fails_with("cleanup.yaml");
        workspace.file(format!("{PIPELINE}/flows/cleanup.yaml"), ADDED);
        commit(&workspace, "Clean up");
        script("apply", &[]).succeeds();
        script("comment", &["HEAD"])
            .succeeds()
            .says("No changes.")
            .says("All flows mean what they meant before.");
        script("sandbox-destroy", &["pr-42"]).succeeds();
        assert_eq!(flows(&server), [live[0], "company.sales/cleanup", live[1]]);
    });
}

/// What the official provider has made and remembers, for the configuration of the example.
fn of_the_official_provider(server: &Server) -> String {
    let [report, normalize] =
        ["report", "normalize-email"].map(|name| text(&format!("{MIGRATION}/flows/{name}.yaml")));
    let query = text(&format!("{MIGRATION}/queries/orders.sql"));
    server.ask(async |kestra: Client| {
        kestra.flows().create(&normalize).await?;
        kestra.flows().create(&report).await?;
        kestra.kv().put("company.team", "rows", Secret::from("1000000"), &PutOptions::default()).await?;
        kestra.namespace_files().put("company.team", "/queries/orders.sql", query.clone().into()).await
    });
    let flow = |name: &str, id: &str, content: &str| {
        let attributes = json!({
            "id": format!("company.team/{id}"), "content": content, "revision": 1, "tenant_id": "main",
            "namespace": "company.team", "flow_id": id,
        });
        resource("kestra_flow", name, NOTHING, attributes)
    };
    let entry = json!({
        "id": "company.team/rows", "namespace": "company.team", "key": "rows", "type": "NUMBER", "value": "1000000",
        "tenant_id": "main",
    });
    let file = json!({
        "id": "company.team//queries/orders.sql", "namespace": "company.team", "filename": "/queries/orders.sql",
        "content": query, "tenant_id": "main",
    });
    state_with(&[
        flow("report", "report", &report),
        flow("normalize_email", "normalize-email", &normalize),
        resource("kestra_kv", "rows", SCHEMA_VERSION_0, entry),
        resource("kestra_namespace_file", "orders", NOTHING, file),
    ])
}

#[test]
fn a_state_of_the_official_provider_is_taken_over() {
    if lacks(&["bash"]) {
        return;
    }
    for_each_host(|host| {
        let server = Server::start();
        let workspace = Workspace::new(host).rooted_at(MIGRATION).env("KESTRA_URL", server.url());
        copy(&workspace, &[MIGRATION]);
        let state = of_the_official_provider(&server);
        workspace.file(format!("{MIGRATION}/terraform.tfstate"), &state);
        let names = ["registry.terraform.io/kestra-io/kestra", "registry.opentofu.org/flowsmith/kestra"];
        let addresses = if is_tofu(host) { names.as_slice() } else { &[] };
        let script = [&["migrate.sh"], addresses].concat();
        // The state of the official provider had no contracts to put out.
        let migrated = workspace.script("bash", &script).plans_changes();
        migrated
            .says("0 to add, 0 to change, 0 to destroy")
            .says("Taken over, and the plan has something to do");
        workspace.script("bash", &script).fails_with("is there already: move it away first");
        workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");
        let found = server.ask(async |kestra| kestra.flows().search(&[]).await);
        assert!(found.iter().all(|flow| flow.revision == 1), "{found:?}");
        workspace.destroy();
        assert_eq!(flows(&server), [] as [&str; 0]);
    });
}
