//! Use cases of the repository on Kestra's own engine: HCL that a host has applied, and flows that do real work with real
//! programs. Where a program is missing, its story is skipped.

mod airbyte_then_dbt;
mod git_clone;
mod postgres_query;
mod python_etl;
mod subflows;
mod taxi_postgres;
mod terraform_cicd;
mod trigger_sql;
mod webhook_automation;

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use cli::host::Host;
use harness::{Postgres, Shipped, any_host, engine::prepared, missing::skip};
use schema::KestraLine;
use tokio::task::block_in_place;

use super::{
    api::{Api, spawned},
    applied::base64,
    outside::{AIRBYTE, Answer, HIGHTOUCH, Outside, SLACK},
};
use airbyte_then_dbt::Warehouse;

/// What the stories that call servers have in common: who they are there, and to whom they tell it.
const SECRETS: [(&str, &str); 6] = [
    ("AIRBYTE_CLIENT_ID", "an id"),
    ("AIRBYTE_CLIENT_SECRET", "a secret"),
    ("CRM_TOKEN", "a card"),
    ("HIGHTOUCH_API_TOKEN", "a key"),
    ("POSTGRES_PASSWORD", "a password"),
    ("SHOP_WEBHOOK_KEY", webhook_automation::KEY),
];

/// The secrets that hold the address of a channel.
const SLACKS: [&str; 2] = ["SLACK_SALES", "SLACK_WEBHOOK"];

/// A CRM, and an Airbyte that starts no sync.
const CRM: [Answer; 3] = [
    ("GET", "/crm/v1/source", r#"{"connection":"e3b1ce92-547c-436f-b1e8-23b6936c12cd"}"#),
    ("POST", "/crm/v1/deals", r#"{"id":7}"#),
    ("POST", "/broken/api/v1/applications/token", r#"{"access_token":"a-token"}"#),
];

/// A sandbox whose engine has the stand-ins, and the host that applies to it.
struct Stage {
    host: &'static Host,
    line: KestraLine,
    sandbox: Shipped,
    api: Api,
}

impl Stage {
    /// A stage for a line, with secrets as open-source Kestra has them, and the host within its reach.
    fn new(host: &'static Host, line: KestraLine, secrets: &[(&str, &str)]) -> Self {
        let folder = host.program().parent().expect("a program is in a folder").display();
        let path = format!("{folder}:{}", env::var("PATH").unwrap_or_default());
        Self::with(host, line, secrets, &[("PATH", &path)])
    }

    /// A stage with variables of its own.
    fn with(
        host: &'static Host,
        line: KestraLine,
        secrets: &[(&str, &str)],
        variables: &[(&str, &str)],
    ) -> Self {
        let secrets: Vec<_> =
            secrets.iter().map(|(name, value)| (format!("SECRET_{name}"), base64(value))).collect();
        let secrets = secrets.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let variables: Vec<_> = secrets.chain(variables.iter().copied()).collect();
        let (sandbox, api) = spawned(&["--stand-ins", "--emulate", &line.to_string()], &variables);
        Self { host, line, sandbox, api }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_works_on_a_database_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    for line in KestraLine::ALL {
        let Some(postgres) = block_in_place(|| Postgres::start("loader")) else { return };
        let stage = Stage::new(host, line, &[postgres_query::SECRET, taxi_postgres::SECRET]);
        postgres_query::story(&stage, &postgres).await;
        taxi_postgres::story(&stage, &postgres).await;
        trigger_sql::story(&stage, &postgres).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_starts_programs_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    for line in KestraLine::ALL {
        let stage = Stage::new(host, line, &[git_clone::SECRET, python_etl::SECRET, terraform_cicd::SECRET]);
        git_clone::story(&stage).await;
        python_etl::story(&stage).await;
        terraform_cicd::story(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_calls_servers_runs_to_success() {
    let (Some(host), Some(_)) = (any_host(), prepared(KestraLine::V1_3)) else { return };
    for line in KestraLine::ALL {
        let outside = Outside::start([&AIRBYTE[..], &HIGHTOUCH, &[SLACK], &CRM].concat()).await;
        let (slack, hightouch) = (format!("{}/slack", outside.url), format!("{}/hightouch", outside.url));
        let secrets: Vec<_> =
            SECRETS.into_iter().chain(SLACKS.map(|channel| (channel, slack.as_str()))).collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let warehouse = block_in_place(|| Warehouse::new(folder.path()));
        let path =
            warehouse.as_ref().map_or_else(|| env::var("PATH").unwrap_or_default(), |it| it.path.clone());
        let variables = [("FLOWSMITH_HIGHTOUCH_URL", hightouch.as_str()), ("PATH", &path)];
        let stage = Stage::with(host, line, &secrets, &variables);
        subflows::story(&stage, &outside).await;
        webhook_automation::story(&stage, &outside).await;
        if let Some(warehouse) = warehouse {
            airbyte_then_dbt::story(&stage, &outside, &warehouse).await;
        }
    }
}

/// Whether this machine has git; where not, that was said.
fn has_git() -> bool {
    let has = block_in_place(|| Command::new("git").arg("--version").stdout(Stdio::null()).status().is_ok());
    if !has {
        skip("there is no `git` on PATH; install the package `git`");
    }
    has
}

/// Runs git in a folder, as somebody whom nobody else knows.
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]).args(arguments);
    let status = block_in_place(|| git.status()).expect("git starts");
    assert!(status.success(), "git {arguments:?}");
}
