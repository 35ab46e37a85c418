//! The module `airbyte-then-dbt` with the real dbt on DuckDB: the warehouse is busy at first, and the retry heals it; then
//! it stays busy, and Slack hears of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tokio::task::block_in_place;

use super::{
    super::{
        api::task_run,
        outside::{Outside, program},
    },
    Stage,
};
use crate::{python::Environment, tidy::root};

const ROOT: &str = r#"
locals {
  given = jsondecode(file("${path.module}/given.json"))
}

module "subflows" {
  source = "./subflows"

  namespace = "warehouse.shared"
}

module "orders_to_warehouse" {
  source = "./modules/airbyte-then-dbt"

  id        = "orders-to-warehouse"
  namespace = "warehouse"
  airbyte = {
    connections = { customers = "3e1f6d2b-62a9-4c1c-9a7f-0a4c8dbb9a10", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }
    secrets     = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
    url         = local.given.airbyte
  }
  dbt       = { env = { WAREHOUSE_FILE = local.given.file } }
  hightouch = { syncs = { crm = 1127166 } }
  alert     = { subflow = module.subflows.contracts["slack-notify"] }
  retry     = { type = "constant", interval = "PT1S", max_attempts = 3 }
}

resource "kestra_namespace_file" "dbt" {
  for_each = fileset("${path.module}/dbt", "**")

  namespace = "warehouse"
  filename  = "dbt/${each.value}"
  content   = file("${path.module}/dbt/${each.value}")
}
"#;

/// The dbt project.
const PROJECT: [(&str, &str); 5] = [
    ("dbt/dbt_project.yml", include_str!("dbt/dbt_project.yml")),
    ("dbt/models/customer_revenue.sql", include_str!("dbt/models/customer_revenue.sql")),
    ("dbt/models/customer_revenue.yml", include_str!("dbt/models/customer_revenue.yml")),
    ("dbt/profiles.yml", include_str!("dbt/profiles.yml")),
    ("dbt/seeds/orders.csv", include_str!("dbt/seeds/orders.csv")),
];

/// A database in a file, and the dbt that works on it. As often as it is told, dbt meets what BigQuery says at busy hours.
pub(super) struct Warehouse {
    environment: Environment,
    file: PathBuf,
    busy: PathBuf,
}

impl Warehouse {
    /// Puts that dbt into a folder. `None` where dbt can't be had, which was said.
    pub(super) fn new(folder: &Path) -> Option<Self> {
        let requirements = root().join("tests/executor/stories/dbt/requirements.txt");
        let environment = Environment::with(&requirements, "dbt")?;
        let busy = folder.join("busy");
        let script = format!(
            r#"#!/bin/sh
busy=$(cat '{busy}')
if [ "$1" = build ] && [ "$busy" -gt 0 ]; then
  echo $((busy - 1)) > '{busy}'
  echo 'Database Error: Resources exceeded during query execution (resourcesExceeded)' >&2
  exit 1
fi
exec '{dbt}' "$@"
"#,
            busy = busy.display(),
            dbt = environment.program("dbt").get_program().display(),
        );
        program(folder, "dbt", &script);
        Some(Self { environment, file: folder.join("warehouse.duckdb"), busy })
    }

    fn busy(&self, times: usize) {
        fs::write(&self.busy, times.to_string()).expect("a writable folder");
    }

    /// The rows of the table that dbt builds.
    fn rows(&self) -> String {
        let script = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).sql(sys.argv[2]).fetchall())";
        let mut python = self.environment.python();
        python
            .args(["-c", script])
            .arg(&self.file)
            .arg("SELECT * FROM customer_revenue ORDER BY customer_id");
        let output = python.output().expect("the interpreter starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

pub(super) async fn story(stage: &Stage, outside: &Outside, warehouse: &Warehouse) {
    let given = serde_json::json!({"airbyte": format!("{}/airbyte", outside.url), "file": warehouse.file});
    let given = given.to_string();
    let files = [&[("given.json", given.as_str())], &PROJECT[..]].concat();
    stage.apply_root(ROOT, &files);
    a_retry_heals(stage, outside, warehouse).await;
    a_failure_is_told(stage, outside, warehouse).await;
}

async fn a_retry_heals(stage: &Stage, outside: &Outside, warehouse: &Warehouse) {
    warehouse.busy(1);
    let before = outside.requests().len();
    let id = stage.api.ended("warehouse", "orders-to-warehouse", &[], "SUCCESS").await;
    assert_eq!(attempts(stage, &id, "dbt").await, ["FAILED", "SUCCESS"], "{}", stage.line);
    stage.api.logged(&id, "resourcesExceeded").await;
    let rows = block_in_place(|| warehouse.rows());
    assert_eq!(rows, "[('ann', 2500), ('carl', 10)]", "{}", stage.line);
    let requests = outside.requests().split_off(before);
    let place =
        |words: &str| requests.iter().rposition(|request| request.starts_with(words)).expect("a request");
    for connection in ["3e1f6d2b", "e3b1ce92"] {
        let sync = format!(
            "POST /airbyte/api/v1/connections/sync Bearer a-token {{\"connectionId\":\"{connection}-"
        );
        assert!(
            place(&sync) < place("POST /hightouch/api/v1/syncs/1127166/trigger Bearer a key"),
            "{requests:#?}"
        );
    }
    assert!(!requests.iter().any(|request| request.starts_with("POST /slack")), "{requests:#?}");
}

async fn a_failure_is_told(stage: &Stage, outside: &Outside, warehouse: &Warehouse) {
    warehouse.busy(9);
    let before = outside.requests().len();
    let id = stage.api.ended("warehouse", "orders-to-warehouse", &[], "FAILED").await;
    assert_eq!(attempts(stage, &id, "dbt").await, ["FAILED"; 3], "{}", stage.line);
    let requests = outside.requests().split_off(before);
    let said = format!("{{\"text\":\"warehouse.orders-to-warehouse failed in execution {id}.\"}}");
    assert!(requests.iter().any(|request| *request == format!("POST /slack nobody {said}")), "{requests:#?}");
    assert!(!requests.iter().any(|request| request.contains("/hightouch/")), "{requests:#?}");
}

/// How each attempt of a task has ended.
async fn attempts(stage: &Stage, id: &str, task: &str) -> Vec<String> {
    let execution = stage.api.get(&format!("executions/{id}")).await;
    let state = |attempt: &Value| attempt["state"]["current"].as_str().unwrap_or_default().to_owned();
    task_run(&execution, task)["attempts"].as_array().into_iter().flatten().map(state).collect()
}
