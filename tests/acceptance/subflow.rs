//! `kestra_subflow`: its contract is known while planning, callers wait for it, and breaking it is remarked on.

use harness::{Run, Server, Workspace, for_each_host};
use serde_json::{Value, json};

use super::project;

const CONFIGURATION: &str = r#"
resource "kestra_subflow" "notify" {
  content = file("notify.yaml")
}

resource "kestra_flow" "caller" {
  content = templatefile("caller.yaml", { notify = kestra_subflow.notify.reference })
}
"#;

const SUBFLOW: &str = "\
id: notify
namespace: company.library
inputs:
  - id: text
    type: STRING
    description: What to say
  - id: attempts
    type: INT
    defaults: 3
  - id: channel
    type: STRING
    required: false
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{ inputs.text }}\"
outputs:
  - id: said
    type: STRING
    value: \"{{ inputs.text }}\"
";

const CALLER: &str = "\
id: caller
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: ${notify.namespace}
    flowId: ${notify.flow_id}
    inputs:
      text: done
";

#[test]
fn a_subflow_and_its_caller_live_and_die_in_order() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = library(host, &server);
        let plan = workspace.plan_json();
        assert_contract(&planned(&plan, "kestra_subflow.notify"));
        let caller = planned(&plan, "kestra_flow.caller");
        let text = caller["content"].as_str().expect("a text that is known while planning");
        assert!(text.contains("namespace: company.library") && text.contains("flowId: notify"), "{text}");

        let applied = workspace.apply_and_settle();
        in_order(&applied, "kestra_subflow.notify: Creation complete", "kestra_flow.caller: Creating");
        assert_contract(&workspace.attributes("kestra_subflow.notify"));
        let stored = server.ask(async |kestra| kestra.flows().get("company.library", "notify").await);
        assert_eq!(stored.source.as_deref(), Some(SUBFLOW));

        let destroyed = workspace.destroy();
        in_order(&destroyed, "kestra_flow.caller: Destruction complete", "kestra_subflow.notify: Destroying");
        assert_eq!(server.ask(async |kestra| kestra.flows().search(&[]).await), []);
    });
}

#[test]
fn a_call_of_a_flow_that_nobody_has_is_remarked_on() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = library(host, &server);
        workspace.file("caller.yaml", &CALLER.replace("${notify.flow_id}", "unheard-of"));
        let plan = workspace.plan().plans_changes().says("Kestra warns about the flow");
        plan.says("unheard-of").says("with kestra_flow.caller");
    });
}

#[test]
fn an_imported_subflow_has_its_contract() {
    for_each_host(|host| {
        let server = Server::start();
        server.ask(async |kestra| kestra.flows().create(SUBFLOW).await);
        let workspace = library(host, &server);
        workspace.import("kestra_subflow.notify", "company.library/notify").succeeds();
        assert_contract(&workspace.attributes("kestra_subflow.notify"));
        workspace
            .run(&["plan", "-no-color", "-detailed-exitcode", "-target=kestra_subflow.notify"])
            .is_empty_plan();
        workspace.apply_and_settle().says("1 added, 0 changed, 0 destroyed");
    });
}

#[test]
fn a_flow_that_cannot_be_called_is_refused() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = library(host, &server);
        let triggered = format!(
            "{SUBFLOW}triggers:\n  - id: daily\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: 0 9 * * *\n"
        );
        let untyped_input = SUBFLOW.replace("  - id: attempts\n    type: INT\n", "  - id: attempts\n");
        let untyped_output = SUBFLOW.replace("  - id: said\n    type: STRING\n", "  - id: said\n");
        for (text, words) in [
            (triggered, ["triggers", "line 22"]),
            (untyped_input, ["declares the type", "line 7"]),
            (untyped_output, ["declares the type", "line 18"]),
        ] {
            workspace.file("notify.yaml", &text);
            let [what, place] = words;
            workspace.validate().fails_with(what).says(place).says("content = file(");
            workspace.plan().fails_with(what);
        }
        assert_eq!(server.ask(async |kestra| kestra.flows().search(&[]).await), []);
    });
}

#[test]
fn a_broken_contract_is_remarked_on_before_it_is_deployed() {
    for_each_host(|host| {
        let server = Server::start();
        // A caller that another configuration owns: nobody here can change it in the same apply.
        let workspace = project(
            host,
            &server,
            "resource \"kestra_subflow\" \"notify\" {\n  content = file(\"notify.yaml\")\n}\n",
        );
        workspace.file("notify.yaml", SUBFLOW);
        workspace.apply_and_settle();
        let caller =
            CALLER.replace("${notify.namespace}", "company.library").replace("${notify.flow_id}", "notify");
        server.ask(async |kestra| kestra.flows().create(&caller).await);
        let check = |from: &str, to: &str, expected: &[&str]| {
            let changed = SUBFLOW.replace(from, to);
            assert_ne!(changed, SUBFLOW, "{from}");
            workspace.file("notify.yaml", &changed);
            let plan = workspace.plan().plans_changes();
            let remarked = plan.text().contains("Contract of the subflow breaks");
            assert_eq!(remarked, !expected.is_empty(), "{plan}");
            expected.iter().fold(plan, |plan, words| plan.says(words));
        };
        check("What to say", "What to write", &[]);
        check("  - id: text\n", "  - id: extra\n    type: INT\n    required: false\n  - id: text\n", &[]);
        check(
            "  - id: attempts\n    type: INT\n    defaults: 3\n",
            "",
            &["inputs that callers give are gone (attempts)"],
        );
        check("- id: said\n", "- id: spoken\n", &["outputs that callers read are gone (said)"]);
        check(
            "  - id: text\n",
            "  - id: day\n    type: DATE\n  - id: text\n",
            &["must give inputs that they could leave out (day)"],
        );
        check(
            "type: INT\n    defaults: 3",
            "type: DATE\n    defaults: 2026-01-01",
            &["inputs have another type (attempts)"],
        );
        check(
            "  - id: said\n    type: STRING",
            "  - id: said\n    type: JSON",
            &["outputs have another type (said)"],
        );
        check(
            "type: STRING\n    required: false",
            "type: STRING",
            &["must give inputs that they could leave out (channel)"],
        );
    });
}

#[test]
fn what_concerns_callers_is_said_as_long_as_there_are_any() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = library(host, &server);
        workspace.apply_and_settle();
        let unused = "removed {\n  from = kestra_flow.caller\n  lifecycle {\n    destroy = false\n  }\n}\n";
        workspace.file("main.tf", unused);
        workspace.apply().succeeds().says("Subflow is still called").says("company.team.caller");
    });
}

#[test]
fn nothing_is_said_of_callers_that_do_not_exist() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = library(host, &server);
        workspace.run(&["apply", "-no-color", "-auto-approve", "-target=kestra_subflow.notify"]).succeeds();
        workspace.file("notify.yaml", &SUBFLOW.replace("- id: said\n", "- id: spoken\n"));
        let plan = workspace.run(&["plan", "-no-color", "-target=kestra_subflow.notify"]).succeeds();
        assert!(!plan.text().contains("Contract of the subflow breaks"), "{plan}");
        let destroyed = workspace.destroy();
        assert!(!destroyed.text().contains("Subflow is still called"), "{destroyed}");
    });
}

fn library(host: &cli::host::Host, server: &Server) -> Workspace {
    let workspace = project(host, server, CONFIGURATION);
    workspace.file("notify.yaml", SUBFLOW);
    workspace.file("caller.yaml", CALLER);
    workspace
}

/// The planned attributes of a resource.
fn planned(plan: &Value, address: &str) -> Value {
    let changes = plan["resource_changes"].as_array().expect("changes");
    let found = changes.iter().find(|change| change["address"] == address);
    found.expect("a change of this resource")["change"]["after"].clone()
}

#[track_caller]
fn assert_contract(subflow: &Value) {
    let parameter = |kind: &str, required: bool, default: Value, description: Value| json!({"type": kind, "required": required, "default": default, "description": description});
    let inputs = json!({
        "text": parameter("STRING", true, Value::Null, json!("What to say")),
        "attempts": parameter("INT", true, json!("3"), Value::Null),
        "channel": parameter("STRING", false, Value::Null, Value::Null),
    });
    assert_eq!(subflow["inputs"], inputs);
    assert_eq!(subflow["outputs"]["said"]["type"], "STRING");
    assert_eq!(subflow["reference"], json!({"namespace": "company.library", "flow_id": "notify"}));
}

#[track_caller]
fn in_order(run: &Run, first: &str, second: &str) {
    let text = run.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("should say {words:?}: {run}"));
    assert!(place(first) < place(second), "{first:?} should be before {second:?}: {run}");
}
