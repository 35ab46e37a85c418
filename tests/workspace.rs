//! The harness tested on Terraform's built-in resource: a harness that can't fail proves nothing about the provider.

use harness::{Workspace, for_each_host};
use serde_json::json;

const CONFIGURATION: &str = r#"
variable "input" {
  type    = string
  default = "first"
}

resource "terraform_data" "this" {
  input = var.input
}

output "result" {
  value = terraform_data.this.output
}
"#;

#[test]
fn a_configuration_is_applied_changed_and_destroyed() {
    for_each_host(|host| {
        let workspace = Workspace::new(host);
        workspace.file("main.tf", CONFIGURATION);
        workspace.init();
        workspace.validate().succeeds();
        workspace.plan().plans_changes();
        workspace.apply_and_settle().says("1 added");
        assert_eq!(workspace.output("result"), json!("first"));

        workspace.file("terraform.tfvars", "input = \"second\"");
        let changes = &workspace.plan_json()["resource_changes"];
        assert_eq!(changes[0]["change"]["actions"], json!(["update"]));
        workspace.apply_and_settle().says("1 changed");
        assert_eq!(workspace.attributes("terraform_data.this")["input"], json!("second"));

        workspace.destroy();
        assert_eq!(workspace.attributes("terraform_data.this"), json!(null));
    });
}

#[test]
fn an_object_is_imported() {
    for_each_host(|host| {
        let workspace = Workspace::new(host);
        workspace.file("main.tf", "resource \"terraform_data\" \"this\" {}");
        workspace.init();
        workspace.import("terraform_data.this", "some-id").succeeds();
        assert_eq!(workspace.attributes("terraform_data.this")["id"], json!("some-id"));
    });
}

#[test]
fn a_failure_is_noticed_with_the_hosts_own_words() {
    for_each_host(|host| {
        let workspace = Workspace::new(host);
        workspace.file("main.tf", "output \"x\" {\n  value = terraform_data.missing.id\n}\n");
        workspace.init();
        workspace.validate().fails_with("Reference to undeclared resource");
        let run = workspace.apply();
        let panic =
            std::panic::catch_unwind(|| run.succeeds()).expect_err("a failed apply must fail the test");
        let message = panic.downcast_ref::<String>().expect("a message");
        assert!(message.contains("undeclared") && message.contains("apply"), "{message}");
    });
}

#[test]
fn variables_reach_the_host() {
    for_each_host(|host| {
        let workspace = Workspace::new(host).env("TF_VAR_input", "from outside");
        workspace.file("main.tf", CONFIGURATION);
        workspace.init();
        workspace.apply_and_settle();
        assert_eq!(workspace.output("result"), json!("from outside"));
    });
}
