//! Use cases of the repository on Kestra's own engine: HCL that a host has applied, and flows that do real work with real
//! programs. Where a program is missing, its story is skipped.

mod airbyte_then_dbt;
mod git_clone;
mod postgres_query;
mod python_etl;
mod quickstart;
mod subflows;
mod taxi_postgres;
mod terraform_cicd;
mod trigger_sql;
mod webhook_automation;

use std::{path::Path, process::Command};

use cli::host::Host;
use harness::{Postgres, any_host, binaries::path_with, engine::prepared};
use schema::KestraLine;
use tokio::task::block_in_place;

use super::{
    outside::{Answer, Outside},
    stage::Stage,
};
use airbyte_then_dbt::Warehouse;

/// Who those that call servers are there; the secrets that hold the address of a channel of Slack come to these.
const SECRETS: [(&str, &str); 7] = [
    ("AIRBYTE_CLIENT_ID", "an id"),
    ("AIRBYTE_CLIENT_SECRET", "a secret"),
    ("CRM_TOKEN", "a card"),
    ("HIGHTOUCH_API_TOKEN", "a key"),
    ("POSTGRES_PASSWORD", "a password"),
    ("SHOP_WEBHOOK_KEY", webhook_automation::KEY),
    ("WAREHOUSE_PASSWORD", "a password"),
];

const CHANNELS: [&str; 2] = ["SLACK_SALES", "SLACK_WEBHOOK"];

const CRM: [Answer; 2] = [
    ("GET", "/crm/v1/source", r#"{"connection":"e3b1ce92-547c-436f-b1e8-23b6936c12cd"}"#),
    ("POST", "/crm/v1/deals", r#"{"id":7}"#),
];

/// A stage whose flows reach servers, with a PATH of its own.
fn calling(host: &'static Host, line: KestraLine, outside: &Outside, path: Option<&str>) -> Stage {
    let (slack, hightouch) = (format!("{}/slack", outside.url), format!("{}/hightouch", outside.url));
    let channels = CHANNELS.map(|channel| (channel, slack.as_str()));
    let mut variables = vec![("FLOWSMITH_HIGHTOUCH_URL", hightouch.as_str())];
    variables.extend(path.map(|path| ("PATH", path)));
    Stage::start(host, line, &[&SECRETS[..], &channels].concat(), &variables)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_works_on_a_database_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    for line in KestraLine::ALL {
        let Some(postgres) = block_in_place(|| Postgres::start("loader")) else { return };
        let stage = Stage::start(host, line, &[postgres_query::SECRET, taxi_postgres::SECRET], &[]);
        postgres_query::story(&stage, &postgres).await;
        taxi_postgres::story(&stage, &postgres).await;
        trigger_sql::story(&stage, &postgres).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_starts_programs_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    let path = path_with(host.program().parent().expect("a program is in a folder"));
    for line in KestraLine::ALL {
        let secrets = [git_clone::SECRET, python_etl::SECRET, terraform_cicd::SECRET];
        let stage = Stage::start(host, line, &secrets, &[("PATH", &path)]);
        git_clone::story(&stage).await;
        python_etl::story(&stage).await;
        terraform_cicd::story(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_calls_servers_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    for line in KestraLine::ALL {
        let outside = Outside::start(&CRM).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let warehouse = block_in_place(|| Warehouse::new(folder.path()));
        let path = warehouse.as_ref().map(|_| path_with(folder.path()));
        let stage = calling(host, line, &outside, path.as_deref());
        subflows::story(&stage, &outside).await;
        webhook_automation::story(&stage, &outside).await;
        if let Some(warehouse) = warehouse {
            airbyte_then_dbt::story(&stage, &outside, &warehouse).await;
        }
    }
}

/// Runs git in a folder, as somebody whom nobody else knows.
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]).args(arguments);
    let status = block_in_place(|| git.status()).expect("git starts");
    assert!(status.success(), "git {arguments:?}");
}
