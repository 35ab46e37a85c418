//! The module `postgres-query` on a real database: whatever a statement is made of arrives as it is written in HCL;
//! expressions in it are rendered by Kestra, unless the caller asks for literal text.

use std::collections::BTreeMap;

use fastrand::Rng;
use harness::Postgres;
use serde_json::{Value, json};

use super::Stage;
use crate::texts::{self, HOSTILE, TEMPLATES};

pub(super) const SECRET: (&str, &str) = ("POSTGRES_PASSWORD", "a password");

const NAMESPACE: &str = "company.sql";

/// Every query of a file is a flow; one more is written in HCL itself.
const ROOT: &str = r#"
locals {
  connection = { host = local.given.host, database = "postgres", username = "loader" }
  given      = jsondecode(file("${path.module}/given.json"))
}

module "query" {
  source   = "./modules/postgres-query"
  for_each = local.given.queries

  id         = each.key
  namespace  = "company.sql"
  connection = local.connection
  parameters = each.value.parameters
  query      = { sql = each.value.sql, fetch_type = "FETCH_ONE", literal = each.value.literal }
}

module "written" {
  source = "./modules/postgres-query"

  id         = "written"
  namespace  = "company.sql"
  connection = local.connection
  query = {
    fetch_type = "FETCH_ONE"
    sql        = <<-SQL
      -- a remark: # "quoted"
      SELECT '$${total}, %%{share}: "it''s" # 1' AS text,
        '{{ flow.id }}' AS flow
    SQL
  }
}
"#;

/// Expressions, and what Kestra makes of them.
const EXPRESSIONS: [(&str, &str); 5] = [
    ("{{ 6 * 7 }}", "42"),
    ("{{ flow.namespace }}", NAMESPACE),
    ("{{ \"it's\" ~ ': #' }}", "it's: #"),
    ("{{ '${x}' | upper }}", "${X}"),
    ("{% if true %}yes{% endif %}", "yes"),
];

/// How many texts of each kind there are, and of how many pieces one is made.
const TEXTS: usize = 8;
const PIECES: usize = 14;

/// What is asked, and what its row holds.
struct Query {
    sql: String,
    literal: bool,
    parameters: BTreeMap<&'static str, String>,
    row: Value,
}

pub(super) async fn story(stage: &Stage, postgres: &Postgres) {
    let queries = queries();
    let documents = queries.iter().map(|(id, query)| {
        let document = json!({"sql": query.sql, "literal": query.literal, "parameters": query.parameters});
        (id.clone(), document)
    });
    let given = json!({"host": postgres.host(), "queries": Value::Object(documents.collect())});
    stage.apply_root(ROOT, &[("given.json", &given.to_string())]);

    let mut started = Vec::new();
    for (id, query) in &queries {
        started.push((stage.api.start_in(NAMESPACE, id, &[]).await, id, &query.row));
    }
    let written = json!({"text": "${total}, %{share}: \"it's\" # 1", "flow": "written"});
    let id = "written".to_owned();
    started.push((stage.api.start_in(NAMESPACE, &id, &[]).await, &id, &written));
    for (execution, id, row) in started {
        stage.api.ends(&execution, "SUCCESS").await;
        let answer = stage.api.outputs(&execution, "query").await;
        assert_eq!(&answer["row"], row, "{id} on {}", stage.line);
    }
}

/// Texts of the same pieces at every run, by the ids of their flows.
fn queries() -> BTreeMap<String, Query> {
    let mut random = Rng::with_seed(7);
    let plain: Vec<_> = HOSTILE.iter().map(|piece| (*piece, *piece)).collect();
    let unread = TEMPLATES.into_iter().chain(EXPRESSIONS.map(|(expression, _)| expression));
    let literal: Vec<_> = plain.iter().copied().chain(unread.map(|piece| (piece, piece))).collect();
    let rendered: Vec<_> = plain.iter().copied().chain(EXPRESSIONS).collect();
    let mut queries = BTreeMap::new();
    for number in 0..TEXTS {
        let (text, _) = texts::text(&mut random, PIECES, &literal);
        queries.insert(format!("literal-{number}"), Query { literal: true, ..asked(&text, &text) });
        let (text, becomes) = texts::text(&mut random, PIECES, &rendered);
        queries.insert(format!("rendered-{number}"), asked(&text, &becomes));
        let (text, becomes) = texts::text(&mut random, PIECES, &rendered);
        queries.insert(format!("parameter-{number}"), sent_beside(text, &becomes));
    }
    queries
}

/// A text in a statement, and what it is in the database: quoted by a word that no piece has.
fn asked(text: &str, becomes: &str) -> Query {
    let statement =
        |text: &str| format!("SELECT $quoted${text}$quoted$ AS text, current_query() AS statement");
    Query {
        sql: statement(text),
        literal: false,
        parameters: BTreeMap::new(),
        row: json!({"text": becomes, "statement": statement(becomes)}),
    }
}

/// A text as the value of a parameter.
fn sent_beside(text: String, becomes: &str) -> Query {
    Query {
        sql: "SELECT CAST(:text AS text) AS text".to_owned(),
        literal: false,
        parameters: BTreeMap::from([("text", text)]),
        row: json!({"text": becomes}),
    }
}
