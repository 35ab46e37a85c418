//! The quick start on Kestra's own engine: Terraform applies it, its flows are executed, and what they did is read through
//! the API. The plugins that are not published are stood in for; the servers that they call are here.

use harness::{Postgres, any_host, binaries::path_with, engine::prepared};
use schema::KestraLine;
use tokio::task::block_in_place;

use super::{
    super::{
        api::Api,
        outside::{Answer, Outside, program},
    },
    calling,
};

const PROJECT: &str = "examples/quickstart";

/// The table that the quick start's query asks, as its dbt project makes it.
const WAREHOUSE: [&str; 3] = [
    "CREATE SCHEMA analytics",
    "CREATE TABLE analytics.customer_revenue (customer_id text, revenue numeric)",
    "INSERT INTO analytics.customer_revenue VALUES ('ann', 2500), ('bob', 1500), ('carl', 10), ('test #1', 9999)",
];

const SHOP: [Answer; 1] = [("GET", "/carts", r#"{"carts":[],"total":50,"skip":0,"limit":30}"#)];

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
    postgres.run("postgres", &["CREATE DATABASE shop"]);
    postgres.run("shop", &WAREHOUSE);
    for line in KestraLine::ALL {
        let outside = Outside::start(&SHOP).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        program(folder.path(), "dbt", DBT);
        let stage = calling(host, line, &outside, Some(&path_with(folder.path())));
        stage.apply(PROJECT);
        let api = &stage.api;
        for (namespace, key, value) in [
            ("company.sales", "orders_url", format!("{}/carts", outside.url)),
            ("company.analytics", "airbyte_url", format!("{}/airbyte", outside.url)),
            ("company.analytics", "warehouse_host", postgres.host().to_owned()),
        ] {
            api.set_kv(namespace, key, &value).await;
        }
        daily_orders(api).await;
        orders_to_warehouse(api, &outside, postgres.host()).await;
        top_customers(api, &outside).await;
        a_failure_is_told(api, &outside).await;
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
