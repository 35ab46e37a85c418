//! A flow that will not be accepted is refused as early as possible, in words that lead to the cure.

use harness::{Server, for_each_host, for_each_line};
use serde_json::json;

use super::{ADDRESS, CONFIGURATION, FLOW, is_gone, project};

#[test]
fn what_only_the_server_can_know_is_said_while_planning() {
    for_each_line(|host, server| {
        let workspace = project(host, server, CONFIGURATION);
        workspace.file("flow.yaml", &FLOW.replace("io.kestra.plugin.core.log.Log", "com.example.noSuchTask"));
        workspace.validate().succeeds();
        let refused = workspace.plan().fails_with("Kestra refuses the flow");
        refused.says("com.example.noSuchTask").says("content = file(");
        workspace.apply().fails_with("Kestra refuses the flow");
        assert!(is_gone(server, "hello"));
    });
}

/// Kestra's own plugins are the same on every server.
#[test]
fn what_no_server_has_is_said_while_validating() {
    for_each_host(|host| {
        let workspace = project(host, &Server::start(), CONFIGURATION);
        for (right, wrong, said) in [
            ("core.log.Log", "core.log.Lgo", "did you mean `io.kestra.plugin.core.log.Log`?"),
            ("message:", "mesage:", "did you mean `message`?"),
        ] {
            workspace.file("flow.yaml", &FLOW.replace(right, wrong));
            let refused = workspace.validate().fails_with("Invalid flow");
            // Hosts break long lines.
            let text = said.split_whitespace().last().unwrap_or_default();
            refused.says(text);
        }
    });
}

#[test]
fn names_beside_the_text_must_agree_with_it() {
    for_each_host(|host| {
        let server = Server::start();
        let agreeing = named("company.team", "hello");
        let workspace = project(host, &server, &agreeing);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();
        workspace.file("main.tf", CONFIGURATION);
        workspace.plan().is_empty_plan();

        for (namespace, flow_id, said) in [
            ("company.other", "hello", ["namespace = \"company.other\"", "\"company.team\""]),
            ("company.team", "bye", ["flow_id = \"bye\"", "\"hello\""]),
        ] {
            workspace.file("main.tf", &named(namespace, flow_id));
            let [attribute, written] = said;
            workspace.validate().fails_with("named differently").says(attribute).says(written);
            workspace.plan().fails_with("named differently");
        }
    });
}

fn named(namespace: &str, flow_id: &str) -> String {
    format!(
        "resource \"kestra_flow\" \"this\" {{\n  namespace = \"{namespace}\"\n  flow_id = \"{flow_id}\"\n  \
         content = file(\"flow.yaml\")\n}}\n"
    )
}

#[test]
fn a_flow_belongs_to_one_resource() {
    for_each_host(|host| {
        let server = Server::start();
        let again = "resource \"kestra_subflow\" \"again\" {\n  content = file(\"flow.yaml\")\n  depends_on = [kestra_flow.this]\n}\n";
        let workspace = project(host, &server, &format!("{CONFIGURATION}{again}"));
        workspace.file("flow.yaml", FLOW);
        workspace
            .apply()
            .fails_with("Flow is declared twice")
            .says("company.team/hello")
            .says("kestra_subflow.again");
        workspace.file("main.tf", CONFIGURATION);
        workspace.plan().is_empty_plan();
    });
}

#[test]
fn a_flow_that_exists_already_is_left_alone() {
    for_each_host(|host| {
        let server = Server::start();
        let theirs = FLOW.replace("Hello", "Not yours");
        server.ask(async |kestra| kestra.flows().create(&theirs).await);
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);

        let refused = workspace.apply().fails_with("Flow already exists");
        refused.says("terraform import kestra_flow.NAME company.team/hello");
        assert_eq!(workspace.attributes(ADDRESS), json!(null));
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!((stored.source, stored.revision), (Some(theirs), 1));
    });
}
