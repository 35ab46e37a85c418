//! Replacements, failures half way and several servers: what the hosts do with resources of any kind, done with flows.

use harness::{Server, for_each_host};
use serde_json::{Value, json};

use super::{ADDRESS, CONFIGURATION, FLOW, actions, is_gone, project};

const TWO_FLOWS: &str = r#"
resource "kestra_flow" "first" {
  content = file("flow.yaml")
}

resource "kestra_flow" "second" {
  content    = file("second.yaml")
  depends_on = [kestra_flow.first]
}
"#;

const CAREFUL: &str = r#"
resource "kestra_flow" "this" {
  content = file("flow.yaml")
  lifecycle {
    create_before_destroy = true
  }
}
"#;

const UNKNOWN_TEXT: &str = r#"
resource "terraform_data" "text" {
  input = file("flow.yaml")
}

resource "kestra_flow" "this" {
  content = terraform_data.text.output
}
"#;

#[test]
fn a_flow_is_replaced_on_request_and_after_a_taint() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        let replaced = workspace.run(&["apply", "-no-color", "-auto-approve", "-replace=kestra_flow.this"]);
        replaced.succeeds().says("1 added, 0 changed, 1 destroyed");
        workspace.plan().is_empty_plan();
        workspace.run(&["taint", "-no-color", ADDRESS]).succeeds();
        assert_eq!(actions(&workspace), json!(["delete", "create"]));
        workspace.apply_and_settle();
        assert!(!is_gone(&server, "hello"));
    });
}

#[test]
fn the_new_flow_may_come_before_the_old_one_goes() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CAREFUL);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        workspace.file("flow.yaml", &FLOW.replace("id: hello", "id: welcome"));
        assert_eq!(actions(&workspace), json!(["create", "delete"]));
        workspace.apply_and_settle();
        assert!(is_gone(&server, "hello") && !is_gone(&server, "welcome"));
    });
}

#[test]
fn a_failure_keeps_what_was_done_before_it() {
    for_each_host(|host| {
        let server = Server::start();
        let second = FLOW.replace("id: hello", "id: taken");
        server.ask(async |kestra| kestra.flows().create(&second).await);
        let workspace = project(host, &server, TWO_FLOWS);
        workspace.file("flow.yaml", FLOW);
        workspace.file("second.yaml", &second);

        workspace.apply().fails_with("Flow already exists");
        assert_eq!(workspace.attributes("kestra_flow.first")["revision"], 1);
        assert_eq!(workspace.attributes("kestra_flow.second"), Value::Null);

        server.ask(async |kestra| kestra.flows().delete("company.team", "taken").await);
        workspace.apply_and_settle().says("1 added, 0 changed, 0 destroyed");
    });
}

#[test]
fn a_text_that_is_not_known_yet_is_planned_and_never_replaces() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, UNKNOWN_TEXT);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle().says("2 added");
        assert_eq!(workspace.attributes(ADDRESS)["id"], "company.team/hello");

        let changed = FLOW.replace("Hello", "Good evening");
        workspace.file("flow.yaml", &changed);
        let plan = workspace.plan_json();
        let change = &plan["resource_changes"][0];
        assert_eq!((&change["address"], &change["change"]["actions"]), (&json!(ADDRESS), &json!(["update"])));
        assert_eq!(change["change"]["after_unknown"]["content"], true, "{change}");
        workspace.apply_and_settle().says("0 added, 2 changed, 0 destroyed");
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!((stored.source, stored.revision), (Some(changed), 2));
    });
}

#[test]
fn a_text_that_is_not_known_yet_may_rename_the_flow_when_the_attribute_says_so() {
    for_each_host(|host| {
        let server = Server::start();
        let named = |id: &str| UNKNOWN_TEXT.replace("  content", &format!("  flow_id = \"{id}\"\n  content"));
        let workspace = project(host, &server, &named("hello"));
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        workspace.file("flow.yaml", &FLOW.replace("id: hello", "id: welcome"));
        workspace.apply().fails_with("Flow is named differently");
        assert!(!is_gone(&server, "hello") && is_gone(&server, "welcome"));
        workspace.file("main.tf", &named("welcome"));
        workspace.apply_and_settle().says("1 added, 0 changed, 1 destroyed");
        assert!(is_gone(&server, "hello") && !is_gone(&server, "welcome"));

        workspace.file("main.tf", &named("goodbye"));
        workspace.file("flow.yaml", &FLOW.replace("id: hello", "id: goodbye"));
        assert_eq!(actions(&workspace), json!(["delete", "create"]));
        workspace.apply_and_settle().says("1 added, 1 changed, 1 destroyed");
        assert!(is_gone(&server, "welcome") && !is_gone(&server, "goodbye"));
    });
}

#[test]
fn two_servers_are_managed_at_once() {
    for_each_host(|host| {
        let (here, there) = (Server::start(), Server::start());
        let configuration = format!(
            "provider \"kestra\" {{\n  alias = \"there\"\n  url = \"{}\"\n}}\n{CONFIGURATION}\n\
             resource \"kestra_flow\" \"there\" {{\n  provider = kestra.there\n  content = file(\"there.yaml\")\n}}\n",
            there.url()
        );
        let workspace = project(host, &here, &configuration);
        workspace.file("flow.yaml", FLOW);
        workspace.file("there.yaml", &FLOW.replace("id: hello", "id: abroad"));
        workspace.apply_and_settle();
        assert!(!is_gone(&here, "hello") && is_gone(&here, "abroad"));
        assert!(is_gone(&there, "hello") && !is_gone(&there, "abroad"));

        workspace.destroy();
        assert!(is_gone(&here, "hello") && is_gone(&there, "abroad"));
    });
}
