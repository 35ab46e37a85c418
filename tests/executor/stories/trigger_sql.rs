//! The module `trigger-sql` on a real database: rows start a flow that finds them, and start it once.

use std::time::Duration;

use harness::Postgres;
use serde_json::{Value, json};
use tokio::{
    task::block_in_place,
    time::{interval, timeout},
};

use super::Stage;

/// Longer than Kestra takes to look at a database and to start a flow.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

const ROOT: &str = r#"
variable "host" { type = string }

module "unseen" {
  source = "./modules/trigger-sql"

  id         = "unseen"
  connection = { host = var.host, database = "postgres", username = "loader" }
  sql        = "SELECT name FROM orders WHERE NOT seen ORDER BY name"
  after_sql  = "UPDATE orders SET seen = true"
  fetch_type = "FETCH"
  interval   = "PT1S"
}

module "orders" {
  source = "./modules/flow"

  id        = "orders"
  namespace = "company.shop"
  tasks = [
    provider::kestra::task("names", "io.kestra.plugin.core.debug.Return", { format = "{{ trigger.rows | jq('.[].name') | join(' and ') }}" }),
  ]
  triggers = [module.unseen.trigger]
}
"#;

pub(super) async fn story(stage: &Stage, postgres: &Postgres) {
    let run = |statement: &str| block_in_place(|| postgres.run("postgres", &[statement]));
    run("CREATE TABLE orders (name text, seen boolean DEFAULT false)");
    let variables = json!({"host": postgres.host()}).to_string();
    stage.apply_root(ROOT, &[("terraform.tfvars.json", &variables)]);
    for (statement, expected) in [
        ("INSERT INTO orders VALUES ('a chair'), ('a lamp')", ["a chair and a lamp"].as_slice()),
        ("INSERT INTO orders VALUES ('a table')", &["a chair and a lamp", "a table"]),
    ] {
        run(statement);
        let looked = timeout(LONGEST_LOOK, names(stage, expected.len())).await;
        assert_eq!(looked.expect("an execution for the rows"), expected, "{}", stage.line);
    }
}

/// What the executions have found, as soon as there are so many.
async fn names(stage: &Stage, count: usize) -> Vec<String> {
    let mut moments = interval(Duration::from_millis(500));
    loop {
        moments.tick().await;
        let found = stage.api.get("executions/search?size=100&sort=state.startDate:asc").await;
        let found = found["results"].as_array().cloned().unwrap_or_default();
        let ids: Vec<_> = found.iter().filter(|execution| execution["flowId"] == "orders").collect();
        if ids.len() >= count {
            let mut names = Vec::new();
            for id in ids.into_iter().filter_map(|execution| execution["id"].as_str()) {
                stage.api.ends(id, "SUCCESS").await;
                names.push(text(&stage.api.outputs(id, "names").await["value"]));
            }
            return names;
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
