//! `flowsmith sandbox export` and `import`: everything a sandbox has, as one archive.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use sandbox::environment::{self, Counts, Mode};
use tempfile::NamedTempFile;

use super::DATA_FILE;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Export(Export),
    Import(Import),
}

/// Write everything that a sandbox has to a zip archive: flows as YAML, files as they are, the rest as lines of JSON.
///
/// A sandbox may be running on the data. The archive then holds what it had acknowledged when the export began.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The folder with the data of a sandbox.
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,

    /// Executions too, with their files and logs.
    #[arg(long)]
    executions: bool,

    /// The archive to write; one that is there is replaced.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Read an archive that `flowsmith sandbox export` wrote. Either all of it is there afterwards, or nothing of it.
///
/// No sandbox may be running on the data.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The folder for the data, created when missing. It has to be without flows, entries and the like.
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,

    /// Add to what is there: what is there stays as it is, and only what is missing comes from the archive.
    #[arg(long)]
    merge: bool,

    /// The archive to read.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Export(arguments) => export(arguments),
        Command::Import(arguments) => import(arguments),
    }
}

/// Writes beside the file first: an export that fails leaves the older archive alone.
fn export(arguments: &Export) -> anyhow::Result<()> {
    let file = &arguments.file;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unwritten = || format!("can't write {}", file.display());
    let mut archive = NamedTempFile::new_in(folder).with_context(unwritten)?;
    let data = arguments.data.join(DATA_FILE);
    let counts = environment::export(&data, &mut archive, arguments.executions)?;
    archive.persist(file).with_context(unwritten)?;
    show("exported", &counts);
    Ok(())
}

fn import(arguments: &Import) -> anyhow::Result<()> {
    let mode = if arguments.merge { Mode::Merge } else { Mode::Fill };
    let imported = environment::import(&arguments.data.join(DATA_FILE), &arguments.file, mode)
        .with_context(|| format!("nothing was imported from {}", arguments.file.display()))?;
    show("imported", &imported.added);
    show("kept as they were", &imported.kept);
    Ok(())
}

/// One line; nothing where there is nothing to say.
fn show(verb: &str, counts: &Counts) {
    let some = counts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = some.map(|(label, count)| format!("{label}: {count}")).collect();
    if !parts.is_empty() {
        anstream::println!("{verb}: {}", parts.join(", "));
    }
}
