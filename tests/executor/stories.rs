//! Use cases of the repository on Kestra's own engine: HCL that a host has applied, and flows that do real work with real
//! programs. Where a program is missing, its story is skipped.

mod git_clone;
mod postgres_query;
mod python_etl;
mod taxi_postgres;
mod terraform_cicd;

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
};

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
        let mut variables: Vec<_> =
            secrets.iter().map(|(name, value)| (format!("SECRET_{name}"), base64(value))).collect();
        let folder = host.program().parent().expect("a program is in a folder").display();
        variables.push(("PATH".to_owned(), format!("{folder}:{}", env::var("PATH").unwrap_or_default())));
        let variables: Vec<_> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
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
