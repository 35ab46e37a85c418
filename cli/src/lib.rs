//! `flowsmith`: the demo, the sandbox and the tools around the provider, as a library so that tests reach its parts.
//!
//! [`host`] finds a Terraform CLI and [`mirror`] hands it the provider without any registry; the commands are built on
//! the two.

mod catalog_file;
mod commands;
mod flow_files;
pub mod host;
pub mod mirror;
mod server;

use std::{path::Path, process::ExitCode};

use clap::{Parser, Subcommand};

/// Flows as code for Kestra: a sandbox server, a demo, and tools around the Terraform provider.
#[derive(Debug, Parser)]
#[command(name = "flowsmith", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(commands::demo::Arguments),
    Sandbox(commands::sandbox::Arguments),
    Validate(commands::validate::Arguments),
    Diff(commands::diff::Arguments),
    Fmt(commands::fmt::Arguments),
    Graph(commands::graph::Arguments),
    Schema(commands::schema::Arguments),
    SandboxEnvironments(commands::sandbox_environments::Arguments),
}

/// Whether a Terraform CLI started this binary as its provider: the mirror of the demo holds it under that name.
#[must_use]
pub fn started_as_provider() -> bool {
    std::env::args_os().next().is_some_and(|program| names_provider(Path::new(&program)))
}

fn names_provider(program: &Path) -> bool {
    let name = program.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(mirror::PROVIDER)
}

/// Runs the command of the command line: 0 when it did what was asked, 1 when it failed, 2 for unusable arguments. Commands
/// that look for something have their own meanings, which their help tells.
pub fn main() -> ExitCode {
    log_to_stderr();
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            tell(&error);
            ExitCode::FAILURE
        }
    }
}

fn tell(error: &anyhow::Error) {
    anstream::eprintln!("flowsmith: {error:#}");
}

/// The code of a command that answers a question: 0 for yes, 1 for no, 2 when it could not be found out.
fn answer(yes: anyhow::Result<bool>) -> ExitCode {
    match yes {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(arguments) => wait_for(commands::demo::run(arguments)),
        Command::Sandbox(arguments) => wait_for(commands::sandbox::run(arguments)),
        Command::Validate(arguments) => Ok(answer(commands::validate::run(&arguments))),
        Command::Diff(arguments) => Ok(answer(commands::diff::run(&arguments))),
        Command::Fmt(arguments) => Ok(answer(commands::fmt::run(&arguments))),
        Command::Schema(arguments) => wait_for(commands::schema::run(arguments)),
        Command::Graph(arguments) => wait_for(commands::graph::run(arguments)),
        Command::SandboxEnvironments(arguments) => wait_for(commands::sandbox_environments::run(arguments)),
    }
}

fn wait_for(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(command)?;
    Ok(ExitCode::SUCCESS)
}

/// Warnings and errors reach stderr; `FLOWSMITH_LOG` takes filters such as `sandbox=debug`.
fn log_to_stderr() {
    use tracing_subscriber::{EnvFilter, filter::LevelFilter};
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::WARN.into())
        .with_env_var("FLOWSMITH_LOG")
        .from_env_lossy();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn the_file_name_decides_which_program_runs() {
        let check = |program: &str, provider: bool| {
            assert_eq!(names_provider(Path::new(program)), provider, "{program}");
        };
        check("flowsmith", false);
        check("/usr/bin/flowsmith", false);
        check("terraform-provider-kestra", true);
        check(".terraform/providers/x/terraform-provider-kestra_v0.1.0", true);
        check("/terraform-provider-kestra/flowsmith", false);
        check("", false);
    }
}
