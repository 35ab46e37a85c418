//! `flowsmith fmt`: flows in one form, with their comments.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use schema::print::reprint;

use crate::flow_files::{self, FlowFile};

/// Rewrite flows in Kestra's order of keys, with quotes only where they are needed. Comments stay, and so does the meaning.
///
/// Ends with 0 when every flow has that form now, 1 when --check found one that has not, and 2 when a file could not be read or
/// written. The names of the others are printed.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files, and folders whose YAML files are flows, those below included.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Change nothing.
    #[arg(long)]
    check: bool,
}

/// Whether every flow has that form now.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut changed = false;
    for FlowFile { path, source } in flow_files::read(&arguments.paths)? {
        let printed = reprint(&source).with_context(|| format!("can't read {}", path.display()))?;
        if printed == source {
            continue;
        }
        changed = true;
        anstream::println!("{}", path.display());
        if !arguments.check {
            fs::write(&path, printed).with_context(|| format!("can't write {}", path.display()))?;
        }
    }
    Ok(!changed || !arguments.check)
}
