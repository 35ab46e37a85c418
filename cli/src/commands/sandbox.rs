//! `flowsmith sandbox`: a Kestra-compatible server until a signal stops it.

mod engine;
mod environment;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use client::Secret;
use sandbox::{BasicAuth, Data, Options};
use tokio::net::TcpListener;

/// The data file's name in the folder of `--data`.
pub(crate) const DATA_FILE: &str = "sandbox.sqlite";

/// Start a Kestra-compatible server in this process: no Java, no Docker, one data file.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    /// What to do with the data instead.
    #[command(subcommand)]
    command: Option<environment::Command>,

    #[command(flatten)]
    storage: Storage,

    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// Address to listen on. Anything but this machine's loopback interface needs --auth.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// The edition of Kestra to answer as.
    #[arg(long, value_enum, default_value_t)]
    edition: Edition,

    /// The release of Kestra to answer as: its routes, its bodies and the shape of its errors.
    #[arg(long, value_enum, default_value_t)]
    emulate: Release,

    /// Let Kestra's own engine execute flows: it is built from published jars, which takes Java 25, Maven and, the first
    /// time, a minute or two. Tasks that start programs start them on this machine.
    #[arg(long)]
    engine: bool,

    /// Let the engine execute tasks of Airbyte, dbt, git, Hightouch, PostgreSQL, Python, Slack and Terraform too, whose plugins
    /// are not published as jars: tasks of our own stand in for them. They call the real servers, and start the programs on
    /// this machine's PATH.
    #[arg(long, requires = "engine")]
    stand_ins: bool,

    /// Let in only this user. The environment variable keeps the password out of the process list.
    #[arg(long, value_name = "USER:PASSWORD", env = "FLOWSMITH_SANDBOX_AUTH", hide_env_values = true)]
    auth: Option<Secret>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Storage {
    /// Keep everything in this folder, created when missing.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,

    /// Keep everything in memory, until the server stops.
    #[arg(long)]
    memory: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Edition {
    /// Open source.
    #[default]
    Oss,
    /// Enterprise.
    Ee,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Release {
    /// 1.3, the long-term support line.
    #[default]
    #[value(name = "1.3")]
    V1_3,
    /// 2.0.
    #[value(name = "2.0")]
    V2_0,
    /// 2.0 as it was built in July 2026, when its errors still had the shape of 1.3.
    #[value(name = "2.0-snapshot")]
    V2_0Snapshot,
}

/// Taken apart only after the arguments are parsed: a message of the parser would show the password.
fn credentials(given: &Secret) -> anyhow::Result<BasicAuth> {
    match given.expose().split_once(':') {
        Some((username, password)) if !username.is_empty() && !password.is_empty() => {
            Ok(BasicAuth { username: username.into(), password: password.into() })
        }
        _ => anyhow::bail!("--auth needs a user and a password with a colon between them"),
    }
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(command) = &arguments.command {
        return environment::run(command);
    }
    if !arguments.host.is_loopback() && arguments.auth.is_none() {
        anyhow::bail!(
            "--host {} opens the sandbox to other machines: protect it with --auth",
            arguments.host
        );
    }
    let mut options = arguments.options()?;
    if arguments.engine {
        let engine = engine::prepare(options.emulate.line()).await?;
        options.engine = Some(if arguments.stand_ins { engine.with_stand_ins() } else { engine });
    }
    let wanted = SocketAddr::new(arguments.host, arguments.port);
    let listener = TcpListener::bind(wanted).await.with_context(|| format!("can't listen on {wanted}"))?;
    let address = listener.local_addr()?;
    // The server begins to wait for its stop signal once the data is open: that is when it is ready.
    let ready_until_stopped = async move {
        anstream::println!("sandbox ready at http://{address}");
        stop_signal().await;
    };
    sandbox::run(listener, options, ready_until_stopped).await?;
    Ok(())
}

impl Arguments {
    fn options(&self) -> anyhow::Result<Options> {
        let folder = self.storage.data.as_ref();
        Ok(Options {
            data: folder.map_or(Data::Memory, |folder| Data::File(folder.join(DATA_FILE))),
            edition: match self.edition {
                Edition::Oss => sandbox::Edition::Oss,
                Edition::Ee => sandbox::Edition::Ee,
            },
            emulate: match self.emulate {
                Release::V1_3 => sandbox::Release::V1_3,
                Release::V2_0 => sandbox::Release::V2_0,
                Release::V2_0Snapshot => sandbox::Release::V2_0Snapshot,
            },
            auth: self.auth.as_ref().map(credentials).transpose()?,
            engine: None,
        })
    }
}

/// Ends with the first request to stop: Ctrl-C, or SIGTERM where there is one.
#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { () = interrupt() => (), _ = terminate.recv() => () }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM can't be handled; Ctrl-C can");
            interrupt().await;
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    interrupt().await;
}

pub(crate) async fn interrupt() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C can't be handled; end the process to stop the sandbox");
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_have_a_user_and_a_password() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let parsed = credentials(&Secret::from(text)).ok().map(|auth| (auth.username, auth.password));
            assert_eq!(
                parsed,
                expected.map(|(user, password)| (user.to_owned(), password.to_owned())),
                "{text}"
            );
        };
        check("ann:secret", Some(("ann", "secret")));
        check("ann:a:b", Some(("ann", "a:b")));
        check("ann", None);
        check("ann:", None);
        check(":secret", None);
    }
}
