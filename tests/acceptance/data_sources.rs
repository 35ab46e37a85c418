//! The data sources that say what is on the server without managing it.

use harness::{Server, for_each_host};
use sandbox::{Edition, Options};
use serde_json::json;

use super::project;

const A_FLOW: &str = r#"
data "kestra_flow" "theirs" {
  namespace = "company.team"
  flow_id   = "theirs"
}

output "flow" {
  value = data.kestra_flow.theirs
}
"#;

const A_SERVER: &str = r#"
data "kestra_server" "this" {}

output "server" {
  value = data.kestra_server.this
}
"#;

const FLOW: &str = "\
id: theirs
namespace: company.team
# A comment that is kept.
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
";

#[test]
fn a_flow_is_looked_up_at_each_plan() {
    for_each_host(|host| {
        let server = Server::start();
        server.ask(async |kestra| kestra.flows().create(FLOW).await);
        let workspace = project(host, &server, A_FLOW);
        workspace.apply_and_settle();
        let expected = json!({
            "id": "company.team/theirs", "namespace": "company.team", "flow_id": "theirs",
            "content": FLOW, "revision": 1, "tenant_id": "main",
        });
        assert_eq!(workspace.output("flow"), expected);

        let edited = FLOW.replace("Hello", "Goodbye");
        server.ask(async |kestra| kestra.flows().update("company.team", "theirs", &edited).await);
        workspace.apply_and_settle();
        assert_eq!(workspace.output("flow")["content"], edited);
        assert_eq!(workspace.output("flow")["revision"], 2);

        server.ask(async |kestra| kestra.flows().delete("company.team", "theirs").await);
        workspace.plan().fails_with("Could not look up the flow").says("not found");
    });
}

#[test]
fn a_server_says_what_it_is() {
    for_each_host(|host| {
        for (edition, name) in [(Edition::Oss, "OSS"), (Edition::Ee, "EE")] {
            let server = Server::start_with(Options { edition, ..Options::default() });
            let workspace = project(host, &server, A_SERVER);
            workspace.apply_and_settle();
            let told = workspace.output("server");
            let real = server.ask(async |kestra| kestra.server().await);
            assert_eq!(told["version"], real.version);
            assert_eq!(told["uuid"].as_str(), real.uuid.as_deref());
            assert_eq!((&told["edition"], &told["tenant_id"]), (&json!(name), &json!("main")));
        }
    });
}
