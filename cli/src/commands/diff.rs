//! `flowsmith diff`: what changes between two texts of a flow, by the names of its parts.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use schema::diff::Diff;

use super::graph::parse;
use crate::flow_files;

/// Compare two flows by what they mean.
///
/// Ends with 0 when both mean the same, 1 when they do not, and 2 when it could not be found out.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The flow as it was.
    old: PathBuf,

    /// The flow as it is.
    new: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match difference(arguments) {
        Ok(diff) if diff.is_empty() => ExitCode::SUCCESS,
        Ok(diff) => {
            anstream::println!("{diff}");
            ExitCode::FAILURE
        }
        Err(error) => {
            anstream::eprintln!("flowsmith: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn difference(arguments: &Arguments) -> anyhow::Result<Diff> {
    let [old, new] = [&arguments.old, &arguments.new].map(|path| parse(&flow_files::read_file(path)?));
    Ok(Diff::between(&old?, &new?))
}
