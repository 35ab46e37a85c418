//! The subflows, called one after the other: each passes on what the one before has found, and those that fail call the one
//! that tells it.

use serde_json::json;

use super::{super::outside::Outside, Stage};

const ROOT: &str = r#"
locals {
  url = jsondecode(file("${path.module}/given.json")).url
}

module "subflows" {
  source = "./subflows"

  namespace = "chain.shared"
}

module "chain" {
  source = "./modules/flow"

  id        = "chain"
  namespace = "chain"
  tasks = [
    provider::kestra::subflow_task("ask", module.subflows.contracts["http-call"], {
      uri          = "${local.url}/crm/v1/source"
      token_secret = "CRM_TOKEN"
    }, {}),
    provider::kestra::subflow_task("sync", module.subflows.contracts["airbyte-sync"], {
      url           = "${local.url}/airbyte"
      connection_id = "{{ fromJson(outputs.ask.outputs.body).connection }}"
    }, {}),
    provider::kestra::subflow_task("share", module.subflows.contracts["hightouch-sync"], { sync_id = 1127166 }, {}),
    provider::kestra::subflow_task("tell", module.subflows.contracts["slack-notify"], {
      message = "Job {{ outputs.sync.outputs.job_id }} and run {{ outputs.share.outputs.run_id }} are done."
    }, {}),
  ]
}

module "broken" {
  source = "./modules/flow"

  id        = "broken"
  namespace = "chain"
  tasks = [
    provider::kestra::subflow_task("sync", module.subflows.contracts["airbyte-sync"], {
      url           = "${local.url}/broken"
      connection_id = "nowhere"
      alert_secret  = "SLACK_WEBHOOK"
    }, {}),
  ]
}
"#;

pub(super) async fn story(stage: &Stage, outside: &Outside) {
    let given = json!({"url": outside.url}).to_string();
    stage.apply_root(ROOT, &[("given.json", &given)]);
    stage.api.ended("chain", "chain", &[], "SUCCESS").await;
    for request in [
        "GET /crm/v1/source Bearer a card ",
        "POST /airbyte/api/v1/connections/sync Bearer a-token {\"connectionId\":\"e3b1ce92-547c-436f-b1e8-23b6936c12cd\"}",
        "POST /hightouch/api/v1/syncs/1127166/trigger Bearer a key ",
        "POST /slack nobody {\"text\":\"Job 42 and run 77 are done.\"}",
    ] {
        outside.heard(request);
    }
    stage.api.ended("chain", "broken", &[], "FAILED").await;
    outside.heard("POST /slack nobody {\"text\":\"The Airbyte connection nowhere failed in execution ");
}
