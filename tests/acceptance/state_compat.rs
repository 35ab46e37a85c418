//! States that the official provider wrote: its objects are taken over as they are, without a change to any of them.

use client::{Client, PutOptions, Secret};
use harness::{Server, Workspace, for_each_host};

use crate::official;

/// The address under which the state names its provider, for both CLIs.
const OFFICIAL: &str = r#"
terraform {
  required_providers {
    kestra = {
      source = "registry.terraform.io/kestra-io/kestra"
    }
  }
}

provider "kestra" {}
"#;

const CONFIGURATION: &str = r#"
resource "kestra_flow" "hello" {
  namespace = "company.team"
  flow_id   = "hello"
  content   = file("${path.module}/hello.yaml")
}

resource "kestra_flow" "unnamed" {
  content = file("${path.module}/unnamed.yaml")
}

resource "kestra_kv" "rows" {
  namespace = "company.team"
  key       = "rows"
  type      = "NUMBER"
  value     = "1000000"
}

resource "kestra_kv" "greeting" {
  namespace = "company.team"
  key       = "greeting"
  value     = "hello"
}

resource "kestra_kv" "wait" {
  namespace = "company.team"
  key       = "wait"
  value     = "P3D"
}

resource "kestra_kv" "limits" {
  namespace = "company.team"
  key       = "limits"
  type      = "JSON"
  value     = jsonencode({ tables = ["orders"], note = "<a> & b" })
}

resource "kestra_namespace_file" "query" {
  namespace = "company.team"
  filename  = "queries/orders.sql"
  content   = "SELECT 1\n"
}

resource "kestra_namespace_file" "slash" {
  namespace = "company.team"
  filename  = "/queries/sales.sql"
  content   = "SELECT 2\n"
}
"#;

/// With a comment, which the official provider saves as the server has it.
fn flow(id: &str) -> String {
    format!(
        "id: {id}\nnamespace: company.team\n\ntasks:\n  # Says hello.\n  - id: greet\n    \
         type: io.kestra.plugin.core.log.Log\n    message: Hello\n"
    )
}

fn state() -> String {
    official::state(&[
        official::flow("hello", "hello", &flow("hello")),
        official::flow("unnamed", "unnamed", &flow("unnamed")),
        // It prints numbers and JSON its own way, and takes durations as the server writes them.
        official::kv("rows", "NUMBER", "1e+06"),
        official::kv("greeting", "STRING", "hello"),
        official::kv("wait", "DURATION", "PT72H"),
        official::kv("limits", "JSON", r#"{"note":"\u003ca\u003e \u0026 b","tables":["orders"]}"#),
        official::file("query", "/queries/orders.sql", "SELECT 1\n"),
        official::file("slash", "/queries/sales.sql", "SELECT 2\n"),
    ])
}

/// Makes the objects as the official provider would have made them.
fn furnish(server: &Server) {
    server.ask(async |kestra: Client| {
        kestra.flows().create(&flow("hello")).await?;
        kestra.flows().create(&flow("unnamed")).await?;
        let values = [
            ("rows", "1000000"),
            ("greeting", "hello"),
            ("wait", "P3D"),
            ("limits", r#"{"note":"\u003ca\u003e \u0026 b","tables":["orders"]}"#),
        ];
        for (key, text) in values {
            kestra.kv().put("company.team", key, Secret::from(text), &PutOptions::default()).await?;
        }
        for (path, content) in [("/queries/orders.sql", "SELECT 1\n"), ("/queries/sales.sql", "SELECT 2\n")] {
            kestra.namespace_files().put("company.team", path, content.into()).await?;
        }
        Ok(())
    });
}

#[test]
fn a_state_of_the_official_provider_plans_empty() {
    for_each_host(|host| {
        let server = Server::start();
        furnish(&server);
        let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
        workspace.file("provider.tf", OFFICIAL);
        workspace.file("main.tf", CONFIGURATION);
        workspace.file("hello.yaml", &flow("hello"));
        workspace.file("unnamed.yaml", &flow("unnamed"));
        workspace.file("terraform.tfstate", &state());
        workspace.init();
        workspace.plan().is_empty_plan();
        workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");

        // Taken over, they are managed: a change is an update, and the rest is let be.
        workspace.file("hello.yaml", &flow("hello").replace("message: Hello", "message: Good morning"));
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        assert_eq!(workspace.attributes("kestra_flow.hello")["revision"], 2);
        workspace.destroy();
        assert_eq!(server.ask(async |kestra| kestra.flows().search(&[]).await), []);
    });
}
