//! The quick start on Kestra's own engine: Terraform applies it, its flows are executed, and what they did is read through
//! the API. The plugins that are not published are stood in for; the servers that they call are here.

use std::collections::BTreeSet;

use harness::{Engine, Postgres, any_host, engine::prepared};
use schema::{KestraLine, catalog::Catalog};
use serde_json::Value;
use tokio::task::block_in_place;

use super::{
    api::{Api, spawned},
    applied::{applied, base64},
    outside::{AIRBYTE, Answer, HIGHTOUCH, Outside, SLACK, program},
};

const PROJECT: &str = "examples/quickstart";

/// The table that the quick start's query asks, as its dbt project makes it.
const WAREHOUSE: [&str; 3] = [
    "CREATE SCHEMA analytics",
    "CREATE TABLE analytics.customer_revenue (customer_id text, revenue numeric)",
    "INSERT INTO analytics.customer_revenue VALUES ('ann', 2500), ('bob', 1500), ('carl', 10), ('test #1', 9999)",
];

/// Secrets of open-source Kestra: variables of its process, in base64.
const SECRETS: [(&str, &str); 5] = [
    ("SECRET_AIRBYTE_CLIENT_ID", "YW4gaWQ="),          // an id
    ("SECRET_AIRBYTE_CLIENT_SECRET", "YSBzZWNyZXQ="),  // a secret
    ("SECRET_HIGHTOUCH_API_TOKEN", "YSBrZXk="),        // a key
    ("SECRET_WAREHOUSE_PASSWORD", "YSBwYXNzd29yZA=="), // a password
    ("SECRET_POSTGRES_PASSWORD", "YSBwYXNzd29yZA=="),  // a password
];

/// What the servers of the quick start answer beside Airbyte, Hightouch and Slack: a shop, and an Airbyte that is broken.
const OTHERS: [Answer; 2] = [
    ("GET", "/carts", r#"{"carts":[],"total":50,"skip":0,"limit":30}"#),
    ("POST", "/broken/api/v1/applications/token", r#"{"access_token":"a-token"}"#),
];

/// A dbt that looks at what it is given: the project from the namespace files, and its variables.
const DBT: &str = r#"#!/bin/sh
[ "$1" = --version ] && exit 0
test -f "$DBT_PROFILES_DIR/dbt_project.yml" && test -f "$DBT_PROFILES_DIR/models/customer_revenue.sql" || exit 2
test "$WAREHOUSE_PASSWORD" = "a password" || exit 3
echo "dbt was asked to $* on $WAREHOUSE_HOST"
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_flows_of_the_quick_start_are_executed() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    let Some(postgres) = block_in_place(|| Postgres::start("reports")) else { return };
    postgres.run("reports", "postgres", &["CREATE DATABASE shop"]);
    postgres.run("reports", "shop", &WAREHOUSE);
    for line in KestraLine::ALL {
        let outside = Outside::start([&AIRBYTE[..], &HIGHTOUCH, &[SLACK], &OTHERS].concat()).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, slack) = (program(folder.path(), "dbt", DBT), base64(&format!("{}/slack", outside.url)));
        let hightouch = format!("{}/hightouch", outside.url);
        let mut variables = SECRETS.to_vec();
        variables.extend([
            ("PATH", path.as_str()),
            ("SECRET_SLACK_WEBHOOK", &slack),
            ("FLOWSMITH_HIGHTOUCH_URL", &hightouch),
        ]);
        let arguments = ["--stand-ins", "--emulate", &line.to_string()];
        let (sandbox, api) = spawned(&arguments, &variables);
        applied(host, &sandbox, PROJECT);
        for (namespace, key, value) in [
            ("company.sales", "orders_url", format!("{}/carts", outside.url)),
            ("company.analytics", "airbyte_url", format!("{}/airbyte", outside.url)),
            ("company.analytics", "warehouse_host", postgres.host().to_owned()),
        ] {
            api.set_kv(namespace, key, &value).await;
        }
        daily_orders(&api).await;
        orders_to_warehouse(&api, &outside, postgres.host()).await;
        top_customers(&api, &outside).await;
        a_failure_is_told(&api, &outside).await;
    }
}

async fn daily_orders(api: &Api) {
    let id = api.ended("company.sales", "daily-orders", &[], "SUCCESS").await;
    api.logged(&id, "50 orders so far.").await;
}

async fn orders_to_warehouse(api: &Api, outside: &Outside, warehouse: &str) {
    let id = api.ended("company.analytics", "orders-to-warehouse", &[], "SUCCESS").await;
    assert_eq!(api.outputs(&id, "airbyte_orders").await["jobId"], 42);
    assert_eq!(api.outputs(&id, "dbt").await["exitCode"], 0);
    assert_eq!(api.outputs(&id, "hightouch_crm").await["runId"], 77);
    for words in [
        "flowsmith stands in for the plugin of io.kestra.plugin.airbyte.connections.Sync".to_owned(),
        format!("dbt was asked to deps --project-dir dbt --log-format json on {warehouse}"),
        format!("dbt was asked to build --project-dir dbt --log-format json on {warehouse}"),
    ] {
        api.logged(&id, &words).await;
    }
    outside.heard("POST /airbyte/api/v1/connections/sync Bearer a-token {\"connectionId\":\"e3b1ce92-");
    outside.heard("POST /hightouch/api/v1/syncs/1127166/trigger Bearer a key {\"fullResync\":false}");
}

async fn top_customers(api: &Api, outside: &Outside) {
    let id = api.ended("company.analytics", "top-customers", &[], "SUCCESS").await;
    let query = api.outputs(&id, "query").await;
    assert_eq!(query["outputs"]["size"], 2, "{query}");
    outside.heard("POST /slack nobody {\"text\":\"2 top customers this week.\"}");
    let rows = api.file(query["executionId"].as_str().expect("an execution"), &query["outputs"]["uri"]).await;
    assert!(["ann", "bob"].iter().all(|name| rows.contains(name)) && !rows.contains("carl"), "{rows}");
}

async fn a_failure_is_told(api: &Api, outside: &Outside) {
    api.set_kv("company.analytics", "airbyte_url", &format!("{}/broken", outside.url)).await;
    let id = api.ended("company.analytics", "orders-to-warehouse", &[], "FAILED").await;
    let message = "POST /slack nobody {\"text\":\"";
    outside.heard(message);
    let messages = api.messages(&id).await;
    assert!(messages.iter().any(|message| message.contains("404")), "{messages:#?}");
}

/// What stands on Kestra's library of scripts.
const SCRIPTS: [&str; 2] = ["io.kestra.plugin.dbt.cli.DbtCLI", "io.kestra.plugin.scripts.python.Script"];

/// The property that tasks of scripts have lost in 2.0, and the one that they have got: both come from Kestra's library.
const OF_SCRIPTS: [&str; 2] = ["docker", "executionContext"];

/// A stand-in is no more lenient than its plugin.
#[test]
fn stand_ins_take_the_properties_of_their_plugins_and_no_others() {
    for line in KestraLine::ALL {
        let Some(engine) = Engine::start(line, "stand-ins") else { return };
        let catalog = Catalog::of(line);
        let answers = engine.answers();
        assert_eq!(answers.len(), 14, "{answers:#?}");
        for answer in answers {
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            let name = answer["type"].as_str().expect("a type");
            let entry = catalog.plugin(name).unwrap_or_else(|| panic!("{name}"));
            let common = entry.base.as_deref().and_then(|base| catalog.model(base));
            let common = &common.expect("what all tasks or all triggers have").properties;
            let own = entry.properties.keys().filter(|property| !common.contains_key(*property));
            let known: BTreeSet<&str> = own.map(String::as_str).collect();
            let taken = answer["properties"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let differing = known.symmetric_difference(&taken.collect()).copied().collect::<Vec<_>>();
            let has_changed = SCRIPTS.contains(&name) && line == KestraLine::V2_0;
            let expected = if has_changed { OF_SCRIPTS.as_slice() } else { &[] };
            assert_eq!(differing, expected, "{name} on {line}");
        }
    }
}
