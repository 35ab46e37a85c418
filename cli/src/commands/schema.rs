//! `flowsmith schema`: what validation knows about plugins.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, Subcommand};
use schema::catalog::{Catalog, Entry, Kind, server};

use crate::catalog_file::{self, PLACE};

/// Teach validation the plugins of a server.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
}

/// Add the plugins of a server that Kestra itself does not have, with their properties, to the catalog of the project.
///
/// `flowsmith validate` uses it from then on. The environment variables of the provider say who is asking: KESTRA_USERNAME
/// and KESTRA_PASSWORD, KESTRA_API_TOKEN, ... Ends with 0 when the catalog is written, 1 when it is not, and 2 for unusable
/// arguments.
#[derive(Debug, Args)]
struct Add {
    /// The server; the one of KESTRA_URL when no address is given.
    #[arg(long, required = true, num_args = 0..=1, value_name = "URL")]
    from_server: Option<Option<String>>,

    /// The file to add to, made when missing.
    #[arg(long, value_name = "FILE", default_value = PLACE)]
    out: PathBuf,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Add(add) => add.run().await,
    }
}

impl Add {
    async fn run(&self) -> anyhow::Result<()> {
        let kestra = crate::server::connect(self.from_server.iter().flatten().map(String::as_str).next())?;
        let line = kestra.server().await?.line()?;
        let found = server::entries(&kestra.flow_schema().await?, line)?;
        let known = if self.out.exists() { catalog_file::read(&self.out)? } else { Vec::new() };
        let found = found.into_iter().filter(|entry| !Catalog::of(line).is_certain(&entry.name));
        let all: BTreeMap<String, Entry> =
            known.into_iter().chain(found).map(|entry| (entry.name.clone(), entry)).collect();
        let all: Vec<Entry> = all.into_values().collect();
        catalog_file::write(&self.out, &all)?;
        let plugins = all.iter().filter(|entry| entry.kind != Kind::Model).count();
        anstream::println!("{} now has {plugins} beyond the plugins of Kestra {line}", self.out.display());
        Ok(())
    }
}
