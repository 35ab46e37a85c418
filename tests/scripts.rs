//! The scripts of the examples, run as a pipeline or a person runs them.

use client::{Client, PutOptions, Secret};
use harness::{Server, Workspace, for_each_host, is_tofu, missing::lacks};

use crate::{
    examples::{copy, text},
    official,
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

/// Where flows are.
pub(crate) fn flows(server: &Server) -> Vec<String> {
    let found = server.ask(async |kestra| kestra.flows().search(&[]).await).into_iter();
    let mut names: Vec<String> = found.map(|flow| format!("{}/{}", flow.namespace, flow.id)).collect();
    names.sort();
    names
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
        // Another copy of the same folder, with a state of its own.
        script("sandbox-apply", &["pr-7"]).succeeds();
        script("sandbox-destroy", &["pr-42"]).succeeds();
        let left = ["company.sales.reports/report", "company.sales/cleanup", "company.sales/orders"];
        let other = left.map(|name| format!("sandbox.pr-7.{name}"));
        assert_eq!(flows(&server), [&left.map(String::from)[..], &other].concat());
        script("sandbox-destroy", &["pr-7"]).succeeds();
        assert_eq!(flows(&server), left);
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
    official::state(&[
        official::flow("report", "report", &report),
        official::flow("normalize_email", "normalize-email", &normalize),
        official::kv("rows", "NUMBER", "1000000"),
        official::file("orders", "/queries/orders.sql", &query),
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
