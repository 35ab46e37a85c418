//! Secrets stay where they belong: whatever is logged, printed, planned or stored, no value shows up by accident.

use std::{fs, path::Path};

use harness::{Run, Workspace, for_each_host};

use super::{PASSWORD, PROVIDER, guarded};

const STORED: &str = "value-Quetzal-5821";
const WRITE_ONLY: &str = "value-wo-Axolotl-9034";
const HEADER: &str = "header-Pangolin-4417";

const WRONG: &str = "Open-Barley-3391";

/// The two passwords with their user, as the header `Authorization` spells them.
const ENCODED: [&str; 2] =
    ["YW5uQGV4YW1wbGUuY29tOk9wZW4tU2VzYW1lLTcxOTM=", "YW5uQGV4YW1wbGUuY29tOk9wZW4tQmFybGV5LTMzOTE="];

const CONFIGURATION: &str = r#"
variable "password" {
  type      = string
  sensitive = true
}

variable "stored" {
  type      = string
  sensitive = true
}

variable "write_only" {
  type      = string
  ephemeral = true
}

variable "header" {
  type      = string
  sensitive = true
}

provider "kestra" {
  username      = "ann@example.com"
  password      = var.password
  extra_headers = { X-Gate = var.header }
}

resource "kestra_kv" "stored" {
  namespace = "company.team"
  key       = "stored"
  value     = var.stored
}

resource "kestra_kv" "write_only" {
  namespace        = "company.team"
  key              = "write-only"
  value_wo         = var.write_only
  value_wo_version = 1
}
"#;

/// A value that its type refuses: the refusal must do without quoting it.
const UNREADABLE: &str = r#"
resource "kestra_kv" "refused" {
  namespace = "company.team"
  key       = "refused"
  type      = "NUMBER"
  value     = var.stored
}
"#;

#[test]
fn secrets_are_in_no_log_and_write_only_values_in_no_file() {
    for_each_host(|host| {
        let server = guarded();
        let logs = tempfile::tempdir().expect("a folder for logs");
        let log = logs.path().join("terraform.log");
        let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
        workspace.file("provider.tf", &PROVIDER.replace("provider \"kestra\" {}", ""));
        workspace.file("main.tf", CONFIGURATION);
        workspace.init();
        let workspace = workspace
            .env("TF_VAR_password", PASSWORD)
            .env("TF_VAR_stored", STORED)
            .env("TF_VAR_write_only", WRITE_ONLY)
            .env("TF_VAR_header", HEADER)
            .env("TF_LOG", "TRACE")
            .env("TF_LOG_PATH", log.display().to_string());

        let plan = workspace.plan_json();
        assert!(plan.to_string().contains(STORED) && !plan.to_string().contains(WRITE_ONLY));
        tells_nothing(&workspace.apply().succeeds());
        tells_nothing(&workspace.plan().is_empty_plan());
        let state = workspace.state().to_string();
        assert!(state.contains(STORED) && !state.contains(WRITE_ONLY));

        // Errors are where secrets escape most easily.
        workspace.file("refused.tf", UNREADABLE);
        tells_nothing(&workspace.plan().fails_with("NUMBER"));
        workspace.file("refused.tf", "");
        let workspace = workspace.env("TF_VAR_password", WRONG);
        tells_nothing(&workspace.plan().fails_with("does not accept the credentials"));
        logged_without_secrets(&log);
    });
}

/// Nothing that a command printed holds a secret.
#[track_caller]
fn tells_nothing(run: &Run) {
    assert_eq!(secrets_in(&run.text()), [""; 0], "{run}");
}

/// The log was written, by the provider too, and holds no secret.
#[track_caller]
fn logged_without_secrets(log: &Path) {
    let text = fs::read_to_string(log).expect("the log of all commands");
    assert!(text.contains("provider.terraform-provider-kestra"), "the provider logs nothing");
    let told: Vec<&str> = text.lines().filter(|line| !secrets_in(line).is_empty()).collect();
    assert_eq!(told, [""; 0]);
}

fn secrets_in(text: &str) -> Vec<&'static str> {
    let secrets = [PASSWORD, WRONG, STORED, WRITE_ONLY, HEADER].into_iter().chain(ENCODED);
    secrets.filter(|secret| text.contains(secret)).collect()
}
