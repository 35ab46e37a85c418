//! The provider block: how the server is found, how the provider logs in, and what is said when either fails.

mod secrets;
mod tls;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::{Server, Workspace, for_each_host};
use sandbox::{BasicAuth, Options};
use serde_json::{Value, json};

use super::{PROVIDER, actions, project};

const FLOW: &str = r#"
resource "kestra_flow" "this" {
  content = <<-YAML
    id: hello
    namespace: company.team
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
  YAML
}
"#;

/// It calls two flows that only the server could know.
const CALLING: &str = r#"
resource "kestra_flow" "this" {
  content = <<-YAML
    id: calling
    namespace: company.team
    tasks:
      - id: first
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: one
      - id: second
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: another
  YAML
}
"#;

const USERNAME: &str = "ann@example.com";
const PASSWORD: &str = "Open-Sesame-7193";

#[test]
fn a_server_that_is_down_is_a_warning_for_a_plan_and_an_error_for_an_apply() {
    for_each_host(|host| {
        let (url, address) = nowhere();
        let workspace = with_block(host, &format!("  url = \"{url}\"\n"));
        let planned = workspace.plan().plans_changes().says("Flow is checked offline only").says(&address);
        assert_eq!(planned.text().matches("Warning:").count(), 1, "{planned}");

        workspace.apply().fails_with("Could not create the flow").says("cannot connect to").says(&address);
        assert_eq!(workspace.attributes("kestra_flow.this"), Value::Null);
    });
}

#[test]
fn a_server_that_does_not_answer_is_not_asked_again_for_each_flow_that_a_flow_calls() {
    for_each_host(|host| {
        let [alone, calling] = [FLOW, CALLING].map(|flow| {
            let server = Silent::start();
            let workspace = with_block(host, &format!("  url = \"{}\"\n", server.url));
            workspace.file("main.tf", flow);
            workspace.plan().plans_changes().says("Flow is checked offline only");
            server.connections.load(Ordering::Relaxed)
        });
        assert!(alone > 0);
        assert_eq!(calling, alone);
    });
}

#[test]
fn a_server_that_goes_down_costs_no_state() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, FLOW);
        workspace.apply_and_settle();
        let before = workspace.attributes("kestra_flow.this");

        let (url, address) = nowhere();
        let workspace = workspace.env("KESTRA_URL", url);
        workspace.plan().fails_with("Could not read the flow").says("cannot connect to").says(&address);
        workspace.apply().fails_with("Could not read the flow");
        assert_eq!(workspace.attributes("kestra_flow.this"), before);
        workspace.env("KESTRA_URL", server.url()).plan().is_empty_plan();
    });
}

#[test]
fn credentials_come_from_the_block_or_the_environment() {
    for_each_host(|host| {
        let server = guarded();
        let url = format!("  url = \"{}\"\n", server.url());
        let by_block = format!("{url}  username = \"{USERNAME}\"\n  password = \"{PASSWORD}\"\n");
        let workspace = with_block(host, &by_block).env("KESTRA_PASSWORD", "wrong");
        workspace.apply_and_settle();
        workspace.destroy();

        let workspace = with_block(host, "").env("KESTRA_URL", server.url());
        let workspace = workspace.env("KESTRA_USERNAME", USERNAME).env("KESTRA_PASSWORD", PASSWORD);
        workspace.apply_and_settle();
    });
}

#[test]
fn wrong_credentials_end_the_plan_and_are_not_shown() {
    for_each_host(|host| {
        let server = guarded();
        let wrong = "Open-Barley-3391";
        let url = format!("  url = \"{}\"\n", server.url());
        let workspace =
            with_block(host, &format!("{url}  username = \"{USERNAME}\"\n  password = \"{wrong}\"\n"));
        let refused = workspace.plan().fails_with("does not accept the credentials").says("KESTRA_USERNAME");
        assert!(!refused.text().contains(wrong), "{refused}");

        let anonymous = with_block(host, &url);
        anonymous.plan().fails_with("does not accept the credentials").says("KESTRA_API_TOKEN");
    });
}

#[test]
fn a_block_that_cannot_work_names_the_attribute() {
    for_each_host(|host| {
        let check = |block: &str, expected: &[&str]| {
            let refused = with_block(host, block).plan().fails_with(expected[0]);
            expected.iter().fold(refused, |refused, words| refused.says(words));
        };
        check("", &["`url` is missing", "KESTRA_URL"]);
        check(
            "  url = \"kestra.example.com:8080\"\n",
            &["url = \"kestra.example.com:8080\"", "`url`", "https://"],
        );
        check("  url = \"ftp://kestra.example.com\"\n", &["`url`", "http"]);
        check("  url = \"http://127.0.0.1:1\"\n  timeout = 0\n", &["`timeout` must be at least 1 second"]);
        check(
            "  url = \"http://127.0.0.1:1\"\n  username = \"ann\"\n",
            &["`password` is needed beside `username`"],
        );
        check(
            "  url = \"https://127.0.0.1:1\"\n  ca_certificate = \"/nowhere/ca.pem\"\n",
            &["`ca_certificate`", "/nowhere/ca.pem", "cannot be read"],
        );
        check("  keep_original_source = false\n", &["JSON flows are not supported"]);
    });
}

#[test]
fn two_ways_to_log_in_are_remarked_on() {
    for_each_host(|host| {
        let block = "  url = \"http://127.0.0.1:1\"\n  jwt = \"j\"\n  api_token = \"t\"\n";
        let remarked = with_block(host, block).validate().succeeds();
        remarked.says("Two ways to log in").says("api_token is used");
    });
}

#[test]
fn a_server_that_does_not_exist_yet_can_be_planned_for() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = Workspace::new(host);
        let block = "  url = terraform_data.server.output\n";
        workspace.file(
            "provider.tf",
            &PROVIDER.replace("provider \"kestra\" {}", &format!("provider \"kestra\" {{\n{block}}}")),
        );
        let url = format!("resource \"terraform_data\" \"server\" {{\n  input = \"{}\"\n}}\n", server.url());
        workspace.file("main.tf", &format!("{url}{FLOW}"));
        workspace.init();

        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        assert_eq!(workspace.attributes("kestra_flow.this")["tenant_id"], "main");

        // What is in the state can't be read from a server that is to move.
        workspace.file("main.tf", &format!("{}{FLOW}", url.replace("\"\n", "/\"\n")));
        workspace.plan().fails_with("Provider configuration is not known yet").says("`url`").says("-target");
        workspace.run(&["apply", "-no-color", "-auto-approve", "-target=terraform_data.server"]).succeeds();
        workspace.plan().is_empty_plan();
    });
}

/// An installed project with this in its provider block, and one flow.
fn with_block(host: &cli::host::Host, block: &str) -> Workspace {
    let workspace = Workspace::new(host);
    workspace.file(
        "provider.tf",
        &PROVIDER.replace("provider \"kestra\" {}", &format!("provider \"kestra\" {{\n{block}}}")),
    );
    workspace.file("main.tf", FLOW);
    workspace.init();
    workspace
}

/// A server that takes connections and closes them without a word.
struct Silent {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Silent {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        // It ends with the test's process.
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                drop(connection);
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { url, connections }
    }
}

/// A server that lets only [`USERNAME`] in.
fn guarded() -> Server {
    let auth = BasicAuth { username: USERNAME.into(), password: PASSWORD.into() };
    Server::start_with(Options { auth: Some(auth), ..Options::default() })
}

/// A URL at which nobody listens, and its host and port.
fn nowhere() -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    (format!("http://{address}"), address)
}
