//! Calls between flows: a wrong one fails at plan, and a right one is never in the way, whichever flow comes first.

use cli::host::Host;
use harness::{Run, Server, Workspace, for_each_host};

use super::project;

/// A subflow with one input, and a flow that gives it one.
fn subflow(input: &str) -> String {
    format!(
        "\
id: load
namespace: company.library
inputs:
  - id: {input}
    type: STRING
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{{{ inputs.{input} }}}}\"
outputs:
  - id: rows
    type: STRING
    value: \"{{{{ inputs.{input} }}}}\"
"
    )
}

fn caller(input: &str) -> String {
    format!(
        "\
id: daily
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.library
    flowId: load
    inputs:
      {input}: orders
"
    )
}

/// The two flows under names that decide which is planned first where nothing else does, and what joins them.
struct Pair {
    subflow: &'static str,
    caller: &'static str,
    edge: Edge,
}

#[derive(Clone, Copy, PartialEq)]
enum Edge {
    None,
    CallerWaits,
    SubflowWaits,
}

const PAIRS: [Pair; 4] = [
    Pair { subflow: "a", caller: "z", edge: Edge::None },
    Pair { subflow: "z", caller: "a", edge: Edge::None },
    Pair { subflow: "z", caller: "a", edge: Edge::CallerWaits },
    Pair { subflow: "a", caller: "z", edge: Edge::SubflowWaits },
];

impl Pair {
    fn configuration(&self) -> String {
        let Self { subflow, caller, edge } = self;
        let waits = |on: Edge, other: String| {
            if *edge == on { format!("  depends_on = [{other}]\n") } else { String::new() }
        };
        let (subflow_waits, caller_waits) = (
            waits(Edge::SubflowWaits, format!("kestra_flow.{caller}")),
            waits(Edge::CallerWaits, format!("kestra_subflow.{subflow}")),
        );
        format!(
            "resource \"kestra_subflow\" \"{subflow}\" {{\n  content = file(\"subflow.yaml\")\n{subflow_waits}}}\n\n\
             resource \"kestra_flow\" \"{caller}\" {{\n  content = file(\"caller.yaml\")\n{caller_waits}}}\n"
        )
    }

    fn workspace(&self, host: &Host, server: &Server, input: &str, given: &str) -> Workspace {
        let workspace = project(host, server, &self.configuration());
        workspace.file("subflow.yaml", &subflow(input));
        workspace.file("caller.yaml", &caller(given));
        workspace
    }
}

/// One resource at a time, in an order that is always the same.
fn plan_one_by_one(workspace: &Workspace) -> Run {
    workspace.run(&["plan", "-no-color", "-parallelism=1"])
}

#[test]
fn a_wrong_call_fails_at_plan_whichever_flow_comes_first() {
    for_each_host(|host| {
        for pair in PAIRS {
            let server = Server::start();
            let workspace = pair.workspace(host, &server, "table", "tabel");
            let plan = plan_one_by_one(&workspace).fails_with("Call does not fit the flow that is called");
            plan.says("company.library.load has no input `tabel`; did you mean `table`?")
                .says("(line 9, column 14)")
                .says("company.library.load needs the input `table` (STRING)")
                .says("(line 9, column 7)");
            workspace.file("caller.yaml", &caller("table"));
            workspace.apply_and_settle().says("2 added");
        }
    });
}

#[test]
fn a_right_call_is_created_after_its_subflow() {
    for_each_host(|host| {
        let server = Server::start();
        let pair = Pair { subflow: "z", caller: "a", edge: Edge::CallerWaits };
        let applied = pair.workspace(host, &server, "table", "table").apply_and_settle();
        let text = applied.text();
        let place =
            |words: &str| text.find(words).unwrap_or_else(|| panic!("should say {words:?}: {applied}"));
        assert!(place("kestra_subflow.z: Creation complete") < place("kestra_flow.a: Creating"), "{applied}");
    });
}

#[test]
fn caller_and_subflow_may_rename_an_input_together() {
    for_each_host(|host| {
        for pair in PAIRS {
            for parallelism in ["-parallelism=1", "-parallelism=10"] {
                let server = Server::start();
                let workspace = pair.workspace(host, &server, "table", "table");
                workspace.apply_and_settle();
                workspace.file("subflow.yaml", &subflow("relation"));
                workspace.file("caller.yaml", &caller("relation"));
                workspace.plan().plans_changes();
                workspace
                    .run(&["apply", "-no-color", "-auto-approve", parallelism])
                    .succeeds()
                    .says("2 changed");
                workspace.plan().is_empty_plan();
            }
        }
    });
}

#[test]
fn a_subflow_that_breaks_its_unchanged_caller_is_refused() {
    for_each_host(|host| {
        for pair in PAIRS {
            let server = Server::start();
            let workspace = pair.workspace(host, &server, "table", "table");
            workspace.apply_and_settle();
            workspace.file("subflow.yaml", &subflow("relation"));
            let plan = plan_one_by_one(&workspace).fails_with("Call does not fit the flow that is called");
            plan.says("company.library.load has no input `table`").says("(line 9, column 14)");
        }
    });
}

#[test]
fn beside_the_servers_copy_a_wrong_call_is_remarked_on() {
    for_each_host(|host| {
        let server = Server::start();
        server.ask(async |kestra| kestra.flows().create(&subflow("table")).await);
        let workspace = project(
            host,
            &server,
            "resource \"kestra_flow\" \"this\" {\n  content = file(\"caller.yaml\")\n}\n",
        );
        workspace.file("caller.yaml", &caller("tabel"));
        let plan = workspace.plan().plans_changes().says("Call does not fit the flow that is called");
        plan.says("no input `tabel`").says("revision 1 of company.library.load").says("(line 9, column 14)");
        workspace.apply_and_settle();
        workspace.file("caller.yaml", &caller("table"));
        let plan = workspace.plan().plans_changes();
        assert!(!plan.text().contains("does not fit"), "{plan}");
    });
}

#[test]
fn what_is_known_only_while_applying_does_not_end_the_apply() {
    let configuration = r#"
resource "terraform_data" "text" {
  input = file("subflow.yaml")
}

resource "kestra_subflow" "this" {
  content = terraform_data.text.output
}

resource "kestra_flow" "this" {
  content    = file("caller.yaml")
  depends_on = [kestra_subflow.this]
}
"#;
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, configuration);
        workspace.file("subflow.yaml", &subflow("table"));
        workspace.file("caller.yaml", &caller("tabel"));
        let plan = workspace.plan().plans_changes();
        assert!(!plan.text().contains("does not fit"), "nobody knows the contract yet: {plan}");
        workspace.apply().succeeds().says("Call does not fit the flow that is called").says("3 added");
        workspace.plan().is_empty_plan();
    });
}

#[test]
fn outputs_that_do_not_exist_are_found() {
    for_each_host(|host| {
        let server = Server::start();
        let pair = Pair { subflow: "a", caller: "z", edge: Edge::None };
        let workspace = pair.workspace(host, &server, "table", "table");
        let reader = "  - id: read\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.call.outputs.row }}\"\n";
        workspace.file("caller.yaml", &format!("{}{reader}", caller("table")));
        let plan =
            workspace.plan().fails_with("company.library.load has no output `row`; did you mean `rows`?");
        plan.says("(line 12, column 39)");
    });
}

#[test]
fn flows_that_start_each_other_without_end_are_found() {
    for_each_host(|host| {
        let server = Server::start();
        let pair = Pair { subflow: "a", caller: "z", edge: Edge::None };
        let workspace = pair.workspace(host, &server, "table", "table");
        let back = "  - id: back\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.team\n    flowId: daily\n";
        let circular = subflow("table").replace("outputs:\n", &format!("{back}outputs:\n"));
        workspace.file("subflow.yaml", &circular);
        let plan = workspace.plan();
        plan.says("flows start each other without end: company.");
    });
}
