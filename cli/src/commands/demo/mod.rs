//! `flowsmith demo`: sandbox, Terraform CLI, provider and modules together, in a folder of its own and without network.

mod inventory;
mod progress;
mod project;
mod terraform;

use std::path::Path;

use anyhow::Context;
use clap::Args;
use client::Client;
use sandbox::{Data, Options, Sandbox};

use self::{inventory::Inventory, progress::step, terraform::Terraform};
use crate::{
    commands::sandbox::{DATA_FILE, interrupt},
    host::{Choice, Host},
    mirror::Mirror,
};

/// Apply the quickstart to a sandbox on this machine, and show what came out.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Leave the demo's folder behind, to look at the project, the state and the sandbox's data.
    #[arg(long)]
    keep: bool,

    /// Terraform CLI to use: `terraform`, `tofu`, or the path of either. Without it, the first one that is there;
    /// without any, OpenTofu is built with Go.
    #[arg(long, value_name = "CLI")]
    host: Option<Choice>,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut folder = tempfile::Builder::new().prefix("flowsmith-demo-").tempdir()?;
    folder.disable_cleanup(arguments.keep);
    let result = tokio::select! {
        result = story(folder.path(), arguments.host) => result,
        () = interrupt() => Err(anyhow::anyhow!("interrupted")),
    };
    if arguments.keep {
        let path = folder.path().display();
        anstream::println!("\nKept in {path}; `flowsmith sandbox --data {path}` opens its data again.");
    }
    result
}

async fn story(folder: &Path, choice: Option<Choice>) -> anyhow::Result<()> {
    let host = step("Terraform CLI", find_host(choice), |host| host.program().display().to_string()).await?;
    let sandbox = step("sandbox", start_sandbox(folder), Sandbox::url).await?;
    let terraform = prepare(folder, host, sandbox.url())?;
    for (command, headline) in [
        (&["init"][..], "has been successfully initialized"),
        (&["plan", "-out=demo.tfplan"], "Plan:"),
        (&["apply", "demo.tfplan"], "Apply complete!"),
    ] {
        step(command[0], terraform.run(command, headline), String::clone).await?;
    }
    let inventory = step("read back", read_back(&sandbox), Inventory::summary).await?;
    step("plan again", terraform.run(&["plan", "-detailed-exitcode"], "No changes."), String::clone).await?;
    anstream::println!("\n{inventory}");
    Ok(sandbox.stop().await?)
}

async fn find_host(choice: Option<Choice>) -> anyhow::Result<Host> {
    if let Some(host) = Host::find(choice.as_ref()) {
        return Ok(host);
    }
    match choice {
        None | Some(Choice::Tofu) => {
            anstream::println!(
                "There is no Terraform CLI here yet: building OpenTofu once, which takes some minutes."
            );
            Ok(tokio::task::spawn_blocking(Host::build_tofu).await??)
        }
        Some(Choice::Terraform) => anyhow::bail!("no `terraform` on PATH; install it, or use --host tofu"),
        Some(Choice::Program(program)) => anyhow::bail!("{} is not an executable file", program.display()),
    }
}

async fn start_sandbox(folder: &Path) -> anyhow::Result<Sandbox> {
    let options = Options { data: Data::File(folder.join(DATA_FILE)), ..Options::default() };
    Ok(Sandbox::start(options).await?)
}

/// The project and a mirror whose provider is this very program, under the provider's name.
fn prepare(folder: &Path, host: Host, url: String) -> anyhow::Result<Terraform> {
    let root = project::write(folder).context("the demo's project can't be written")?;
    let program = std::env::current_exe()?;
    let mirror = Mirror::create(folder, &program, env!("CARGO_PKG_VERSION"), &["flowsmith/kestra"]);
    let mirror = mirror.context("the provider can't be put into the demo's mirror")?;
    Ok(Terraform { host, mirror, root, url })
}

async fn read_back(sandbox: &Sandbox) -> anyhow::Result<Inventory> {
    let client = Client::new(client::Config { url: sandbox.url(), ..client::Config::default() })?;
    Ok(Inventory::read(&client).await?)
}
