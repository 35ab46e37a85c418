//! The module `terraform-cicd` with a repository of its own: a push plans, somebody approves, and the plan is applied to the
//! very server that runs the flow. Then there is nothing to do, until somebody changes what was applied.

use std::{fs, path::Path};

use cli::mirror::Mirror;
use harness::{binaries, missing::lacks};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    super::api::{answered, good, id_of},
    Stage, git,
};
use crate::acceptance::PROVIDER;

pub(super) const SECRET: (&str, &str) = ("DEPLOY_KEY", "a-key");

const NAMESPACE: &str = "company.platform";

const ROOT: &str = r#"
variable "address" { type = string }
variable "cli_config" { type = string }
variable "command" { type = string }
variable "repository" { type = string }
variable "state" { type = string }

module "deploy" {
  source = "./modules/terraform-cicd"

  id         = "deploy"
  namespace  = "company.platform"
  kestra_url = var.address
  repository = { url = var.repository }
  terraform = {
    backend   = { type = "local", settings = { path = var.state } }
    command   = var.command
    directory = "live"
    env       = { TF_CLI_CONFIG_FILE = var.cli_config }
    runner    = "process"
  }
  triggers = [module.push.trigger]
}

module "push" {
  source = "./modules/trigger-webhook"

  id         = "push"
  key_secret = "DEPLOY_KEY"
}
"#;

/// What the repository deploys.
const DEPLOYED: &str = r#"
resource "kestra_kv" "greeting" {
  namespace = "company.team"
  key       = "greeting"
  type      = "STRING"
  value     = "from a flow"
}
"#;

const GREETING: &str = "namespaces/company.team/kv/greeting";

pub(super) async fn story(stage: &Stage) {
    if lacks(&["git"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let repository = folder.path().join("repository");
    commit(&repository, DEPLOYED);
    let mirror = Mirror::create(
        folder.path(),
        &binaries::provider(),
        env!("CARGO_PKG_VERSION"),
        &["flowsmith/kestra"],
    );
    let mirror = mirror.expect("the provider can be linked into a mirror");
    let variables = json!({
        "address": stage.sandbox.url(),
        "cli_config": mirror.cli_config(),
        "command": stage.host.to_string(),
        "repository": format!("file://{}", repository.display()),
        "state": folder.path().join("terraform.tfstate"),
    });
    stage.apply_root(ROOT, &[("terraform.tfvars.json", &variables.to_string())]);

    let id = pushed(stage).await;
    stage.api.becomes(&id, "PAUSED").await;
    stage.api.logged(&id, "kestra_kv.greeting will be created").await;
    assert_eq!(greeting(stage).await.0, StatusCode::NOT_FOUND, "nobody has approved, on {}", stage.line);
    stage.api.bulk("resume/by-ids", &[&id]).await;
    stage.api.ends(&id, "SUCCESS").await;
    assert_eq!(greeting(stage).await.1["value"], "from a flow", "{}", stage.line);

    let id = stage.api.ended(NAMESPACE, "deploy", &[], "SUCCESS").await;
    let planned = stage.api.outputs(&id, "terraform_plan").await["vars"].clone();
    assert_eq!(planned["changed"], false, "{planned} on {}", stage.line);
    let summary = planned["summary"].as_str().unwrap_or_default();
    assert!(summary.starts_with("No changes."), "{planned} on {}", stage.line);

    stage.api.set_kv("company.team", "greeting", "from somebody").await;
    let id = stage.api.ended(NAMESPACE, "deploy", &[("plan_only", "true")], "WARNING").await;
    let planned = stage.api.outputs(&id, "terraform_plan").await["vars"].clone();
    assert_eq!(planned["summary"], "Plan: 0 to add, 1 to change, 0 to destroy.", "{}", stage.line);
    assert_eq!(
        greeting(stage).await.1["value"],
        "from somebody",
        "a look changes nothing, on {}",
        stage.line
    );
}

/// What a service for Git does after a push: it calls the webhook.
async fn pushed(stage: &Stage) -> String {
    id_of(&good(stage.api.webhook(NAMESPACE, "deploy", SECRET.1, &json!({}))).await)
}

async fn greeting(stage: &Stage) -> (StatusCode, Value) {
    let (status, text) = answered(stage.api.call(Method::GET, GREETING)).await;
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// A repository with a root module in a folder.
fn commit(repository: &Path, configuration: &str) {
    let live = repository.join("live");
    fs::create_dir_all(&live).expect("a temporary folder");
    fs::write(live.join("main.tf"), format!("{PROVIDER}{configuration}")).expect("a temporary folder");
    git(repository, &["init", "--quiet", "--initial-branch=main"]);
    git(repository, &["add", "."]);
    git(repository, &["commit", "--quiet", "--message=a greeting"]);
}
